import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTestDatabase } from '@nest-alembic/testing';
import type { RevisionDirective } from '@nest-alembic/nestjs';
import type { TestDatabase } from '@nest-alembic/testing';
import { DOWN, Project } from './testing/project.fixture.js';
import { runOn, runOnStub } from './testing/run-in-process.fixture.js';
import type { Said } from './testing/run-in-process.fixture.js';
import { createService } from './testing/service.fixture.js';

jest.setTimeout(60_000);

const written = { file: '/x', revision: 'x', downRevisions: [], changes: [], questions: [] };
const rebased = { revision: 'a', file: '/x', from: [], onto: ['b'], changed: true, heads: ['a'] };

describe('what the commands that write revisions ask for', () => {
  it.each<[string, readonly string[], readonly unknown[]]>([
    [
      'CLI-27: every option of revision',
      [
        ...['revision', '-m', 'a', '--autogenerate', '--sql', '--head', 'b', '--head', 'c'],
        ...['--splice', '--branch-label', 'd', '--branch-label', 'e', '--version-path', 'f'],
        ...['--rev-id', 'g', '--depends-on', 'h', '--depends-on', 'i', '--allow-destructive'],
      ],
      [
        'revision',
        {
          message: 'a',
          autogenerate: true,
          sql: true,
          head: ['b', 'c'],
          splice: true,
          branchLabels: ['d', 'e'],
          versionPath: 'f',
          revisionId: 'g',
          dependsOn: ['h', 'i'],
          allowDestructive: true,
        },
      ],
    ],
    ['revision without options', ['revision'], ['revision', {}]],
    [
      'CLI-49: every option of merge',
      [
        ...['merge', 'a', 'b', '-m', 'c', '--branch-label', 'd', '--rev-id', 'e', '--splice'],
        ...['--depends-on', 'f', '--version-path', 'g'],
      ],
      [
        'merge',
        ['a', 'b'],
        {
          message: 'c',
          branchLabels: ['d'],
          revisionId: 'e',
          splice: true,
          dependsOn: ['f'],
          versionPath: 'g',
        },
      ],
    ],
    ['merge of heads', ['merge', 'heads'], ['merge', ['heads'], {}]],
    ['merge --auto', ['merge', '--auto'], ['merge', [], { auto: true }]],
    ['rebase', ['rebase', 'a'], ['rebase', 'a', {}]],
    [
      'rebase with its options',
      ['rebase', 'a', '--onto', 'b', '--from', 'c'],
      ['rebase', 'a', { onto: 'b', from: 'c' }],
    ],
    [
      'init',
      ['init', 'db', '-t', 'multidb'],
      ['init', { directory: 'db', template: 'multidb', imported: true }],
    ],
  ])('%s', async (_, args, call) => {
    const answers = { revision: written, merge: written, rebase: rebased, init: { files: [] } };
    const { exitCode, stub, stderr } = await runOnStub(args, answers);
    expect({ exitCode, stderr, calls: stub.calls }).toEqual({
      exitCode: 0,
      stderr: '',
      calls: [call],
    });
  });

  it('says what rebase did, or that nothing is to do', async () => {
    const { stdout } = await runOnStub(['rebase', 'a'], { rebase: rebased });
    expect(stdout).toBe('Rebased a: <base> -> b, in /x\n');
    const same = { ...rebased, changed: false };
    expect((await runOnStub(['rebase', 'a'], { rebase: same })).stdout).toBe(
      'Nothing to do: a is on b.\n',
    );
    const json = await runOnStub(['rebase', 'a', '--json'], { rebase: rebased });
    expect(JSON.parse(json.stdout)).toEqual(rebased);
  });

  it('says that there is nothing to merge', async () => {
    const nothing = { ...written, file: undefined, revision: undefined, downRevisions: ['a'] };
    const { stdout } = await runOnStub(['merge', 'heads'], { merge: nothing });
    expect(stdout).toBe('Nothing to do: the only head is a.\n');
    const json = await runOnStub(['merge', '--auto', '--json'], { merge: nothing });
    expect(JSON.parse(json.stdout)).toMatchObject({
      file: null,
      revision: null,
      downRevisions: ['a'],
    });
  });
});

