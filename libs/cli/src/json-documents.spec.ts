import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTestDatabase } from '@nest-alembic/testing';
import type { TestDatabase } from '@nest-alembic/testing';
import { COMMAND_NAMES } from './testing/command-names.fixture.js';
import { SCHEMAS, createValidator } from './testing/json-schemas.fixture.js';
import type { Schema } from './testing/json-schemas.fixture.js';
import { Project } from './testing/project.fixture.js';
import { runOn } from './testing/run-in-process.fixture.js';
import type { Said } from './testing/run-in-process.fixture.js';
import { createService } from './testing/service.fixture.js';

const problemsOf = createValidator();

describe('every document of --json fits its schema', () => {
  let project: Project;
  let database: TestDatabase;
  const covered = new Set<string>();

  beforeAll(async () => {
    project = new Project();
    database = await createTestDatabase();
    project.writeRevision('a1', null);
    project.writeRevision('b2', 'a1');
    project.writeRevision('c3', 'a1');
  });
  afterAll(async () => {
    project.remove();
    await database.drop();
  });

  const run = (args: readonly string[]): Promise<Said> =>
    runOn([createService(project, { url: database.url })], [...args, '--json']);

  // In this order: each finds what those before it left.
  it.each<[string, string, number]>([
    ['list-templates', '', 0],
    ['heads', '', 0],
    ['branches', '', 0],
    ['graph', '', 0],
    ['graph', '--format mermaid', 0],
    ['history', '', 0],
    ['show', 'a1', 0],
    ['show', 'base', 0],
    ['merge', 'heads -m joined --rev-id d4', 0],
    ['ensure-version', '--sql', 0],
    ['ensure-version', '', 0],
    ['ensure-version', '', 0],
    ['current', '', 0],
    ['plan', '', 0],
    ['plan', '--check-data', 0],
    ['upgrade', 'head --sql', 0],
    ['upgrade', 'head', 0],
    ['upgrade', 'head', 0],
    ['history', '-i', 0],
    ['current', '', 0],
    ['check', '', 2],
    ['revision', '--autogenerate -m account --rev-id e5', 0],
    ['upgrade', '+1', 0],
    ['redo', '', 0],
    ['check', '', 0],
    ['revision', '--autogenerate', 0],
    ['revision', '-m empty --rev-id f6 --head b2 --splice', 0],
    ['rebase', 'f6 --onto e5', 0],
    ['stamp', 'head --sql', 0],
    ['downgrade', 'e5:d4 --sql', 0],
    ['downgrade', '-1', 0],
    ['stamp', 'f6', 0],
    ['stamp', 'base', 0],
    ['edit', 'f6 --editor true', 0],
  ])('%s %s', async (command, args, exitCode) => {
    const given = args.split(' ').filter(Boolean);
    const { stdout, stderr, ...said } = await run([command, ...given]);
    expect([said.exitCode, said.exitCode === 1 ? stderr : '']).toEqual([exitCode, '']);
    expect(problemsOf(command, JSON.parse(stdout))).toEqual([]);
    covered.add(command);
  });

  it('check, with a question and an object that is left alone', async () => {
    const connection = await database.connect();
    await run(['upgrade', 'heads']);
    await connection.script(
      'ALTER TABLE account ALTER email TYPE inet USING NULL; CREATE INDEX by_hand ON account (email)',
    );
    const { stdout, exitCode } = await run(['check']);
    const document = JSON.parse(stdout) as { questions: unknown[]; untouched: unknown[] };
    expect(exitCode).toBe(2);
    expect(document.untouched).not.toEqual([]);
    expect(problemsOf('check', document)).toEqual([]);
  });

  it('check, with hand-made objects of the kinds that can be registered', async () => {
    const connection = await database.connect();
    await connection.script(`CREATE FUNCTION by_hand() RETURNS trigger LANGUAGE plpgsql AS 'begin return new; end';
      CREATE TRIGGER by_hand BEFORE INSERT ON account FOR EACH ROW EXECUTE FUNCTION by_hand();
      CREATE POLICY by_hand ON account USING (true); CREATE DOMAIN by_hand AS text; CREATE EXTENSION citext`);
    const service = createService(project, { url: database.url, options: { objects: [] } });
    const { stdout } = await runOn([service], ['check', '--json']);
    const document = JSON.parse(stdout) as { untouched: { kind: string }[] };
    expect(document.untouched.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['routine', 'trigger', 'policy', 'domain', 'extension']),
    );
    expect(problemsOf('check', document)).toEqual([]);
  });

  it('init', async () => {
    const empty = new Project();
    const service = createService(empty, { options: { directory: 'elsewhere' } });
    const { stdout } = await runOn([service], ['init', '--json']);
    expect(problemsOf('init', JSON.parse(stdout))).toEqual([]);
    covered.add('init');
    empty.remove();
  });

  it('-n all', async () => {
    const { stdout } = await run(['heads', '-n', 'all']);
    const document = JSON.parse(stdout) as { environments: Record<string, unknown> };
    expect(problemsOf('environments', document)).toEqual([]);
    expect(problemsOf('heads', document.environments['default'])).toEqual([]);
  });

  it.each([
    ['ours', ['upgrade', 'nosuch']],
    ['on the command line', ['upgrade', '--nosuch']],
    ['without a command', []],
  ])('an error %s', async (_case, args) => {
    const { exitCode, stdout, stderr } = await run(args);
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(problemsOf('error', JSON.parse(stderr))).toEqual([]);
  });

  it('an error that is not ours', async () => {
    const service = createService(project);
    const broken = Object.create(service, {
      with: { value: () => Promise.reject(new TypeError('x is not a function')) },
    }) as typeof service;
    const { stderr } = await runOn([broken], ['heads', '--json']);
    expect(JSON.parse(stderr)).toEqual({ error: { message: 'x is not a function' } });
    expect(problemsOf('error', JSON.parse(stderr))).toEqual([]);
  });

  it('no command is forgotten, and no schema is without one', () => {
    expect([...covered].sort()).toEqual([...COMMAND_NAMES].sort());
    const others = ['answers', 'common', 'environments', 'error'];
    expect([...SCHEMAS.keys()].sort()).toEqual([...COMMAND_NAMES, ...others].sort());
  });
});

