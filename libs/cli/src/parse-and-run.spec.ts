import { MigrationError } from '@nest-alembic/core';
import type { Migrator } from '@nest-alembic/core';
import { COMMAND_NAMES } from './testing/command-names.fixture.js';
import { revisionInfo } from './testing/migrator-stub.fixture.js';
import { runOnStub } from './testing/run-in-process.fixture.js';

const moved = { steps: [], rows: ['1975ea83b712'] };
const written = {
  file: undefined,
  revision: undefined,
  downRevisions: [],
  changes: [],
  questions: [],
};
const answers: Partial<Record<keyof Migrator, unknown>> = {
  upgrade: moved,
  downgrade: moved,
  stamp: moved,
  revision: written,
  history: [revisionInfo('a1')],
  heads: [],
  show: [revisionInfo('a1')],
};

describe('what a command line asks the migrator for', () => {
  it.each<[string, readonly string[], readonly unknown[]]>([
    ['CLI-57: a relative downgrade is no option', ['downgrade', '-1'], ['downgrade', '-1']],
    ['the same after --', ['downgrade', '--', '-1'], ['downgrade', '-1']],
    ['two digits', ['downgrade', '-12'], ['downgrade', '-12']],
    [
      'an option after a relative target',
      ['downgrade', '-1', '--sql'],
      ['downgrade', '-1', { sql: true }],
    ],
    ['an option before it', ['downgrade', '--sql', '-1'], ['downgrade', '-1', { sql: true }]],
    ['a relative upgrade', ['upgrade', '+2'], ['upgrade', '+2', { sql: false }]],
    ['a range', ['upgrade', 'a:b', '--sql'], ['upgrade', 'a:b', { sql: true }]],
    ['a target with a branch', ['upgrade', 'billing@head'], ['upgrade', 'billing@head']],
    ['a target relative to a revision', ['downgrade', 'ae10-1'], ['downgrade', 'ae10-1']],
    [
      'CLI-63: a relative start of a range',
      ['history', '-r', '-3:current'],
      ['history', { range: '-3:current' }],
    ],
    [
      'the same joined to its option',
      ['history', '-r-3:current'],
      ['history', { range: '-3:current' }],
    ],
    ['CLI-65: short options together', ['history', '-vi'], ['history', { indicateCurrent: true }]],
    ['a message like a number', ['revision', '-m', '-1 off'], ['revision', { message: '-1 off' }]],
    [
      'CLI-76: several targets',
      ['stamp', 'a', 'b'],
      ['stamp', ['a', 'b'], { purge: false, sql: false }],
    ],
    ['CLI-77: a purge', ['stamp', 'head', '--purge'], ['stamp', ['head'], { purge: true }]],
    ['CLI-61: show', ['show', 'head'], ['show', 'head']],
  ])('%s', async (_case, args, call) => {
    const { exitCode, stub, stderr } = await runOnStub(args, answers);
    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
    expect(stub.calls).toHaveLength(1);
    call.forEach((part, index) => {
      if (isOptions(part)) expect(stub.calls[0]?.[index]).toMatchObject(part);
      else expect(stub.calls[0]?.[index]).toEqual(part);
    });
  });

  it.each([
    ['before the command', ['-x', 'a=1', '-x', 'b=2=3', '--x-arg', 'c', '--json', 'heads']],
    ['after the command', ['heads', '-x', 'a=1', '-xb=2=3', '--json', '-x', 'c']],
    ['around it', ['-x', 'a=1', '--json', 'heads', '-x', 'b=2=3', '-x', 'c']],
  ])(
    'CLI-03, CLI-09, ENV-12: options of migrate %s, -x repeated, split at the first =',
    async (_place, args) => {
      const { exitCode, stub, stdout } = await runOnStub(args, answers);
      expect(exitCode).toBe(0);
      expect(stub.overrides.x).toEqual({ a: '1', b: '2=3', c: '' });
      expect(JSON.parse(stdout)).toEqual({ revisions: [] });
    },
  );
});

it('CLI-09, ENV-12: the last -x of a key counts, and without any there is none', async () => {
  const twice = await runOnStub(['-x', 'a=1', 'heads', '-x', 'a=2'], answers);
  expect(twice.stub.overrides.x).toEqual({ a: '2' });
  expect((await runOnStub(['heads'], answers)).stub.overrides.x).toEqual({});
});

it.each<[readonly string[], unknown]>([
  [['revision'], ['revision', {}]],
  [['history'], ['history', {}]],
])('CLI-15: what %j is not given, the migrator is not given either', async (args, call) => {
  const { stub } = await runOnStub(args, answers);
  expect(stub.calls).toEqual([call]);
});

