import { MigrationError } from '@nest-alembic/core';
import type { Migrator } from '@nest-alembic/core';
import { revisionInfo } from './testing/migrator-stub.fixture.js';
import { runOnStub } from './testing/run-in-process.fixture.js';

const base = revisionInfo('a1', {
  isBase: true,
  isBranchPoint: true,
  children: ['b2', 'c3'],
  message: 'first',
});
const head = revisionInfo('b2', {
  downRevisions: ['a1'],
  isHead: true,
  labels: ['billing'],
  branchLabels: ['billing'],
  message: 'invoices',
});
const effective = revisionInfo('c3', {
  downRevisions: ['a1'],
  isHead: true,
  isEffectiveHead: true,
  message: 'reports',
});
const at = { rows: ['b2'], revisions: [head], heads: ['b2'], isAtHead: true };
const answers: Partial<Record<keyof Migrator, unknown>> = {
  branches: [{ branchPoint: base, children: [head, effective] }],
  heads: [head, effective],
  checkHeads: { heads: [head], problems: [] },
  history: [head, base],
  graph: [head, effective, base],
  show: [head],
  current: at,
  edit: { files: [`${process.cwd()}/migrations/versions/b2_x.ts`] },
  ensureVersion: { created: true },
  upgrade: { steps: [], rows: ['b2'] },
  downgrade: { steps: [], rows: ['b2'] },
  stamp: { steps: [], rows: ['b2'] },
  redo: { steps: [], rows: ['b2'] },
};

const print = async (...args: string[]): Promise<string> => {
  const { exitCode, stderr, stdout } = await runOnStub(args, answers);
  expect([exitCode, stderr]).toEqual([0, '']);
  return stdout;
};

describe('what a command line asks the migrator for', () => {
  it.each<[string, readonly string[], readonly unknown[]]>([
    ['CLI-70: branches', ['branches'], ['branches']],
    ['CLI-68: heads', ['heads'], ['heads', { resolveDependencies: false }]],
    ['real heads', ['heads', '--resolve-dependencies'], ['heads', { resolveDependencies: true }]],
    ['a check of the heads', ['heads', '--check'], ['checkHeads', { resolveDependencies: false }]],
    [
      'a check of the real heads',
      ['heads', '--check', '--resolve-dependencies'],
      ['checkHeads', { resolveDependencies: true }],
    ],
    ['CLI-62: all of history', ['history'], ['history', {}]],
    [
      'LIM-10: a range with its option',
      ['history', '-r', '-3:current'],
      ['history', { range: '-3:current' }],
    ],
    ['LIM-10: joined to it', ['history', '-r-3:current'], ['history', { range: '-3:current' }]],
    [
      'LIM-10: with the long one',
      ['history', '--rev-range', '-3:current'],
      ['history', { range: '-3:current' }],
    ],
    ['LIM-10: with =', ['history', '--rev-range=-3:current'], ['history', { range: '-3:current' }]],
    [
      'LIM-10: after others',
      ['history', '-vi', '-r', '-3:'],
      ['history', { range: '-3:', indicateCurrent: true }],
    ],
    [
      'LIM-10: joined to others',
      ['history', '-vir-3:'],
      ['history', { range: '-3:', indicateCurrent: true }],
    ],
    ['CLI-61: show current', ['show', 'current'], ['show', 'current']],
    ['CLI-74: current -c', ['current', '-c'], ['current', { checkHeads: true }]],
    ['CLI-74: current -vc', ['current', '-vc'], ['current', { checkHeads: true }]],
    [
      'CLI-74: current --check-heads',
      ['current', '--check-heads'],
      ['current', { checkHeads: true }],
    ],
    ['CLI-71: current', ['current'], ['current', { checkHeads: false }]],
    ['CLI-83: edit', ['edit', 'current'], ['edit', 'current', {}]],
    [
      'edit with an editor',
      ['edit', 'a1', '--editor', 'code --wait'],
      ['edit', 'a1', { editor: 'code --wait' }],
    ],
    ['CLI-82: ensure-version', ['ensure-version'], ['ensureVersion', { sql: false }]],
    ['CLI-82: its script', ['ensure-version', '--sql'], ['ensureVersion', { sql: true }]],
    ['CLI-02: as Alembic spells it', ['ensure_version'], ['ensureVersion', { sql: false }]],
    [
      'CLI-60: a tag',
      ['upgrade', 'head', '--tag', 'nightly'],
      ['upgrade', 'head', { tag: 'nightly' }],
    ],
    [
      'CLI-60: of a downgrade',
      ['downgrade', '-1', '--tag', '-1'],
      ['downgrade', '-1', { tag: '-1' }],
    ],
    ['CLI-60: of a stamp', ['stamp', 'head', '--tag', 'x'], ['stamp', ['head'], { tag: 'x' }]],
    ['redo', ['redo'], ['redo', '-1', { sql: false }]],
    ['redo further', ['redo', '-3'], ['redo', '-3', {}]],
    ['redo after --', ['redo', '--', '-3'], ['redo', '-3', {}]],
    [
      'redo from a revision',
      ['redo', 'billing@a1', '--tag', 'x'],
      ['redo', 'billing@a1', { tag: 'x' }],
    ],
    ['graph', ['graph'], ['graph', { indicateCurrent: false }]],
    [
      'a part of the graph',
      ['graph', '-ir', '-3:current'],
      ['graph', { range: '-3:current', indicateCurrent: true }],
    ],
  ])('%s', async (_case, args, [verb, ...parameters]) => {
    const { exitCode, stub, stderr } = await runOnStub(args, answers);
    expect([exitCode, stderr]).toEqual([0, '']);
    const [[called, ...given] = [], ...more] = stub.calls;
    expect([called, more]).toEqual([verb, []]);
    parameters.forEach((parameter, index) => {
      if (typeof parameter === 'object' && !Array.isArray(parameter))
        expect(given[index]).toMatchObject(parameter as object);
      else expect(given[index]).toEqual(parameter);
    });
  });
});

