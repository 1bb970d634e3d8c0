import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from '@nest-alembic/core';
import type { MigrationsModuleOptions } from '@nest-alembic/nestjs';
import { createTestDatabase } from '@nest-alembic/testing';
import type { TestDatabase } from '@nest-alembic/testing';
import { Project } from './testing/project.fixture.js';
import { runOn } from './testing/run-in-process.fixture.js';
import type { Said } from './testing/run-in-process.fixture.js';
import { createService } from './testing/service.fixture.js';

interface Header {
  readonly down?: string | readonly string[] | null;
  readonly labels?: readonly string[];
  readonly dependsOn?: string;
  /** Of `upgrade(op)`. */
  readonly body?: string;
}

/** What a case has besides the usual graph. */
interface Given {
  readonly revisions?: Readonly<Record<string, Header>>;
  readonly options?: MigrationsModuleOptions;
  /** @default ['aaaa2222'] */
  readonly rows?: readonly string[];
}

/**
 * aaaa1111 <- aaaa2222 <- dddd4444, and aaaa1111 <- cccc3333 with the label "billing". The database is at aaaa2222.
 */
const GRAPH: Readonly<Record<string, Header>> = {
  aaaa1111: { down: null },
  aaaa2222: { down: 'aaaa1111' },
  dddd4444: { down: 'aaaa2222' },
  cccc3333: { down: 'aaaa1111', labels: ['billing'] },
};

/** The same without cccc3333: one head. */
const WITHOUT_BRANCH: Given = { revisions: { cccc3333: { down: 'dddd4444' } } };

const TWO_FOLDERS: Given = {
  options: { versionLocations: ['migrations/versions', 'more/versions'] },
};

type Case = [what: string, args: string, code: string, said: RegExp, given?: Given];