describe('usage errors', () => {
  it.each<[string, readonly string[], string, RegExp]>([
    ['CLI-05: no command', [], 'E7013', /migrate needs a command/],
    [
      'an unknown command',
      ['nosuch'],
      'E7007',
      /no command "nosuch"\n.*Its commands are init, list-templates, revision/,
    ],
    [
      'a mistyped command with options',
      ['upgrad', 'head', '--sql'],
      'E7007',
      /Did you mean "upgrade"\?/,
    ],
    [
      'an unknown option of migrate',
      ['--foo', 'heads'],
      'E7007',
      /no option "--foo"\n.*See node .* migrate --help/,
    ],
    ['a mistyped option of migrate', ['--jsn'], 'E7007', /Did you mean "--json"\?/],
    ['the help of an unknown command', ['help', 'nosuch'], 'E7007', /no command "nosuch"/],
    [
      'the help of a mistyped command',
      ['help', 'histroy'],
      'E7007',
      /^error E7007: .*\nDid you mean "history"\?\n$/,
    ],
    ['a number in place of a command', ['-1'], 'E7007', /no option "-1"/],
    [
      'CLI-12: an unknown option',
      ['upgrade', 'head', '--foo'],
      'E7007',
      /option "--foo"\n.*migrate upgrade --help/,
    ],
    ['a missing argument', ['upgrade'], 'E7013', /missing required argument "target"/],
    ['an argument too many', ['upgrade', 'a', 'b'], 'E7007', /too many arguments for "upgrade"/],
    [
      'an argument for a command without any',
      ['heads', 'a'],
      'E7007',
      /too many arguments for "heads"/,
    ],
    [
      'an option without its value',
      ['revision', '-m'],
      'E7007',
      /option "-m, --message <text>" needs a value/,
    ],
    ['-x without a key', ['heads', '-x', '=1'], 'E7007', /-x "=1" has no key/],
    ['B137: -x with a dangerous key', ['heads', '-x', '__proto__=1'], 'E9001', /"__proto__"/],
  ])('%s: code %s is told on stderr, exit code 1', async (_case, args, code, text) => {
    const { exitCode, stdout, stderr, stub } = await runOnStub(args, answers);
    expect(stub.calls).toEqual([]);
    expect(exitCode).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain(`error ${code}: `);
    expect(stderr).toMatch(text);
    expect(stderr).toMatch(/\n$/);
    expect(stderr).not.toMatch(/\n +at /);
  });

  it('with --json they are one document on stderr', async () => {
    const { exitCode, stdout, stderr } = await runOnStub(['upgrade', '--json']);
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(JSON.parse(stderr)).toEqual({
      error: {
        code: 'E7013',
        message: expect.stringContaining('missing required argument') as string,
        problem: 'missing required argument "target"',
        advice: expect.stringContaining('migrate upgrade --help') as string,
        facts: {},
      },
    });
  });
});

describe('help and version', () => {
  it.each([[['--help']], [['-h']], [['help']]])('migrate %j lists every command', async (args) => {
    const { exitCode, stdout, stderr } = await runOnStub(args);
    expect([exitCode, stderr]).toEqual([0, '']);
    for (const name of COMMAND_NAMES) expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
  });

  it.each(COMMAND_NAMES)(
    'migrate %s --help shows its own options and those of migrate',
    async (name) => {
      const { exitCode, stdout, stderr, stub } = await runOnStub([name, '--help']);
      expect([exitCode, stderr, stub.calls]).toEqual([0, '', []]);
      expect(stdout).toMatch(new RegExp(`^Usage: node .* migrate ${name} `));
      expect(stdout).toMatch(/^ {2}--json /m);
      expect(await runOnStub(['help', name])).toMatchObject({ exitCode: 0, stdout });
    },
  );

  it.each([[['--version']], [['upgrade', 'head', '--version']]])(
    'CLI-04: migrate %j prints the version and does nothing',
    async (args) => {
      const { exitCode, stdout, stderr, stub } = await runOnStub(args, answers);
      expect([exitCode, stderr, stub.calls]).toEqual([0, '', []]);
      expect(stdout).toMatch(/^nest-alembic \d+\.\d+\.\d+\n$/);
    },
  );
});

