import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import type { RevisionModule } from '../../../runtime/migrator-options.js';
import { createMigrator } from '../../../runtime/create-migrator.js';
import { createSpecFile } from '../sqlite-database.fixture.js';
import type { SpecFile } from '../sqlite-database.fixture.js';
import { sqliteDialect } from '../sqlite-dialect.js';

const PAGE = readFileSync(join(__dirname, '../../../../../../docs/guide/batch-mode.md'), 'utf8');

/** The revisions of the page, one after the other. */
const TEXTS = [...PAGE.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, text = '']) => text);
// What has no way back is for another database.
const REVISIONS = TEXTS.filter((text) => text.includes('downgrade')).map((text, at) => {
  const { outputText } = transpileModule(text, {
    compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 },
  });
  const module = { exports: {} };
  new Function('exports', 'module', outputText)(module.exports, module);
  return {
    revision: `${at}`.repeat(12),
    downRevision: at === 0 ? null : `${at - 1}`.repeat(12),
    ...module.exports,
  } as RevisionModule;
});

let spec: SpecFile;

beforeEach(() => {
  spec = createSpecFile();
});

afterEach(() => spec.drop());

const migrator = () =>
  createMigrator({
    dialect: sqliteDialect,
    connect: async () => spec.connect(),
    revisions: REVISIONS,
  });

const schemaOf = (): unknown =>
  spec
    .connect()
    .database.prepare(
      "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'alembic%' ORDER BY name",
    )
    .all();

it('the revisions of the guide run up, down and up, and keep the rows', async () => {
  expect(REVISIONS).toHaveLength(5);
  await migrator().upgrade('head');
  const made = schemaOf();
  const { database } = spec.connect();
  expect(database.prepare('SELECT name, age FROM person').all()).toEqual([
    { name: 'Ann', age: 41 },
  ]);
  expect(database.prepare('SELECT id, person_id FROM letter').all()).toEqual([
    { id: 1, person_id: 1 },
  ]);
  await migrator().downgrade('000000000000');
  expect(database.prepare('SELECT * FROM person').all()).toEqual([
    { id: 1, name: 'Ann', age: '41' },
  ]);
  await migrator().upgrade('head');
  expect(schemaOf()).toEqual(made);
  await migrator().downgrade('base');
});

it('the script of the guide runs with the client that the page names', async () => {
  expect(PAGE).toContain('sqlite3 app.db < upgrade.sql');
  await migrator().upgrade('333333333333');
  const { sql = '' } = await migrator().upgrade('333333333333:head', { sql: true });
  execFileSync('sqlite3', [spec.file], { input: sql, stdio: ['pipe', 'pipe', 'pipe'] });
  const { database } = spec.connect();
  expect(database.prepare('SELECT written FROM letter').pluck().get()).toMatch(/^\d{4}-/);
});
