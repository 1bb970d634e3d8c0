import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Question } from '@nest-alembic/core';
import { parseAndRun } from './parse-and-run.js';
import { openTerminal } from './output/terminal.js';
import { memoryStreams } from './testing/memory-streams.fixture.js';
import { MigratorStub } from './testing/migrator-stub.fixture.js';
import { Project } from './testing/project.fixture.js';

const RENAME: Question = {
  id: 'rename-column:account.address',
  kind: 'rename',
  text: 'column account.address is new, and gone is: email.',
  choices: [
    { answer: 'from:email', text: 'it was called email' },
    { answer: 'new', text: 'it is new' },
  ],
};
const DROP: Question = {
  id: 'drop-column:account.email',
  kind: 'destructive',
  text: 'column account.email is not in the model any more.',
  choices: [
    { answer: 'drop', text: 'drop it', loses: true },
    { answer: 'using:', text: 'an expression', free: true },
  ],
};
const written = { file: '/x', revision: 'x', downRevisions: [], changes: [], questions: [] };

/** Runs `migrate revision --autogenerate` where each call has the next of the lists of questions. */
async function run(
  args: readonly string[],
  {
    rounds = [[]],
    typed,
    columns,
  }: { rounds?: readonly (readonly Question[])[]; typed?: string; columns?: number },
) {
  const stub = new MigratorStub();
  const calls: unknown[] = [];
  const revision = (options: unknown) => {
    const questions = rounds[Math.min(calls.length, rounds.length - 1)] ?? [];
    calls.push(options);
    return Promise.resolve({ ...written, questions });
  };
  const service = Object.create(stub.service as object, {
    with: { value: () => ({ revision }) },
  }) as never;
  const memory = memoryStreams({ isTTY: true, ...(columns && { columns }) });
  const stdin = Object.assign(Readable.from(typed === undefined ? [] : [typed]), {
    isTTY: typed !== undefined,
  }) as unknown as NodeJS.ReadStream;
  const terminal = openTerminal({ ...memory.streams, stdin }, { NO_COLOR: '1' });
  const exitCode = await parseAndRun(
    ['node', 'main.js', 'migrate', 'revision', '--autogenerate', ...args],
    {
      terminal,
      app: { environments: async () => [service], close: async () => undefined } as never,
    },
  );
  await terminal.flush();
  terminal.release();
  return { exitCode, calls, stdout: memory.stdout(), stderr: memory.stderr() };
}

describe('open questions', () => {
  it('off a terminal: exit code 2, and each with its answers', async () => {
    const { exitCode, stdout, calls } = await run([], { rounds: [[RENAME, DROP]] });
    expect(exitCode).toBe(2);
    expect(stdout).toContain('rename-column:account.address: from:email | new');
    expect(stdout).toContain('drop-column:account.email: drop | using:…');
    expect(calls).toHaveLength(1);
  });

  it('on a terminal: asked by number, until nothing is open', async () => {
    const { exitCode, calls, stderr } = await run([], { rounds: [[RENAME], []], typed: '1\n' });
    expect(exitCode).toBe(0);
    expect(calls).toEqual([
      { autogenerate: true },
      { autogenerate: true, answers: { [RENAME.id]: 'from:email' } },
    ]);
    expect(stderr).toContain('1) from:email  it was called email');
    expect(stderr).toContain('--answers FILE with {"rename-column:account.address":"from:email"}');
  });

  it('on a terminal: nothing typed leaves it open', async () => {
    const { exitCode, calls } = await run([], { rounds: [[RENAME]], typed: '\n' });
    expect([exitCode, calls.length]).toEqual([2, 1]);
  });

  it('on a terminal: its end leaves open what is not answered, and nothing waits for ever', async () => {
    const { exitCode, stderr } = await run([], { rounds: [[RENAME, DROP]], typed: '' });
    expect(exitCode).toBe(2);
    expect(stderr.split('Number or answer')).toHaveLength(2);
    expect(stderr.endsWith('\n')).toBe(true);
  });

  it('on a terminal: Ctrl+C ends the command, and tells which answers were given', async () => {
    const rounds = [[RENAME, DROP]];
    const { exitCode, calls, stdout, stderr } = await run([], { rounds, typed: '1\n\u0003' });
    expect([exitCode, calls.length, stdout]).toEqual([1, 1, '']);
    expect(stderr).toMatch(/\nThe same.*from:email.*\nerror E6013: .*\nNothing was written\.\n$/);
  });

  it('on a narrow terminal: questions break between words', async () => {
    const { stderr } = await run([], { rounds: [[RENAME], []], typed: '1\n', columns: 24 });
    expect(stderr).toContain('column account.address\nis new, and gone is:\nemail.\n');
    expect(stderr).toContain('  1) from:email  it was\n     called email\n');
  });

  it('on a terminal: the number of an answer in one’s own words says how to go on', async () => {
    const { calls, stderr } = await run([], { rounds: [[DROP], []], typed: '2\nusing:lower(a)\n' });
    expect(stderr).toContain('leave it open: using:lower(a)\n');
    expect(stderr).toContain('That is none of them. Type using: and what follows it.');
    expect(calls).toContainEqual({ autogenerate: true, answers: { [DROP.id]: 'using:lower(a)' } });
  });

  it('with --json nobody is asked', async () => {
    const { exitCode, stdout, calls } = await run(['--json'], { rounds: [[DROP]], typed: '1\n' });
    expect([exitCode, calls.length]).toEqual([2, 1]);
    expect(JSON.parse(stdout)).toMatchObject({
      questions: [
        {
          id: DROP.id,
          choices: [
            { answer: 'drop', text: 'drop it', loses: true, free: false },
            { answer: 'using:', text: 'an expression', loses: false, free: true },
          ],
        },
      ],
    });
  });

  it('--rename gives the renames; none says that nothing was renamed', async () => {
    const two = await run(['--rename', 'account.a:b', '--rename', 'table:c:d'], {});
    expect(two.calls).toEqual([{ autogenerate: true, renames: ['account.a:b', 'table:c:d'] }]);
    const none = await run(['--rename', 'none'], {});
    expect(none.calls).toEqual([{ autogenerate: true, renames: 'none' }]);
  });

  describe('--answers', () => {
    let project: Project;
    beforeAll(() => {
      project = new Project();
    });
    afterAll(() => project.remove());

    const put = (text: string): string => {
      const file = join(project.root, 'answers.json');
      writeFileSync(file, text);
      return file;
    };

    it('gives the answers of the file', async () => {
      const file = put(`\uFEFF{ "${DROP.id}": "drop" }`);
      const { calls, exitCode } = await run(['--answers', file], {});
      expect(calls).toEqual([{ autogenerate: true, answers: { [DROP.id]: 'drop' } }]);
      expect(exitCode).toBe(0);
    });

    it.each([
      ['is missing', undefined, 'ENOENT'],
      ['is no JSON', '{', 'JSON'],
      ['is a list', '[]', 'no object'],
      ['has an answer that is no text', '{"a": 1}', '"a" is no string'],
    ])('E7042: says that the file %s', async (_, text, reason) => {
      const file = text === undefined ? join(project.root, 'nosuch.json') : put(text);
      const { exitCode, calls, stderr } = await run(['--answers', file], {});
      expect([exitCode, calls]).toEqual([1, []]);
      expect(stderr).toContain('E7042');
      expect(stderr).toContain(reason);
    });
  });
});
