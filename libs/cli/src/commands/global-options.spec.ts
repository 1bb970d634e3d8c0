import { COMMAND_NAMES } from '../testing/command-names.fixture.js';
import { runOnStub } from '../testing/run-in-process.fixture.js';

/** What a command must be given, where that is anything. */
const ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  downgrade: ['-1'],
  edit: ['head'],
  merge: ['heads'],
  rebase: ['head'],
  show: ['head'],
  stamp: ['head'],
  upgrade: ['head'],
};

/** Options that show that they were read: by what they print, or by the error that they are. */
const CASES: readonly [options: readonly string[], exitCode: number, said: RegExp][] = [
  [['--version'], 0, /^nest-alembic \d+\.\d+\.\d+\n$/],
  [['-n', 'nosuch'], 1, /^error E9007: the app has no environment "nosuch"\n/],
  [['--name', 'nosuch'], 1, /^error E9007: the app has no environment "nosuch"\n/],
  [['--config', 'nosuch.json'], 1, /^error E9008: options file "nosuch.json" does not exist\n/],
  [['-x', '=1'], 1, /^error E7007: -x "=1" has no key\nWrite -x key=value\.\n$/],
  [['--x-arg', '=1'], 1, /^error E7007: -x "=1" has no key\n/],
  [['--json', '-x', '=1'], 1, /^\{\n {2}"error": \{\n {4}"code": "E7007",/],
  [['--raiseerr', '-x', '=1'], 1, /^error E7007: [^\n]*\n[^\n]*\nMigrationError: [^\n]*\n +at /],
  [['-q', '-x', '=1'], 1, /^error E7007: -x "=1" has no key\n/],
  [['--quiet', '-x', '=1'], 1, /^error E7007: -x "=1" has no key\n/],
  [['-h'], 0, /^Usage: /],
];

describe.each(COMMAND_NAMES)('migrate %s', (name) => {
  it.each(CASES)(
    'CLI-03: takes %j before its name and after it',
    async (options, exitCode, said) => {
      const command = [name, ...(ARGUMENTS[name] ?? [])];
      const isHelp = options.includes('-h');
      const placements = [
        [...command, ...options],
        [name, ...options, ...command.slice(1)],
        ...(isHelp ? [] : [[...options, ...command]]),
      ];
      for (const args of placements) {
        const { stub, ...run } = await runOnStub(args);
        expect(run.stdout + run.stderr).toMatch(said);
        expect([args, run.exitCode]).toEqual([args, exitCode]);
        expect(stub.calls).toEqual([]);
      }
    },
  );

  it('takes -c before its name; after it too, unless that is an option of its own', async () => {
    const file = ['-c', 'nosuch.json'];
    const before = await runOnStub([...file, name, ...(ARGUMENTS[name] ?? [])]);
    expect(before.stderr).toMatch(/^error E9008: /);
    if (name === 'current') return;
    const after = await runOnStub([name, ...(ARGUMENTS[name] ?? []), ...file]);
    expect(after.stderr).toMatch(/^error E9008: /);
  });

  it('CLI-13: has a help of at most 80 columns in which every option and argument is described', async () => {
    const { stdout } = await runOnStub([name, '--help']);
    const [usage = '', ...lines] = stdout.split('\n');
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    const described = /^ {2}(\S.*?) {2,}\S|^ {2}\S.*\n {28}\S/;
    const terms = lines.flatMap((line, at) =>
      /^ {2}\S/.test(line) ? [`${line}\n${lines[at + 1] ?? ''}`] : [],
    );
    expect(terms.filter((term) => !described.test(term))).toEqual([]);
    for (const [, argument = ''] of usage.matchAll(/[<[]([a-z]+)(?:\.\.\.)?[>\]]/g))
      if (argument !== 'options') expect(stdout).toMatch(new RegExp(`^  ${argument} +\\S`, 'm'));
    expect(lines[1]).toMatch(/^[A-Z].*\.?/);
  });
});

it.each(
  'branches check current downgrade edit ensure_version heads history init list_templates merge revision show stamp upgrade'.split(
    ' ',
  ),
)('CLI-02: %s is spelled as in Alembic, too', async (name) => {
  const { exitCode, stdout } = await runOnStub([name, '--help']);
  expect(exitCode).toBe(0);
  expect(stdout).toContain(` migrate ${name.replace('_', '-')} `);
});

describe('the help of migrate', () => {
  it('CLI-02, CLI-13: lists every command once, in groups, within 80 columns', async () => {
    const { stdout } = await runOnStub(['--help']);
    const lines = stdout.split('\n').slice(1);
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    for (const name of COMMAND_NAMES)
      expect(lines.filter((line) => line.startsWith(`  ${name} `))).toHaveLength(1);
    const titles = lines.filter((line) => /^\S.*:$/.test(line));
    expect(titles).toEqual([
      'Begin:',
      'Write revisions:',
      'Move the database:',
      'Look:',
      'Options of every command, before or after its name:',
    ]);
  });
});