describe('without a database', () => {
  let project: Project;
  let run: (...args: string[]) => Promise<Said>;

  beforeEach(() => {
    project = new Project();
    run = (...args) => runOn([createService(project, { name: 'default', url: DOWN })], args);
  });
  afterEach(() => project.remove());

  const textOf = (name: string): string => readFileSync(join(project.versions, name), 'utf8');

  it('D13: a story of branches: revision, merge, rebase', async () => {
    const first = await run('revision', '-m', 'first', '--rev-id', 'aaaa1');
    expect(first).toMatchObject({ exitCode: 0, stderr: '' });
    expect(first.stdout).toMatch(/^Generating .*aaaa1_first\.ts \.\.\. +done\n$/);
    await run('revision', '-m', 'shop', '--rev-id', 'bbbb1', '--branch-label', 'shop');
    const refused = await run('revision', '--head', 'aaaa1', '--rev-id', 'cccc1');
    expect(refused).toMatchObject({ exitCode: 1, stdout: '' });
    expect(refused.stderr).toContain('please specify --splice to create a new branch');
    expect(
      (await run('revision', '--head', 'aaaa1', '--splice', '--rev-id', 'cccc1')).exitCode,
    ).toBe(0);
    const dependent = ['--head', 'cccc', '--depends-on', 'shop', '--rev-id', 'dddd1'];
    expect((await run('revision', ...dependent)).exitCode).toBe(0);
    expect(textOf('dddd1_.ts')).toContain(`export const dependsOn = 'shop';`);
    expect(textOf('bbbb1_shop.ts')).toContain(`export const branchLabels = ['shop'];`);

    expect((await run('merge', 'heads', '--rev-id', 'eeee1')).stdout).toMatch(
      /eeee1_merge_bbbb1_and_dddd1\.ts \.\.\. +done/,
    );
    rmSync(join(project.versions, 'eeee1_merge_bbbb1_and_dddd1.ts'));
    const rebase = await run('rebase', 'cccc1', '--onto', 'bbbb1');
    expect(rebase.stdout).toMatch(/^Rebased cccc1: aaaa1 -> bbbb1, in .*cccc1_\.ts\n$/);
    expect(rebase.stderr).toContain(
      'warning: a database where "cccc1" is applied already must be stamped',
    );
    expect((await run('heads')).stdout).toBe('dddd1 (shop) (head)\n');
  });

  it('CLI-43: revision --json tells the file and the revision', async () => {
    const { stdout } = await run('revision', '--rev-id', 'aaaa1', '--json');
    const one = {
      file: join(project.versions, 'aaaa1_.ts'),
      revision: 'aaaa1',
      downRevisions: [],
    };
    expect(JSON.parse(stdout)).toEqual({
      ...one,
      changes: [],
      questions: [],
      rowsInTheWay: [],
      written: [one],
      cancelled: false,
    });
  });

  it('SCN-71: what processRevisionDirectives leaves is written, all of it or nothing', async () => {
    const directed = (processRevisionDirectives: RevisionDirective, ...args: string[]) =>
      runOn([createService(project, { options: { processRevisionDirectives } })], args);
    const none = await directed(() => null, 'revision');
    expect(none).toMatchObject({
      exitCode: 0,
      stdout: 'processRevisionDirectives left nothing to write.\n',
    });
    const two: RevisionDirective = (drafts, { newDraft }) => [
      ...drafts,
      newDraft({ revisionId: 'bbbb1', message: 'then' }),
    ];
    const { stdout } = await directed(two, 'revision', '--rev-id', 'aaaa1');
    expect(stdout).toMatch(/^Generating .*aaaa1_\.ts.*done\nGenerating .*bbbb1_then\.ts.*done\n$/);
    expect((await run('heads')).stdout).toBe('bbbb1 (head)\n');
  });

  it.each([
    [
      'CLI-30',
      ['--rev-id', 'a@b-c'],
      'E1011: character(s) "-, @" not allowed in revision identifier "a@b-c"',
    ],
    [
      'CLI-36',
      ['--version-path', 'nowhere'],
      'E7003: path "nowhere" is not represented in current version locations',
    ],
    ['CLI-41', ['--sql'], 'E7007: using --sql with the revision command when revisionEnvironment'],
    [
      'CLI-41',
      ['--sql', '--autogenerate'],
      'E7007: using --sql with --autogenerate does not make any sense',
    ],
    ['PORT-12', ['--rev-id', 'x'.repeat(33)], 'E1012'],
    ['B013', ['--branch-label', 'head'], 'E1010'],
  ])('%s: refuses %j and writes nothing', async (_, args, text) => {
    const refused = await run('revision', ...args);
    expect(refused).toMatchObject({ exitCode: 1, stdout: '' });
    expect(refused.stderr).toContain(text);
    expect(readdirSync(project.versions)).toEqual([]);
  });

  it('CLI-16: list-templates, with its other spelling, shows every template', async () => {
    for (const name of ['list-templates', 'list_templates']) {
      const { exitCode, stdout } = await run(name);
      expect(exitCode).toBe(0);
      expect(stdout).toMatch(
        /^Available templates:\n\ngeneric - One .*\nmultidb - Several .*\n\nTemplates are used via the init command, such as:\n\n {2}node .*migrate init --template generic \.\/migrations\n$/,
      );
    }
    expect(JSON.parse((await run('list-templates', '--json')).stdout).templates).toHaveLength(2);
  });

  it('init tells only what is left to do', async () => {
    rmSync(project.migrations, { recursive: true });
    const { stdout } = await run('init');
    expect(stdout).toContain('The app imports MigrationsModule with this folder already.');
    expect((await run('init', 'other/place')).stdout).toContain(
      `Set in the options of MigrationsModule: directory: 'other/place'`,
    );
    const outside = join(project.root, '..', `${project.root.split('/').at(-1)}-outside`);
    try {
      expect((await run('init', outside)).stdout).toContain(`directory: '${outside}'`);
    } finally {
      rmSync(outside, { recursive: true });
    }
  });
});