describe('what is printed', () => {
  it('CLI-70: branches: the branch point, what follows it, an empty line; messages only with -v', async () => {
    expect(await print('branches')).toBe(
      ['a1 (branchpoint)', '   -> b2 (billing) (head)', '   -> c3 (effective head)', '', ''].join(
        '\n',
      ),
    );
    expect(await print('branches', '-v')).toBe(
      [
        'Rev: a1 (branchpoint)',
        'Parent: <base>',
        'Branches into: b2, c3',
        '',
        '    first',
        '',
        '   -> b2 (billing) (head), invoices',
        '   -> c3 (effective head), reports',
        '',
        '',
      ].join('\n'),
    );
  });

  it('CLI-68: heads: one line each, with labels and the kind of head', async () => {
    expect(await print('heads')).toBe('b2 (billing) (head)\nc3 (effective head)\n');
    expect(await print('heads', '--check')).toBe('b2 (billing) (head)\n');
  });

  it('CLI-69: heads -v tells an effective head from a head', async () => {
    const lines = (await print('heads', '-v')).split('\n');
    expect(lines.filter((line) => line.startsWith('Rev:'))).toEqual([
      'Rev: b2 (head)',
      'Rev: c3 (effective head)',
    ]);
  });

  it('CLI-72: current -v names the database, without user and password, then each revision in full', async () => {
    expect(await print('current', '-v')).toBe(
      [
        'Current revision(s) for postgres://db:5432/shop:',
        'Rev: b2 (head)',
        'Parent: a1',
        'Branch names: billing',
        '',
        '    invoices',
        '',
        '',
      ].join('\n'),
    );
    expect(await print('current')).toBe('b2 (billing) (head)\n');
    expect(await print('current', '-v', '-q')).toMatch(/^Rev: b2/);
  });

  it('graph: a drawing for the terminal, Mermaid or DOT', async () => {
    expect(await print('graph')).toBe(
      [
        '* b2 (billing) (head), invoices',
        '│ * c3 (effective head), reports',
        '├─╯',
        '* a1 (branchpoint), first',
        '',
      ].join('\n'),
    );
    expect(await print('graph', '--format', 'mermaid')).toMatch(/^flowchart BT\n {2}r_a1\["a1 /);
    expect(await print('graph', '-f', 'dot')).toMatch(/^digraph revisions \{\n/);
    const wrong = await runOnStub(['graph', '--format', 'svg'], answers);
    expect(wrong).toMatchObject({ exitCode: 1, stdout: '' });
    expect(wrong.stderr).toMatch(/^error E7007: .*"svg"\nChoose one of text, mermaid, dot\.\n$/);
  });

  it('edit, ensure-version and redo say what was done', async () => {
    expect(await print('edit', 'head')).toBe('edited migrations/versions/b2_x.ts\n');
    expect(await print('ensure-version')).toBe('The version table was made.\n');
    const ensureVersion = { created: false };
    expect(await runOnStub(['ensure-version'], { ensureVersion })).toMatchObject({
      stdout: 'Nothing to do: the version table is there.\n',
    });
    const script = { created: undefined, sql: 'CREATE TABLE t;\n\n' };
    expect(await runOnStub(['ensure-version', '--sql'], { ensureVersion: script })).toMatchObject({
      stdout: 'CREATE TABLE t;\n\n',
      stderr: '',
    });
    expect(await print('redo')).toBe('Nothing to do: the database is at b2.\n');
  });

  it('CLI-77: a purge is never nothing, though no step is left to tell', async () => {
    const stamp = { steps: [], rows: [] };
    const said = async (...args: string[]) =>
      (await runOnStub(['stamp', ...args], { stamp })).stdout;
    expect(await said('base', '--purge')).toBe('The database is at base.\n');
    expect(await said('base')).toBe('Nothing to do: the database is at base.\n');
  });

  it('--json prints the documents of docs/guide/json-output.md', async () => {
    const json = async (...args: string[]): Promise<unknown> =>
      JSON.parse(await print(...args, '--json'));
    expect(await json('branches')).toMatchObject({
      branches: [
        {
          branchPoint: { revision: 'a1', isBranchPoint: true },
          children: [{ revision: 'b2' }, { revision: 'c3', isEffectiveHead: true }],
        },
      ],
    });
    expect(await json('graph', '-f', 'dot')).toMatchObject({
      format: 'dot',
      drawing: expect.stringMatching(/^digraph/) as string,
      revisions: [{ revision: 'b2' }, { revision: 'c3' }, { revision: 'a1' }],
    });
    expect(await json('edit', 'head')).toEqual({
      files: [`${process.cwd()}/migrations/versions/b2_x.ts`],
    });
    expect(await json('ensure-version')).toEqual({ created: true });
    expect(await json('redo')).toEqual({ steps: [], rows: ['b2'] });
    expect(await json('heads', '--check')).toMatchObject({ revisions: [{ revision: 'b2' }] });
    const script = { created: undefined, sql: 'BEGIN;' };
    const { stdout } = await runOnStub(['ensure-version', '--sql', '--json'], {
      ensureVersion: script,
    });
    expect(JSON.parse(stdout)).toEqual({ created: null, sql: 'BEGIN;' });
  });
});

describe('nothing to show is said on stderr', () => {
  const none = /^There are no revisions yet: "migrate revision" writes the first one\.\n$/;
  it.each<[string, readonly string[], RegExp | string]>([
    ['heads', ['heads'], none],
    ['heads --check', ['heads', '--check'], none],
    ['history', ['history'], none],
    ['graph', ['graph'], none],
    ['show head', ['show', 'head'], none],
    ['a range', ['history', '-r', ':base'], /^No revision is in this range\.\n$/],
    ['branches', ['branches'], /^There is no branch point\.\n$/],
    ['show current', ['show', 'current'], /^The database is at base/],
    ['CLI-71: current', ['current'], /^The database is at base/],
    ['CLI-61: show base', ['show', 'base'], ''],
  ])('%s, exit code 0', async (_case, args, talk) => {
    const empty = { rows: [], revisions: [], heads: [], isAtHead: true };
    const { exitCode, stdout, stderr } = await runOnStub(args, {
      heads: [],
      checkHeads: { heads: [], problems: [] },
      history: [],
      graph: [],
      show: [],
      branches: [],
      current: empty,
    });
    expect([exitCode, stdout]).toEqual([0, '']);
    if (typeof talk === 'string') expect(stderr).toBe(talk);
    else expect(stderr).toMatch(talk);
    expect(await runOnStub([...args, '-q'], { ...answers, heads: [] })).toMatchObject({
      stderr: '',
    });
  });
});

describe('what a check finds is an error, exit code 1', () => {
  it('heads --check: several heads, a heads.lock that is not true, or both', async () => {
    const several = 'there are 2 heads: "b2" (billing), "c3"';
    const stale = 'heads.lock names "b2", but the head is "c3": it was added by hand.';
    const run = (heads: readonly unknown[], problems: readonly string[], ...more: string[]) =>
      runOnStub(['heads', '--check', ...more], { checkHeads: { heads, problems } });
    expect(await run([head, effective], [several])).toMatchObject({
      exitCode: 1,
      stdout: '',
      stderr: `error E1007: ${several}\nJoin them with "merge heads", or put one onto the other with "rebase".\n`,
    });
    const both = await run([head, effective], [several, stale], '--json');
    expect(both).toMatchObject({ exitCode: 1, stdout: '' });
    expect(JSON.parse(both.stderr)).toMatchObject({
      error: { code: 'E1007', facts: { heads: ['b2', 'c3'], problems: [several, stale] } },
    });
    expect((await run([effective], [stale])).stderr).toMatch(
      /^error E7031: heads\.lock names.*\nThe next "revision".* writes it anew/,
    );
  });

  it('CLI-74: current --check-heads: nothing is printed but the error', async () => {
    const current = new MigrationError('E4014', {
      problem: 'the database is not on all head revisions: it is at base, and the heads are "b2"',
    });
    expect(await runOnStub(['current', '-c'], { current })).toMatchObject({
      exitCode: 1,
      stdout: '',
      stderr: expect.stringMatching(/^error E4014: the database is not on all head/) as string,
    });
  });
});
