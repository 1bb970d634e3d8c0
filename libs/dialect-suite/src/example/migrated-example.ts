import { reverseAll } from '@nest-alembic/core';
import type { Operation, SchemaModel } from '@nest-alembic/core';
import { POSTGRES } from '../tested-dialects.js';
import type { JudgeOptions } from '../tested-dialects.js';
import { operationsToMake } from '../workbench.js';
import type { Judgement } from '../workbench.js';
import { ExampleBench, temporaryFolder } from './example-bench.js';
import type { MigrationsFolder } from './example-bench.js';
import { EXAMPLE_ROWS, readRows } from './example-rows.js';
import type { Rows } from './example-rows.js';

/** Id of the first revision. */
export const FIRST = '1975ea83b712';

/** The example after its first revision and with rows, from which databases go on. */
export interface MigratedExample {
  /** Holds the file of the first revision. */
  readonly folder: MigrationsFolder;
  readonly model: SchemaModel;
  readonly rows: Rows;
  /** What the judges say, with or without the places of columns. */
  judgement(options: JudgeOptions): Judgement;
  /** A database to work on: one that was given back, else a new one. */
  borrow(): Promise<ExampleBench>;
  /** Takes back a database that is what it was, rows included; making one takes longer than most changes of it. */
  giveBack(bench: ExampleBench): void;
  /** What the judges say of a database that is made from a model at once, without the engine's runtime. */
  judgementOf(
    model: SchemaModel,
    options: JudgeOptions & { readonly withDump: boolean },
  ): Promise<Judgement>;
  remove(): Promise<void>;
}

/** Makes the first revision from the entities, applies it and fills the tables. */
export async function migratedExample(): Promise<MigratedExample> {
  const folder = temporaryFolder();
  const template = await ExampleBench.open();
  const migrator = template.migrator(folder);
  await migrator.init();
  await migrator.revision({ autogenerate: true, revisionId: FIRST });
  await migrator.upgrade('head');
  await template.connection.script(EXAMPLE_ROWS);
  const model = await template.model();
  const rows = await readRows(template.connection, model);
  const inOrder = await template.judge();
  const inAnyOrder = await template.judge({ columnOrder: false });
  await template.disconnect();
  const yardstick = await ExampleBench.open();
  const spare: ExampleBench[] = [];
  return {
    folder,
    model,
    rows,
    judgement: ({ columnOrder }) => (columnOrder === false ? inAnyOrder : inOrder),
    borrow: async () => spare.pop() ?? (await ExampleBench.open(template.database)),
    giveBack: (bench) => void spare.push(bench),
    judgementOf: (changed, options) => judgementOf(changed, yardstick, options),
    remove: async () => {
      folder.remove();
      for (const bench of [...spare, yardstick]) await bench.close();
      await template.database.drop();
    },
  };
}

async function judgementOf(
  model: SchemaModel,
  yardstick: ExampleBench,
  { withDump, ...options }: JudgeOptions & { readonly withDump: boolean },
): Promise<Judgement> {
  const made = operationsToMake(model, POSTGRES);
  await yardstick.connection.script(scriptOf(made));
  const judgement = withDump
    ? await yardstick.judge(options)
    : { fingerprint: await yardstick.fingerprint(options), dump: undefined };
  await yardstick.connection.script(scriptOf(reverseAll(made).operations));
  return judgement;
}

/** One text, which the server takes for one transaction. */
const scriptOf = (operations: readonly Operation[]): string =>
  operations.flatMap((operation) => POSTGRES.dialect.compile(operation)).join(';\n');
