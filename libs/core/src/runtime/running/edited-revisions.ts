import { existsSync } from 'node:fs';
import { MigrationError } from '../../errors/migration-error.js';
import type { Connection } from '../../dialects/common/connection.js';
import type { RevisionGraph } from '../../graph/revision-graph.js';
import { checksumOf, isComparable } from '../../revisions/checksum.js';
import type { ObjectName } from '../../schema/object-name.js';
import type { Environment } from '../options/environment.js';

/** Where a database is, for what is asked of its log. */
export interface AppliedState {
  readonly graph: RevisionGraph;
  readonly rows: readonly string[];
  readonly connection: Connection;
  readonly versionTable: ObjectName;
  /** The checksums of the log. @default they are asked for */
  readonly checksums?: ReadonlyMap<string, string>;
}

/**
 * The applied revisions whose file is not what was run, by the checksums of the log (B048): one error for each, not thrown.
 * Nothing for a database without a log, as Alembic leaves it. One query.
 */
export async function editedRevisions(
  environment: Environment,
  state: AppliedState,
): Promise<readonly MigrationError[]> {
  const { graph, rows } = state;
  if (rows.length === 0) return [];
  const checksums = state.checksums ?? (await readChecksums(environment, state));
  const applied = graph.ancestorsOf(rows.filter((row) => graph.has(row)));
  return graph.revisions.flatMap(({ id, file }) => {
    const then = checksums.get(id);
    if (then === undefined || file === undefined || !(applied.has(id) || rows.includes(id)))
      return [];
    // It may have been taken away since the graph was read.
    const now = existsSync(file) ? checksumOf(file) : then;
    return now === then || !isComparable(now, then) ? [] : [edited(id, file, { then, now })];
  });
}

/**
 * Looks for edited revisions before an upgrade: a warning for each.
 * @throws MigrationError E4010 with `strict`
 */
export async function tellEdited(environment: Environment, state: AppliedState): Promise<void> {
  const [first, ...others] = await editedRevisions(environment, state);
  if (first === undefined) return;
  if (environment.strict) throw first;
  for (const { message } of [first, ...others]) environment.emit({ type: 'warning', message });
}

async function readChecksums(
  environment: Environment,
  { connection, versionTable }: AppliedState,
): Promise<ReadonlyMap<string, string>> {
  const { session, versionTables } = environment.dialect();
  try {
    const { rows } = await connection.query<{ revision: string; checksum: string }>(
      versionTables.selectChecksums(versionTable),
    );
    return new Map(rows.map(({ revision, checksum }) => [revision, checksum]));
  } catch (error) {
    // What writes to the log later on says it when it may not.
    if (['missingTable', 'denied'].includes(session.errorKind(error))) return new Map();
    throw error;
  }
}

const edited = (
  revision: string,
  file: string,
  checksums: { readonly then: string; readonly now: string },
): MigrationError =>
  new MigrationError('E4010', {
    problem: `revision file "${file}" was changed after revision "${revision}" had been applied`,
    advice:
      'The change will not reach this database. Undo it, and write a new revision for what it is meant to do.',
    facts: { revision, file, applied: checksums.then, found: checksums.now },
  });
