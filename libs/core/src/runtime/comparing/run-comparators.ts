import type { Comparator, ComparatorFindings } from '../../autogenerate/comparators/comparator.js';
import type { SchemaDiff } from '../../autogenerate/schema-diff.js';
import type { Connection } from '../../dialects/common/connection.js';
import { OPERATION_KINDS } from '../../operations/operation-definitions.js';
import { MigrationError } from '../../errors/migration-error.js';
import type { SchemaModel } from '../../schema/schema-model.js';
import type { Environment } from '../options/environment.js';
import { readOnly } from '../session/read-only.js';

/** A difference, and the models that it is one of. */
export interface Compared {
  readonly current: SchemaModel;
  readonly target: SchemaModel;
  readonly diff: SchemaDiff;
}

/**
 * The difference with what the comparators of the app find, one after the other: each sees what those before it found.
 * @throws MigrationError E9002 for findings that are none
 */
export async function withComparators(
  environment: Environment,
  connection: Connection,
  { current, target, diff }: Compared,
): Promise<SchemaDiff> {
  const { comparison, dialect, name, x } = environment;
  const own = comparison.comparators.filter(
    ({ dialects }) => dialects?.includes(dialect().name) ?? true,
  );
  let sofar = diff;
  for (const comparator of own) {
    const { operations } = sofar;
    const found = await readOnly({ connection, session: dialect().session }, (reader) =>
      comparator.compare({
        connection: reader,
        current,
        target,
        operations,
        environment: name,
        x,
      }),
    );
    sofar = joined(sofar, checked(comparator, found));
  }
  return sofar;
}

const joined = (diff: SchemaDiff, found: ComparatorFindings): SchemaDiff => ({
  ...diff,
  operations: [...(found.before ?? []), ...diff.operations, ...(found.after ?? [])],
  questions: [...diff.questions, ...(found.questions ?? [])],
});

function checked({ name }: Comparator, found: unknown): ComparatorFindings {
  if (found === undefined) return {};
  const findings = found as Readonly<Record<string, unknown>>;
  const isWell =
    isRecord(found) &&
    Object.keys(findings).every((key) => ['before', 'after', 'questions'].includes(key)) &&
    [findings['before'], findings['after']].every(isListOf(isOperation)) &&
    isListOf(isQuestion)(findings['questions']);
  if (isWell) return findings;
  throw new MigrationError('E9002', {
    problem: `comparator "${name}" returned something else than { before, after, questions } with operations and questions`,
    advice:
      'Nothing was written. An operation has a known "kind", a question an "id", a "kind" and a "text".',
    facts: { option: 'comparators', name },
  });
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isListOf =
  (accepts: (member: unknown) => boolean) =>
  (value: unknown): boolean =>
    value === undefined || (Array.isArray(value) && value.every(accepts));

const isOperation = (value: unknown): boolean =>
  isRecord(value) && OPERATION_KINDS.some((kind) => kind === value['kind']);

const isQuestion = (value: unknown): boolean =>
  isRecord(value) &&
  [value['id'], value['kind'], value['text']].every((one) => typeof one === 'string');
