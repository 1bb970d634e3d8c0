import type { SchemaDiff } from '../../autogenerate/schema-diff.js';
import { MigrationError } from '../../errors/migration-error.js';
import { describeOperation } from '../../operations/operation-definitions.js';
import type { Environment } from '../options/environment.js';

/**
 * What is only spelled otherwise, and a registered object that was taken to be as the database has it, cannot be told from a
 * change: a revision would do what nobody wants, or leave out what somebody does.
 */
export function unverifiedDifference(
  { name }: Pick<Environment, 'name'>,
  { operations, questions }: Pick<SchemaDiff, 'operations' | 'questions'>,
): MigrationError {
  return new MigrationError('E5014', {
    problem:
      'model and database were compared as text only, since this role or server can make no temporary objects to ask about them: a difference may only be one of spelling',
    advice:
      'Nothing was written. Run it against the primary instead of a standby, or as a role that may make such objects (PostgreSQL: `GRANT TEMPORARY ON DATABASE`, for registered objects CREATE on their schemas; MySQL and MariaDB: `GRANT CREATE TEMPORARY TABLES`). `check` lists the differences as they are.',
    facts: {
      environment: name,
      changes: operations.map(describeOperation),
      questions: questions.map(({ id }) => id),
    },
  });
}
