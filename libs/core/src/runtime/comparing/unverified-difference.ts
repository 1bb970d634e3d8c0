import type { SchemaDiff } from '../../autogenerate/schema-diff.js';
import type { NotAsked } from '../../dialects/common/dialect.js';
import { MigrationError } from '../../errors/migration-error.js';
import { describeOperation } from '../../operations/operation-definitions.js';
import type { Environment } from '../options/environment.js';

/** Of a database that does not say why; registered objects that this role may not make among them. */
const UNTOLD: NotAsked = {
  problem: 'this role or server can make no temporary objects to ask about them',
  advice:
    'Run it against the primary instead of a standby, or as a role that may make such objects (PostgreSQL: `GRANT TEMPORARY ON DATABASE`, for registered objects CREATE on their schemas; MySQL and MariaDB: `GRANT CREATE TEMPORARY TABLES`).',
};

/** What a comparison of texts as they stand says of itself. */
export function unverifiedWords({ problem, advice }: NotAsked = UNTOLD): string {
  return `expressions were compared as text, since ${problem}: a difference may only be one of spelling. ${advice}`;
}

/**
 * What is only spelled otherwise, and a registered object that was taken to be as the database has it, cannot be told from a
 * change: a revision would do what nobody wants, or leave out what somebody does.
 */
export function unverifiedDifference(
  { name }: Pick<Environment, 'name'>,
  { operations, questions, doubtful = [] }: SchemaDiff,
  { problem, advice }: NotAsked = UNTOLD,
): MigrationError {
  const unsure = doubtful.map(describeOperation);
  const what = unsure.length > 0 ? ` (${unsure.join('; ')})` : '';
  return new MigrationError('E5014', {
    problem: `model and database were compared as text only, since ${problem}: a difference may only be one of spelling${what}`,
    advice: `Nothing was written. ${advice}`,
    facts: {
      environment: name,
      changes: operations.map(describeOperation),
      doubtful: unsure,
      questions: questions.map(({ id }) => id),
    },
  });
}
