import { MigrationError } from '../../errors/migration-error.js';
import { compileToldBatch, renameTextOf } from '../../dialects/common/compile-operations.js';
import type { Dialect } from '../../dialects/common/dialect.js';
import type { StoredTable, TableRebuild } from '../../dialects/common/table-rebuild.js';
import type { BatchAlterTable } from '../../operations/batch-operations.js';
import { partsOfBatch } from '../../operations/batch/plan-batch.js';
import { describeOperation } from '../../operations/operation-definitions.js';
import { displayName } from '../../schema/object-name.js';
import type { RevisionTarget } from './execute-revision.js';

/** What a batch runs against. */
export type BatchTarget = Pick<RevisionTarget, 'dialect' | 'server' | 'look' | 'known'>;

/** Runs statements of a batch; the next ones may hang on what they did. */
export type RunStatements = (statements: readonly string[], isWhole: boolean) => Promise<void>;

/**
 * Makes the statements of a batch where a new table may have to take the place of the old one, and runs them part by part: each is for the table
 * as the one before it left it.
 * @throws MigrationError E6016 where the table is not known, E3014 where it is not there, and those of the dialect
 */
export async function runBatch(
  batch: BatchAlterTable,
  target: BatchTarget,
  run: RunStatements,
): Promise<void> {
  const rebuild = target.dialect.tableRebuild as TableRebuild;
  const told = batch.copyFrom ?? (target.look ? undefined : target.known?.find(batch.table));
  if (told !== undefined)
    return run(compileToldBatch(target.dialect, rebuild, { batch, table: told }), true);
  const parts = partsOfBatch(batch, renameTextOf(target.dialect));
  for (const part of parts) await runPart(part, target, run);
}

async function runPart(
  part: BatchAlterTable,
  { dialect, server, look, known }: BatchTarget,
  run: RunStatements,
): Promise<void> {
  const rebuild = dialect.tableRebuild as TableRebuild;
  const needs = new Set(part.operations.map((operation) => rebuild.needs(operation)));
  const isPlain = !part.places && part.recreate !== 'always' && !needs.has('rebuild');
  if (isPlain && (!needs.has('look') || (!look && known))) {
    // A script that does not know the table leaves it to the server to refuse.
    for (const operation of part.operations) await run(dialect.compile(operation, server), false);
    return;
  }
  if (look) return run(rebuild.compile(part, await storedTable(part, rebuild, look)), true);
  if (known) throw unknownTable(part, dialect);
  await run(
    [`-- ${describeOperation(part).replaceAll(/[\r\n]+/g, ' ')}: as the table then is`],
    false,
  );
}

async function storedTable(
  { table }: BatchAlterTable,
  rebuild: TableRebuild,
  look: NonNullable<BatchTarget['look']>,
): Promise<StoredTable> {
  const stored = await rebuild.read(look, table);
  if (stored !== undefined) return stored;
  throw new MigrationError('E3014', {
    problem: `the database has no table "${displayName(table)}"`,
    facts: { object: 'table', name: displayName(table) },
  });
}

/** BATCH-32. */
const unknownTable = ({ table }: BatchAlterTable, { name }: Dialect): MigrationError =>
  new MigrationError('E6016', {
    problem: `table "${displayName(table)}" has to be made anew on ${name}, and a script cannot ask a database how it is now`,
    advice: `Say it: op.batchAlterTable('${table.name}', { copyFrom: (t) => [ … ] }, (batch) => { … }), with all its columns, constraints and indexes.`,
    facts: { table: displayName(table), dialect: name },
  });