describe('what a command prints', () => {
  it('CLI-11: -q keeps the answer and drops the talk', async () => {
    const quiet = await runOnStub(['upgrade', 'head', '-q'], answers);
    expect(quiet).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
    const asked = await runOnStub(['heads', '-q'], {
      heads: [revisionInfo('ab', { isHead: true })],
    });
    expect(asked.stdout).toBe('ab (head)\n');
  });

  it('MSG-03: --sql prints the script and nothing else', async () => {
    const sql = 'BEGIN;\n\nCREATE TABLE account (id bigint);\n\nCOMMIT;\n';
    const run = await runOnStub(['upgrade', 'head', '--sql'], { upgrade: { ...moved, sql } });
    expect(run).toMatchObject({ exitCode: 0, stdout: sql, stderr: '' });
  });

  it('CLI-71: current prints nothing on stdout for a database at base', async () => {
    const current = { rows: [], revisions: [], heads: ['ab'], isAtHead: false };
    const { exitCode, stdout, stderr } = await runOnStub(['current'], { current });
    expect([exitCode, stdout]).toEqual([0, '']);
    expect(stderr).toMatch(/at base/);
  });

  it('CLI-46: check ends with 2 when there is a difference, and only then', async () => {
    const diff = { operations: [], questions: [], untouched: [], unverified: false };
    const equal = { upToDate: true, changes: [], diff };
    const differs = { upToDate: false, changes: ['add column account.nickname'], diff };
    expect(await runOnStub(['check'], { check: equal })).toMatchObject({
      exitCode: 0,
      stdout: 'No new upgrade operations detected.\n',
    });
    expect(await runOnStub(['check'], { check: differs })).toMatchObject({
      exitCode: 2,
      stdout: 'New upgrade operations detected:\n  - add column account.nickname\n',
    });
    const doubtful = ['add column account.nickname'];
    const inDoubt = { ...differs, doubtful };
    expect((await runOnStub(['check'], { check: inDoubt })).stdout).toContain(
      'account.nickname (may only be spelled otherwise)',
    );
    const document = await runOnStub(['check', '--json'], { check: differs });
    expect(document.exitCode).toBe(2);
    expect(JSON.parse(document.stdout)).toEqual({
      upToDate: false,
      changes: ['add column account.nickname'],
      questions: [],
      untouched: [],
      unverified: false,
      doubtful: [],
    });
  });

  it('check -v lists what is left alone, and only then', async () => {
    const untouched = [
      { kind: 'index', schema: null, table: 'post', name: 'by_hand', state: 'foreign' },
      { kind: 'foreignKey', schema: 'shop', table: 'post', name: 'fk', state: 'known' },
      { kind: 'view', schema: 'shop', name: 'report', state: 'known' },
    ];
    const diff = { operations: [], questions: [], untouched, unverified: false };
    const check = { upToDate: true, changes: [], diff };
    const { stdout } = await runOnStub(['check'], { check });
    expect(stdout).toBe('No new upgrade operations detected.\n');
    expect(await runOnStub(['check', '-v'], { check })).toMatchObject({
      exitCode: 0,
      stdout:
        'No new upgrade operations detected.\n' +
        'Left alone, because it did not come from the models:\n' +
        '  - index post.by_hand\n' +
        '  - foreign key shop.post.fk (made by a revision)\n' +
        '  - view shop.report (made by a revision)\n',
    });
  });

  it('revision --autogenerate ends with 2 and the list when questions are open', async () => {
    const question = {
      id: 'drop-column:account.nickname',
      kind: 'destructive',
      text: 'drop account.nickname?',
      choices: [],
    };
    const { exitCode, stdout } = await runOnStub(['revision', '--autogenerate'], {
      revision: { ...written, questions: [question] },
    });
    expect(exitCode).toBe(2);
    expect(stdout).toContain('drop account.nickname?');
  });
});

describe('errors of a command', () => {
  const unknown = new MigrationError('E4001', {
    problem: 'the version table names revision "ffff", which is not in migrations/versions',
    advice: 'Restore the file or run migrate stamp --purge.',
    facts: { revision: 'ffff' },
    cause: new Error('postgres://app:secret@db/app refused'),
  });

  it('exit with 1, problem and advice on two lines, without a stack', async () => {
    const run = await runOnStub(['upgrade', 'head'], { upgrade: unknown });
    expect(run).toMatchObject({
      exitCode: 1,
      stdout: '',
      stderr:
        'error E4001: the version table names revision "ffff", which is not in migrations/versions\n' +
        'Restore the file or run migrate stamp --purge.\n',
    });
  });

  it('CLI-10: --raiseerr adds the stack of the error and of its cause, without passwords', async () => {
    const { exitCode, stderr } = await runOnStub(['upgrade', 'head', '--raiseerr'], {
      upgrade: unknown,
    });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/\n +at /);
    expect(stderr).toContain('Error: postgres://app:***@db/app refused');
    expect(stderr).not.toContain('secret');
  });

  it('with --json they are one document on stderr', async () => {
    const { exitCode, stdout, stderr } = await runOnStub(['upgrade', 'head', '--json'], {
      upgrade: unknown,
    });
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(JSON.parse(stderr)).toEqual({
      error: {
        code: 'E4001',
        message: unknown.message,
        problem: unknown.problem,
        advice: unknown.advice,
        facts: { revision: 'ffff' },
      },
    });
  });

  it('an error that is not ours is one line as well', async () => {
    const run = await runOnStub(['upgrade', 'head'], {
      upgrade: new TypeError('x is not a function'),
    });
    expect(run).toMatchObject({ exitCode: 1, stdout: '', stderr: 'error: x is not a function\n' });
  });
});

function isOptions(part: unknown): part is Record<string, unknown> {
  return typeof part === 'object' && part !== null && !Array.isArray(part);
}
