import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createMigrator } from '@nest-alembic/core';
import type { Connection, RevisionModule } from '@nest-alembic/core';
import type { TestDatabase } from '@nest-alembic/testing';
import { TESTED_DIALECTS } from '../tested-dialects.js';
import type { TestedDialect } from '../tested-dialects.js';

interface VectorRevision {
  readonly id: string;
  readonly down: readonly string[];
  readonly dependsOn: readonly string[];
  readonly labels: readonly string[];
}

interface VectorCase {
  readonly command: string;
  readonly target: string;
  readonly current: readonly string[];
  readonly result: {
    readonly error?: string;
    readonly steps?: readonly string[];
    readonly rows?: readonly string[];
  };
}

interface Vector {
  readonly revisions: readonly VectorRevision[];
  readonly cases: readonly VectorCase[];
}

/** The answers of Alembic 1.19; the whole of them is held without a database, a sample of the graphs on each dialect. */
const VECTORS = resolve(__dirname, '../../../core/src/graph/vectors/graph.json');
const SAMPLE_EVERY = 10;
const RUN_COMMANDS = ['upgrade', 'downgrade', 'stamp'] as const;
type RunCommand = (typeof RUN_COMMANDS)[number];

const vectors = JSON.parse(readFileSync(VECTORS, 'utf8')) as readonly Vector[];
const isRun = (one: VectorCase): one is VectorCase & { readonly command: RunCommand } =>
  (RUN_COMMANDS as readonly string[]).includes(one.command) && one.result.error === undefined;
const graphs = vectors
  .map(({ revisions, cases }, place) => ({ place, revisions, cases: cases.filter(isRun) }))
  .filter(({ place, cases }) => place % SAMPLE_EVERY === 0 && cases.length > 0);

describe.each(TESTED_DIALECTS.map((tested) => [tested.name, tested] as const))(
  'law 6 on %s',
  (_, tested) => {
    let database: TestDatabase;
    let connection: Connection;
    beforeAll(async () => {
      database = await tested.createDatabase();
      connection = await database.connect();
    });
    afterAll(() => database.drop());

    it.each(graphs.map((graph) => [graph.place, graph.cases.length, graph] as const))(
      'the version rows are those that Alembic would have: graph %i, %i commands',
      async (__, ___, { revisions, cases }) => {
        const database = new VersionedDatabase(tested, connection, revisions);
        for (const one of cases) {
          const found = await database.run(one);
          expect({ ...one, found }).toEqual({ ...one, found: expectedOf(one) });
        }
      },
    );
  },
);

function expectedOf({ command, result }: VectorCase) {
  return { steps: command === 'stamp' ? [] : result.steps, rows: [...(result.rows ?? [])].sort() };
}

/** A database whose version rows are set, and then migrated by the engine with revisions that only say that they ran. */
class VersionedDatabase {
  private readonly ran: string[] = [];

  constructor(
    private readonly tested: TestedDialect,
    private readonly connection: Connection,
    private readonly revisions: readonly VectorRevision[],
  ) {
    // Files load in the order of their ids.
    this.revisions = [...revisions].sort((one, other) => (one.id < other.id ? -1 : 1));
  }

  async run({ command, target, current }: VectorCase & { readonly command: RunCommand }) {
    await this.setRows(current);
    this.ran.length = 0;
    const migrator = createMigrator({
      dialect: this.tested.dialect,
      connect: async () => ({ ...shared(this.connection), close: async () => undefined }),
      revisions: this.revisions.map((revision) => this.moduleOf(revision)),
    });
    await (command === 'stamp' ? migrator.stamp([target]) : migrator[command](target));
    return { steps: [...this.ran], rows: await this.rows() };
  }

  private moduleOf({ id, down, dependsOn, labels }: VectorRevision): RevisionModule {
    const tellThatItRan = () => void this.ran.push(id);
    return {
      revision: id,
      downRevision: down,
      dependsOn,
      branchLabels: labels,
      upgrade: tellThatItRan,
      downgrade: tellThatItRan,
    };
  }

  private async setRows(rows: readonly string[]): Promise<void> {
    const { versionTables } = this.tested.dialect;
    const table = { schema: null, name: 'alembic_version' };
    for (const sql of versionTables.create(table)) await this.connection.query(sql);
    await this.connection.query(versionTables.purge(table));
    for (const revision of rows) {
      await this.connection.query(versionTables.change(table, { action: 'insert', revision }));
    }
  }

  /** By SQL of its own, which is the same for Alembic's table everywhere. */
  private async rows(): Promise<readonly string[]> {
    const sql = 'SELECT version_num FROM alembic_version';
    const { rows } = await this.connection.query<{ version_num: string }>(sql);
    return rows.map((row) => row.version_num).sort();
  }
}

function shared(connection: Connection): Pick<Connection, 'query' | 'script'> {
  return {
    query: (sql, parameters) => connection.query(sql, parameters),
    script: (sql) => connection.script(sql),
  };
}