describe('two commands at once', () => {
  it('B127: both write, with ids of their own; of one id only one is written', async () => {
    const project = new Project();
    try {
      project.writeRevision('aaaa1', null);
      const runs = await Promise.all(
        ['one', 'two'].map((message) => project.migrate(DOWN, ['revision', '-m', message])),
      );
      expect(runs.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
      const files = readdirSync(project.versions);
      expect(files).toHaveLength(3);
      expect(new Set(files.map((name) => name.split('_')[0])).size).toBe(3);
      const history = await project.migrate(DOWN, ['history', '--json']);
      expect(JSON.parse(history.stdout).revisions).toHaveLength(3);
      const same = await Promise.all(
        [1, 2].map(() =>
          project.migrate(DOWN, ['revision', '-m', 'same', '--head', 'base', '--rev-id', 'same1']),
        ),
      );
      expect(same.map(({ exitCode }) => exitCode).sort()).toEqual([0, 1]);
      const lost = same.find(({ exitCode }) => exitCode === 1);
      expect(lost?.stderr).toContain('error E7001: ');
      expect(readdirSync(project.versions).filter((name) => name.startsWith('same1'))).toHaveLength(
        1,
      );
    } finally {
      project.remove();
    }
  });
});

describe('several databases with one history', () => {
  const NAMES = ['shop', 'reports'];
  let project: Project;
  let databases: TestDatabase[];
  let run: (...args: string[]) => Promise<Said>;

  beforeEach(async () => {
    project = new Project();
    rmSync(project.migrations, { recursive: true });
    databases = await Promise.all(NAMES.map(() => createTestDatabase()));
    run = (...args) =>
      runOn(
        NAMES.map((name, at) => createService(project, { name, url: databases[at]?.url ?? '' })),
        args,
      );
  });
  afterEach(async () => {
    project.remove();
    for (const database of databases) await database.drop();
  });

  it('TPL-04: init -t multidb, one file for both, each runs its own function, and both are equal then', async () => {
    expect((await run('init', '-n', 'all', '-t', 'multidb')).exitCode).toBe(0);
    const made = await run('-n', 'all', 'revision', '--autogenerate', '-m', 'first');
    expect(made).toMatchObject({ exitCode: 0 });
    expect(made.stderr).toContain('detected: shop: create table account');
    expect(made.stderr).toContain('detected: reports: create table account');
    const [file = '', ...more] = readdirSync(project.versions).filter(
      (name) => name !== '.gitkeep',
    );
    expect(more).toEqual([]);
    const text = readFileSync(join(project.versions, file), 'utf8');
    expect(text).toMatch(
      /upgrades: Steps = \{\n {2}shop: async \(op\) => \{\n {4}await op\.createTable/,
    );
    expect(text).toMatch(/\n {2}reports: async \(op\) => \{/);
    writeFileSync(
      join(project.versions, file),
      text.replace(
        '  shop: async (op) => {',
        `  shop: async (op) => {\n    await op.execute('CREATE TABLE only_shop ()');`,
      ),
    );
    expect((await run('-n', 'all', 'upgrade', 'head')).exitCode).toBe(0);
    expect((await run('-n', 'all', 'check')).exitCode).toBe(0);
    for (const [at, name] of NAMES.entries()) {
      const connection = await databases[at]?.connect();
      const { rows } = (await connection?.query(`SELECT to_regclass('only_shop') AS found`)) ?? {};
      expect([name, rows]).toEqual([name, [{ found: name === 'shop' ? 'only_shop' : null }]]);
    }
    expect((await run('-n', 'all', 'revision', '--autogenerate')).stdout).toContain(
      'No new upgrade operations detected',
    );
    expect((await run('-n', 'all', 'downgrade', 'base')).exitCode).toBe(0);
  });

  it('an environment whose function is missing has nothing to do', async () => {
    await run('init', '-n', 'shop', '-t', 'multidb');
    expect(
      (await run('-n', 'shop', 'revision', '--autogenerate', '-m', 'shop only')).exitCode,
    ).toBe(0);
    expect((await run('-n', 'all', 'upgrade', 'head')).exitCode).toBe(0);
    expect((await run('-n', 'shop', 'check')).exitCode).toBe(0);
    expect((await run('-n', 'reports', 'check')).exitCode).toBe(2);
  });

  it('merge and rebase run once for both', async () => {
    await run('init', '-n', 'shop', '-t', 'multidb');
    for (const id of ['aaaa1', 'bbbb1'])
      await run('-n', 'all', 'revision', '--head', 'base', '--rev-id', id);
    expect((await run('-n', 'all', 'merge', '--auto', '--rev-id', 'cccc1')).exitCode).toBe(0);
    const file = join(project.versions, 'cccc1_merge_aaaa1_and_bbbb1.ts');
    expect(readFileSync(file, 'utf8')).toContain('  reports: async () => {},\n');
    rmSync(file);
    expect((await run('-n', 'all', 'rebase', 'bbbb1')).stdout).toMatch(
      /^Rebased bbbb1: <base> -> aaaa1/,
    );
  });

  it('E7006: the template generic has no place for two', async () => {
    await run('init', '-n', 'shop');
    const refused = await run('-n', 'all', 'revision', '-m', 'x');
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain('init -t multidb');
    expect(existsSync(project.versions) && readdirSync(project.versions)).toEqual(['.gitkeep']);
  });

  it('environments with folders of their own get a file each', async () => {
    const apart = (...args: string[]): Promise<Said> =>
      runOn(
        NAMES.map((name, at) =>
          createService(project, {
            name,
            url: databases[at]?.url ?? '',
            options: { directory: name },
          }),
        ),
        args,
      );
    for (const name of NAMES) mkdirSync(join(project.root, name), { recursive: true });
    const made = await apart('-n', 'all', 'revision', '-m', 'x', '--json');
    const { environments } = JSON.parse(made.stdout);
    for (const name of NAMES) expect(environments[name].file).toContain(join(project.root, name));
  });
});
