import { isMigrationError, MigrationError } from '@nest-alembic/core';

/** What {@link entityProblem} is made of. */
export interface EntityProblem {
  /** Name of the entity class. */
  readonly entity: string;
  /** Path of the property, where one is to blame. */
  readonly property?: string;
  /** What is wrong, as the rest of a sentence that begins with the property: `has precision, which integer does not take`. */
  readonly problem: string;
  /** What to do: whole sentences. */
  readonly advice: string;
  readonly cause?: unknown;
}

/** The error E3015 for something in an entity that no schema can express. */
export function entityProblem(init: EntityProblem): MigrationError {
  const { entity, property, problem, advice, cause } = init;
  const subject =
    property === undefined ? `entity "${entity}"` : `property "${property}" of entity "${entity}"`;
  return new MigrationError('E3015', {
    problem: `${subject} ${problem}`,
    advice,
    facts: { entity, ...(property !== undefined && { property }) },
    cause,
  });
}

/**
 * Something that a driver's mapping refuses, without knowing whose it is. The message is the rest of a sentence that
 * begins with the property: `has a charset, which …`.
 */
export class Refusal extends Error {
  constructor(
    message: string,
    readonly advice: string,
  ) {
    super(message);
  }
}

/**
 * Runs code of a mapping, of the user (a default function, a view's query builder) or of TypeORM, and names the entity when
 * it throws.
 *
 * @throws MigrationError E3015
 */
export function blaming<T>(place: { entity: string; property?: string }, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (isMigrationError(error)) throw error;
    if (error instanceof Refusal) {
      throw entityProblem({ ...place, problem: error.message, advice: error.advice });
    }
    throw entityProblem({
      ...place,
      problem: `cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      advice: 'Correct it; nothing was compared or written.',
      cause: error,
    });
  }
}
