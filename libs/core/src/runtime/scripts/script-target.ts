import { MigrationError } from '../../errors/migration-error.js';
import type { Environment } from '../options/environment.js';
import type { RevisionTarget, RunPlace } from '../running/execute-revision.js';
import type { KnownTables } from './known-tables.js';
import { PendingValues } from '../running/pending-values.js';

/** Where the statements of a revision go that is written instead of run. */
export interface ScriptWriter {
  readonly place: RunPlace;
  /** The tables that the script made so far. */
  readonly known: KnownTables;
  /** Writes a statement: in the transaction, or outside of it. */
  write(sql: string, isOutside: boolean): Promise<void>;
  /** Called before a statement that needs what came before to be committed. May refuse. */
  leave(): Promise<void> | void;
}

/** What a revision runs against when it is written as a script: values are literals, and no query has an answer (OFF-13). */
export function scriptTarget(environment: Environment, writer: ScriptWriter): RevisionTarget {
  const newValues = new PendingValues(environment.dialect());
  let outside = 0;
  return {
    dialect: environment.dialect(),
    namingConvention: environment.namingConvention,
    operations: environment.operations.own,
    x: environment.x,
    timeoutMs: environment.revisionTimeoutMs,
    tag: environment.tag,
    place: writer.place,
    known: writer.known,
    // A script is written, nothing is executed: there is nothing to tell.
    emit: (event) => event.type === 'warning' && environment.emit(event),
    statement: async (sql, _parameters, operation) => {
      if (outside > 0 || newValues.areUsedBy(sql, [], operation)) {
        await writer.leave();
        newValues.clear();
      }
      if (outside === 0) newValues.add(operation);
      await writer.write(sql, outside > 0);
    },
    outside: async (work) => {
      outside += 1;
      await work();
      outside -= 1;
    },
    query: async () => {
      throw misplacedQuery();
    },
  };
}

const misplacedQuery = (): MigrationError =>
  new MigrationError('E6006', {
    problem: 'ctx.query asks the database, and a script has none',
    advice:
      'Say it in SQL with op.execute, or run this revision online. Everything before it does not depend on data.',
  });
