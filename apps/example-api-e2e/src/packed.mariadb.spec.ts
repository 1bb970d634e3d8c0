import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createMysqlDatabase, hasSqlite } from '@nest-alembic/testing';
import type { AppFiles, ReaderApps } from './docs/reader-app.js';
import { createReaderApps } from './docs/reader-app.js';
import { fileOf, readPage } from './docs/markdown.js';
import { workspaceRoot } from './example-process.js';
import { run } from './run-program.js';

jest.setTimeout(300_000);

/** What README says under "In your app", on the packages as they are published, with the database of DATA_SOURCE. */
describe('an app that installed the packages', () => {
  let apps: ReaderApps;
  let built: Readonly<Record<Format, string>>;

  beforeAll(() => {
    apps = createReaderApps();
    built = { commonjs: build({}), module: build({ type: 'module' }) };
  });

  afterAll(() => apps?.remove());

  function build(manifest: object): string {
    const app = apps.make({ ...appFiles(), ...packageOf(manifest) });
    run(app, 'npm', ['run', 'build']);
    return app;
  }

  it.each<[Format, DatabaseKind]>([
    ['commonjs', 'mariadb'],
    ['module', 'mariadb'],
    ['commonjs', hasSqlite() ? 'better-sqlite3' : 'sqljs'],
    ['module', 'sqljs'],
  ])('as %s: goes from nothing to head and back on %s', async (format, kind) => {
    const app = apps.make(built[format]);
    const place = await PLACES[kind](app);
    const env = { DATA_SOURCE: JSON.stringify(place.dataSource) };
    const migrate = (...args: readonly string[]): string =>
      run(app, process.execPath, ['dist/main.js', 'migrate', ...args], env);
    try {
      migrate('init');
      migrate('revision', '--autogenerate', '-m', 'first revision', '--rev-id', 'aaaaaaaaaaaa');
      migrate('upgrade', 'head');
      expect(migrate('check')).toBe('No new upgrade operations detected.\n');
      expect(migrate('current')).toBe('aaaaaaaaaaaa (head)\n');
      migrate('downgrade', 'base');
    } finally {
      await place.drop();
      rmSync(app, { recursive: true });
    }
  });
});

type Format = 'commonjs' | 'module';
type DatabaseKind = 'mariadb' | 'better-sqlite3' | 'sqljs';

interface DatabasePlace {
  /** Options of TypeORM. */
  readonly dataSource: object;
  drop(): Promise<void>;
}

const inFolder = (dataSource: object): DatabasePlace => ({
  dataSource,
  drop: () => Promise.resolve(),
});

const PLACES: Readonly<Record<DatabaseKind, (app: string) => Promise<DatabasePlace>>> = {
  mariadb: async () => {
    const { url, drop } = await createMysqlDatabase();
    return { dataSource: { type: 'mariadb', url }, drop };
  },
  'better-sqlite3': async (app) =>
    inFolder({ type: 'better-sqlite3', database: join(app, 'data/app.sqlite') }),
  sqljs: async (app) =>
    inFolder({ type: 'sqljs', location: join(app, 'data/app.sqlite'), autoSave: true }),
};

/** One that every database takes. */
const ENTITY = `import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity()
export class Account {
  @PrimaryGeneratedColumn() id!: number;
  @Column({ unique: true }) email!: string;
  @Column({ type: 'simple-enum', enum: ['plain', 'odd'], default: 'plain' }) kind!: string;
  @CreateDateColumn() createdAt!: Date;
}
`;

/** The files of the section, but for the one place where a reader writes another database. */
function appFiles(): AppFiles {
  const shown = readPage(join(workspaceRoot, 'README.md'))
    .blocks.filter(({ heading }) => heading === 'In your app')
    .flatMap((block) => fileOf(block) ?? []);
  const ofPostgres = /type: 'postgres',\s+url: process\.env\['DATABASE_URL'\],/;
  const files = shown.map(({ path, text }) => [
    join('src', path),
    text.replace(ofPostgres, `...JSON.parse(process.env['DATA_SOURCE'] ?? '{}'),`),
  ]);
  expect(files.filter(([, text]) => text?.includes('DATA_SOURCE'))).toHaveLength(1);
  return { 'src/account.entity.ts': ENTITY, ...Object.fromEntries(files) };
}

const packageOf = (manifest: object): AppFiles => ({
  'package.json': JSON.stringify({
    name: 'packed',
    version: '1.0.0',
    private: true,
    scripts: { build: 'tsc' },
    ...manifest,
  }),
});
