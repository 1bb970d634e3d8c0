import type { OwnershipMemory } from '../../autogenerate/ownership.js';
import type { Connection } from '../../dialects/common/connection.js';
import type { InspectOptions, InspectedKind } from '../../dialects/common/dialect.js';
import type { MadeObjects, ObjectStatement } from '../../dialects/common/object-texts.js';
import { partRef } from '../../operations/effects.js';
import type { ObjectKind } from '../../operations/object-effect.js';
import type { SchemaModel } from '../../schema/schema-model.js';
import type { Environment } from '../options/environment.js';
import { readRegistered } from './registered-objects.js';

/** The kinds that are read where objects are registered. */
export const REGISTRABLE: readonly InspectedKind[] = [
  'extensions',
  'domains',
  'routines',
  'triggers',
  'policies',
];

/** Kinds of objects that only registering makes managed. */
const ONLY_REGISTERED: readonly ObjectKind[] = [
  'extension',
  'domain',
  'routine',
  'trigger',
  'policy',
];

/**
 * The statements of the option `objects`. Undefined where neither the options nor the database know of any: then nothing is
 * said of those kinds. Without the option, what was made from it before is gone from it.
 * @throws MigrationError E9010 for a file that cannot be read, E3016 for a statement that cannot be registered
 */
export function registeredStatements(
  { objects, root, dialect }: Environment,
  memory: OwnershipMemory,
  defaultSchema: string,
): readonly ObjectStatement[] | undefined {
  if (objects) return dialect().readObjectTexts(readRegistered(objects, root), defaultSchema);
  return ONLY_REGISTERED.some((kind) => memory.managedKinds.has(kind)) ? [] : undefined;
}

/** Both sides, and what is registered. */
export interface RegisteredSides {
  readonly current: SchemaModel;
  /** Its texts spelled by the server. */
  readonly target: SchemaModel;
  readonly statements: readonly ObjectStatement[] | undefined;
  /** How `current` was read. */
  readonly inspect: InspectOptions;
  readonly memory: OwnershipMemory;
}

/**
 * The model with the registered objects, as the server spells them. Warns where this role may not make them.
 * @throws MigrationError E3002, E3017
 */
export async function makeRegistered(
  environment: Environment,
  connection: Connection,
  sides: RegisteredSides,
): Promise<MadeObjects> {
  const { statements, target, memory } = sides;
  if (statements === undefined) return { target, replaceable: new Set(), unverified: false };
  const made = await environment.dialect().makeObjects(connection, {
    ...sides,
    statements,
    keeps: ({ table, column }) => memory.of(partRef('column', table, column)).state !== 'managed',
    lockTimeoutMs: environment.statementLockTimeoutMs,
    statementTimeoutMs: environment.statementTimeoutMs,
  });
  if (made.unverified) environment.emit({ type: 'warning', message: NOT_COMPARED });
  return made;
}

const NOT_COMPARED =
  'registered objects were not compared, since this role may not make them: they are taken to be as the database has them';