const CASES: readonly Case[] = [
  ['ERR-01: an unknown id', 'upgrade nosuch', 'E1017', /"nosuch"/],
  ['ERR-01: the same in a range', 'history -r nosuch:', 'E1017', /"nosuch"/],
  ['ERR-01: the same for show', 'show 12345678', 'E1017', /"12345678"/],
  [
    'ERR-01: a row that no file has',
    'upgrade heads',
    'E4001',
    /"ffff5555"/,
    { rows: ['ffff5555'] },
  ],
  ['ERR-02: an unknown branch', 'upgrade nosuch@head', 'E1017', /"nosuch"/],
  ['ERR-03: an ambiguous abbreviation', 'show aaaa', 'E1013', /"aaaa1111".*"aaaa2222"/],
  [
    'ERR-04: a revision that is not on the branch',
    'show billing@dddd4444',
    'E1018',
    /"dddd4444".*"billing"/,
  ],
  [
    'ERR-05: head, where there are several',
    'upgrade head',
    'E1007',
    /"cccc3333".*"dddd4444"[^]*heads/,
  ],
  ['ERR-05: the same for a new revision', 'revision -m x', 'E1007', /"cccc3333".*"dddd4444"/],
  [
    'ERR-06: a range across branches',
    'history -r cccc3333:dddd4444',
    'E1022',
    /"cccc3333:dddd4444"|cccc3333/,
  ],
  ['ERR-07: a downgrade that goes up', 'downgrade dddd4444', 'E1015', /"dddd4444"/],
  ['ERR-07: a downgrade to another branch', 'downgrade cccc3333', 'E1015', /"cccc3333"/],
  [
    'ERR-08: targets of which one is the other one’s ancestor',
    'stamp aaaa2222 dddd4444',
    'E1019',
    /"aaaa2222".*"dddd4444"/,
  ],
  ['ERR-09: more steps up than there are', 'upgrade +10', 'E1014', /"\+10".*fewer than 10/],
  ['ERR-09: more steps down than there are', 'downgrade -10', 'E1014', /"-10".*fewer than 10/],
  [
    'ERR-09: one step, where there is none',
    'downgrade -1',
    'E1014',
    /there is no revision in that direction/,
    { rows: [] },
  ],
  ['ERR-09: several ways to go', 'upgrade aaaa1111+1', 'E1014', /"aaaa2222", "cccc3333"|2 ways/],
  [
    'ERR-09: several revisions to start from',
    'upgrade +1',
    'E1014',
    /"cccc3333".*"dddd4444"/,
    { rows: ['cccc3333', 'dddd4444'], revisions: { eeee5555: { down: ['cccc3333', 'dddd4444'] } } },
  ],
  [
    'ERR-10: a revision that is its own down revision',
    'heads',
    'E1004',
    /"eeee5555"/,
    { revisions: { eeee5555: { down: 'eeee5555' } } },
  ],
  [
    'ERR-10: a cycle',
    'heads',
    'E1005',
    /"eeee5555".*"ffff6666"/,
    { revisions: { eeee5555: { down: 'ffff6666' }, ffff6666: { down: 'eeee5555' } } },
  ],
  [
    'ERR-10: a cycle through dependencies',
    'heads',
    'E1006',
    /"aaaa1111"/,
    { revisions: { aaaa1111: { down: null, dependsOn: 'cccc3333' } } },
  ],
  [
    'ERR-11: a row that someone else changed meanwhile',
    'upgrade eeee5555',
    'E4011',
    /"aaaa2222"/,
    {
      revisions: {
        eeee5555: { down: 'aaaa2222', body: `await op.execute('DELETE FROM alembic_version');` },
      },
    },
  ],
  [
    'ERR-12: autogenerate on a database that is behind',
    'revision --autogenerate --head heads',
    'E4014',
    /not at head/,
    WITHOUT_BRANCH,
  ],
  ['ERR-12: check on a database that is behind', 'check', 'E4014', /not at head/],
  [
    'ERR-13: a database that is not at all heads',
    'current --check-heads',
    'E4014',
    /not on all head revisions/,
  ],
  [
    'ERR-15: a version location that is not there',
    'heads',
    'E7009',
    /nosuch/,
    { options: { directory: 'nosuch' } },
  ],
  ['ERR-15: a wrong value', 'heads -c wrong.json', 'E9002', /"versionLocations".*wrong\.json"/],
  [
    'ERR-15: an unknown option',
    'heads -c mistyped.json',
    'E9003',
    /"versionLocation"[^]*Did you mean "versionLocations"\?/,
  ],
  [
    'ERR-15: an unknown time zone',
    'revision -m x --head cccc3333',
    'E9002',
    /Mars/,
    { options: { timezone: 'Mars/Olympus' } as MigrationsModuleOptions },
  ],
  [
    'ERR-16: a version path that is none of the locations',
    'revision -m x --head cccc3333 --version-path elsewhere',
    'E7003',
    /elsewhere/,
  ],
  [
    'ERR-16: several version locations for a new base',
    'revision -m x --head base --splice',
    'E7007',
    /--version-path/,
    TWO_FOLDERS,
  ],
  ['ERR-16: init in a folder that is not empty', 'init', 'E7011', /not empty/],
  ['ERR-16: an unknown template', 'init elsewhere -t nosuch', 'E7012', /"nosuch"/],
  [
    'ERR-17: an id with a character that is not allowed',
    'revision --head cccc3333 --rev-id a@b',
    'E1011',
    /"a@b"/,
  ],
  [
    'ERR-17: an id that exists',
    'revision --head cccc3333 --rev-id aaaa1111',
    'E7001',
    /"aaaa1111"/,
  ],
  [
    'ERR-17: a down revision that is no head',
    'revision --head aaaa2222',
    'E1021',
    /"aaaa2222" is not a head/,
  ],
  [
    'ERR-17: the same head twice',
    'revision --head cccc3333 --head cccc3333',
    'E1016',
    /"cccc3333"/,
  ],
  [
    'ERR-17: a label that is taken',
    'revision --head dddd4444 --branch-label billing',
    'E1008',
    /"billing"/,
  ],
  [
    'ERR-17: --sql with --autogenerate',
    'revision --autogenerate --sql --head cccc3333',
    'E7007',
    /--sql/,
  ],
  [
    'ERR-17: --sql without revisionEnvironment',
    'revision --sql --head cccc3333',
    'E7007',
    /revisionEnvironment/,
  ],
  ['ERR-18: the one head, where there are several', 'show head', 'E1007', /"cccc3333".*"dddd4444"/],
];

describe('the errors of Alembic’s catalogue, as commands tell them', () => {
  let project: Project;
  let database: TestDatabase;
  let connection: Connection & { close(): Promise<void> };

  beforeAll(async () => {
    database = await createTestDatabase();
    connection = (await database.connect()) as typeof connection;
    await connection.script(
      'CREATE TABLE alembic_version (version_num varchar(32) NOT NULL CONSTRAINT alembic_version_pkc PRIMARY KEY)',
    );
  });
  afterAll(() => database.drop());
  beforeEach(() => {
    project = new Project();
  });
  afterEach(() => project.remove());

  async function prepare({ revisions = {}, rows = ['aaaa2222'] }: Given): Promise<void> {
    for (const [id, header] of Object.entries({ ...GRAPH, ...revisions })) write(id, header);
    writeFileSync(join(project.root, 'wrong.json'), '{"versionLocations":3}');
    writeFileSync(join(project.root, 'mistyped.json'), '{"versionLocation":["x"]}');
    await connection.script('DELETE FROM alembic_version');
    for (const row of rows)
      await connection.script(`INSERT INTO alembic_version VALUES ('${row}')`);
  }

  function write(id: string, { down = null, labels, dependsOn, body = '' }: Header): void {
    const lines = [
      `import type { Operations } from '@nest-alembic/core';`,
      `export const revision = '${id}';`,
      `export const message = '${id}';`,
      `export const downRevision = ${JSON.stringify(down)};`,
      ...(labels ? [`export const branchLabels = ${JSON.stringify(labels)};`] : []),
      ...(dependsOn ? [`export const dependsOn = '${dependsOn}';`] : []),
      `export async function upgrade(op: Operations): Promise<void> { ${body} }`,
      `export async function downgrade(): Promise<void> {}`,
    ];
    writeFileSync(join(project.versions, `${id}.ts`), lines.join('\n'));
  }

  function run(args: readonly string[], options: MigrationsModuleOptions = {}): Promise<Said> {
    if (options.versionLocations?.includes('more/versions'))
      mkdirSync(join(project.root, 'more/versions'), { recursive: true });
    const placed = args.map((arg) => (arg.endsWith('.json') ? join(project.root, arg) : arg));
    return runOn([createService(project, { url: database.url, options })], placed);
  }

  /** All that a refused command must leave as it was. */
  async function state(): Promise<unknown> {
    const files = readdirSync(project.root, { recursive: true, encoding: 'utf8' }).sort();
    const { rows } = await connection.query('SELECT version_num FROM alembic_version ORDER BY 1');
    const { rows: tables } = await connection.query(
      `SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname NOT LIKE 'alembic_version_%' ORDER BY 1`,
    );
    return [files, rows, tables, readFileSync(join(project.versions, 'aaaa1111.ts'), 'utf8')];
  }

  it.each(CASES)(
    '%s (%s) is %s, and nothing is written',
    async (...[, line, code, said, given = {}]) => {
      await prepare(given);
      if (given.options?.versionLocations?.length === 2)
        mkdirSync(join(project.root, 'more/versions'), { recursive: true });
      const before = await state();
      const args = line.split(' ');
      const told = await run(args, given.options);
      // ERR-19: exit code 1, an answer of nothing, the problem in one line, then what to do.
      expect(told.stderr).toMatch(new RegExp(`(^|\n)error ${code}: `));
      expect({ exitCode: told.exitCode, stdout: told.stdout }).toEqual({ exitCode: 1, stdout: '' });
      const error = told.stderr.slice(told.stderr.indexOf(`error ${code}: `));
      expect(error).toMatch(said);
      expect(error).toMatch(/^error E\d{4}: [^\n]+\n([^\n]+\n)?$/);
      expect(error).not.toMatch(/^ +at /m);
      expect(await state()).toEqual(before);

      const document = await run([...args, '--json'], given.options);
      expect(document).toMatchObject({ exitCode: 1, stdout: '' });
      const json = document.stderr.slice(document.stderr.indexOf('{\n'));
      expect(JSON.parse(json)).toMatchObject({ error: { code } });
      expect(await state()).toEqual(before);
    },
  );

  it('ERR-14: a difference is no error: the list on stdout, exit code 2', async () => {
    await prepare({ rows: ['cccc3333', 'dddd4444'] });
    expect(await run(['check'])).toEqual({
      exitCode: 2,
      stdout: 'New upgrade operations detected:\n  - create table account\n',
      stderr: '',
    });
  });

  it('every id of the catalogue has its case', () => {
    const ids = CASES.map(([what]) => what.slice(0, 6));
    const missing = Array.from({ length: 18 }, (_, at) => `ERR-${String(at + 1).padStart(2, '0')}`);
    expect(missing.filter((id) => !ids.includes(id))).toEqual(['ERR-14']);
    expect(existsSync(project.root)).toBe(true);
  });
});
