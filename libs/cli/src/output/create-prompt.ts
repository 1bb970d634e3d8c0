import { createInterface } from 'node:readline';
import { MigrationError } from '@nest-alembic/core';
import type { Terminal, TerminalStreams } from './terminal.js';
import { wrapWords } from './wrap-status.js';

/** What comes from who is asked: a line, Ctrl+C, or the end of all input. */
type Typed = { readonly line: string } | 'interrupt' | 'end';

/** What asks. Nobody is asked who cannot see the question, or cannot answer (design D14). */
export function createPrompt({
  stdin,
  stderr,
}: TerminalStreams): Pick<Terminal, 'canAsk' | 'ask' | 'pose'> {
  /** What was typed or pasted before it was asked for: one read may bring several lines. */
  const ahead: Typed[] = [];
  const read = async (input: NodeJS.ReadStream, question: string): Promise<Typed> => {
    const isEarly = ahead.length > 0;
    if (!isEarly) await readInto(ahead, { input, output: stderr, question });
    const typed = ahead[0] ?? 'end';
    if (isEarly) stderr.write(typeof typed === 'string' ? question : `${question}${typed.line}\n`);
    // Nothing comes after the end.
    if (typed !== 'end') ahead.shift();
    return typed;
  };
  return {
    canAsk: Boolean(stdin?.isTTY && stderr.isTTY),
    pose: (text) => void stderr.write(`${wrapWords(text, stderr)}\n`),
    ask: async (question) => {
      if (!stdin) return undefined;
      const typed = await read(stdin, question);
      if (typeof typed !== 'string') return typed.line;
      // What comes next begins on a line of its own.
      stderr.write('\n');
      if (typed === 'interrupt') throw interrupted();
      return undefined;
    },
  };
}

/** Waits until something is typed. In between nobody listens: a command that asks nothing more has to end by itself. */
async function readInto(
  ahead: Typed[],
  {
    question,
    ...streams
  }: {
    readonly input: NodeJS.ReadStream;
    readonly output: NodeJS.WriteStream;
    readonly question: string;
  },
): Promise<void> {
  const lines = createInterface(streams);
  await new Promise<void>((resolve) => {
    const take = (typed: Typed): void => {
      ahead.push(typed);
      resolve();
    };
    lines.on('line', (line) => take({ line }));
    lines.on('SIGINT', () => take('interrupt'));
    lines.on('close', () => take('end'));
    lines.setPrompt(question);
    lines.prompt();
  });
  lines.removeAllListeners('close');
  lines.close();
}

const interrupted = (): MigrationError =>
  new MigrationError('E6013', {
    problem: 'interrupted while asking',
    advice: 'Nothing was written.',
    facts: { during: 'asking' },
  });
