import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { MigrationService } from '@nest-alembic/nestjs';
import { createTestDatabase } from '@nest-alembic/testing';
import type { TestDatabase } from '@nest-alembic/testing';
import { DataSource, EntitySchema } from 'typeorm';
import { Project } from './testing/project.fixture.js';
import { runOn } from './testing/run-in-process.fixture.js';
import type { Said } from './testing/run-in-process.fixture.js';

jest.setTimeout(120_000);

let database: TestDatabase;
let project: Project;
beforeAll(async () => {
  database = await createTestDatabase();
  project = new Project();
});
afterAll(async () => {
  project.remove();
  await database.drop();
});

const account = (email: string, ...states: readonly string[]) =>
  new EntitySchema({
    name: 'Account',
    tableName: 'account',
    columns: {
      id: { type: 'int', primary: true },
      email: { type: 'text', name: email },
      state: { type: 'enum', enum: [...states], enumName: 'account_state' },
    },
  });
/** The command line of an app with one entity. */
const appWith =
  (entity: EntitySchema) =>
  (...args: readonly string[]): Promise<Said> => {
    const dataSource = new DataSource({ type: 'postgres', url: database.url, entities: [entity] });
    const options = { rootDirectory: project.root };
    const service = { name: 'default', dataSource, options, onEvent: () => undefined };
    return runOn([new MigrationService(service)], args);
  };
const documentOf = ({ stdout }: Said) => JSON.parse(stdout) as Readonly<Record<string, unknown>>;

it('PORT-11: what users ask for and Alembic lacks', async () => {
  const first = appWith(account('email', 'new'));
  const second = appWith(account('mail', 'new', 'closed'));
  const written = await first('revision', '--autogenerate', '-m', 'accounts', '--rev-id', 'a1');
  expect(written.exitCode).toBe(0);

  // The lock: of several at once each finds the work of the one before it done.
  const replicas = await Promise.all([1, 2, 3].map(() => first('upgrade', 'head', '--json')));
  expect(replicas.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
  const steps = replicas.flatMap((said) => documentOf(said)['steps']);
  expect(steps).toHaveLength(1);

  // JSON, and an exit code of its own for a difference.
  for (const command of ['history', 'current', 'heads', 'check']) {
    const said = await first(command, '--json');
    expect([command, said.exitCode, typeof documentOf(said)]).toEqual([command, 0, 'object']);
  }
  const differing = await second('check', '--json');
  expect(differing.exitCode).toBe(2);
  expect((await second('check', '--nonsense')).exitCode).toBe(1);

  // Renames and labels of enums are found.
  const changes = documentOf(differing)['changes'] as readonly string[];
  expect(changes).toEqual([
    expect.stringMatching(/^rename column account\.email/),
    expect.stringMatching(/enum account_state/),
  ]);

  // A dry run tells what would run, and runs nothing.
  await second('revision', '--autogenerate', '-m', 'closed accounts', '--rev-id', 'b2');
  const dry = await second('upgrade', 'head', '--dry-run');
  expect(dry).toMatchObject({ exitCode: 0 });
  expect(dry.stdout).toContain('RENAME COLUMN "email" TO "mail"');
  expect(documentOf(await second('current', '--json'))['rows']).toEqual(['a1']);

  // The checksum of what was applied.
  const [file = ''] = readdirSync(project.versions).filter((name) => name.startsWith('a1'));
  appendFileSync(join(project.versions, file), '// edited\n');
  await second('upgrade', 'head');
  expect(documentOf(await second('check', '--json'))).toMatchObject({
    upToDate: true,
    warnings: [{ code: 'E4010', facts: { revision: 'a1' } }],
  });
});