describe('docs/guide/json-output.md', () => {
  const page = readFileSync(join(__dirname, '../../../docs/guide/json-output.md'), 'utf8');
  const sections = page.split(/^## /m).slice(1);
  const sectionOf = (name: string): string =>
    sections.find((section) => section.split('\n', 1)[0]?.includes(`\`${name}\``)) ??
    sections.find((section) => section.startsWith(TITLES[name] ?? '-')) ??
    '';

  it.each(['environments', 'error', ...COMMAND_NAMES])(
    '%s: its example fits its schema',
    (name) => {
      const example = /```json\n([\s\S]*?)```/.exec(sectionOf(name))?.[1] ?? '';
      const document: unknown = JSON.parse(example);
      // `{}` stands for a revision that was shown before.
      const problems = problemsOf(name, document).filter(
        (problem) => !/\/branchPoint must have required property/.test(problem),
      );
      expect(problems).toEqual([]);
    },
  );

  it.each(['environments', 'error', ...COMMAND_NAMES])('%s: names every member', (name) => {
    const members = Object.keys(SCHEMAS.get(name)?.properties ?? {});
    expect(members.filter((member) => !sectionOf(name).includes(`"${member}"`))).toEqual([]);
  });

  it('names every member of a revision, a step, a question', () => {
    const { $defs } = SCHEMAS.get('common') as { $defs: Record<string, Schema> };
    for (const { properties = {} } of Object.values($defs))
      expect(Object.keys(properties).filter((member) => !page.includes(`"${member}"`))).toEqual([]);
  });
});

const TITLES: Readonly<Record<string, string>> = {
  environments: 'Several environments',
  error: 'Errors',
};

it('a document with a member that no schema names is found', () => {
  expect(problemsOf('heads', { revisions: [], surplus: 1 })).toHaveLength(1);
  expect(problemsOf('heads', {})).toHaveLength(1);
  expect(problemsOf('nosuch', {})).toHaveLength(1);
});
