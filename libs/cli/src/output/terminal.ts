import { createPrompt } from './create-prompt.js';
import { createStyle, wantsColour } from './style.js';
import type { Style } from './style.js';
import { wrapStatus } from './wrap-status.js';

/** Where a command speaks (design D14): stdout is for the answer, stderr for the talk. */
export interface Terminal {
  /** Writes what was asked for to stdout, with a newline. */
  answer(text: string): void;
  /** Writes text to stdout exactly as it is. */
  answerRaw(text: string): void;
  /** Writes the outcome of a command to stdout, unless it shall be quiet. */
  say(text: string): void;
  /**
   * Begins a line of work on stdout, as Alembic's (MSG-01): `Generating x ...`, wrapped on a terminal. Nothing when quiet.
   */
  beginStatus(message: string): void;
  /** Ends it: `  done`. */
  endStatus(outcome: 'done' | 'FAILED'): void;
  /** Writes a heading to stdout; when quiet, only once something follows it. */
  announce(text: string): void;
  /** Writes progress to stderr, unless it shall be quiet. */
  talk(text: string): void;
  /** Writes an error to stderr, quiet or not. */
  complain(text: string): void;
  /** Somebody can be asked: what is read and what is talked to are terminals. */
  readonly canAsk: boolean;
  /** Writes what belongs to a question to stderr, quiet or not; between words, as wide as the terminal. */
  pose(text: string): void;
  /**
   * Asks on stderr. Resolves to the line that was typed, without its end; to undefined where there is none.
   * @throws MigrationError E6013 for Ctrl+C
   */
  ask(question: string): Promise<string | undefined>;
  /** Colours for stdout. */
  readonly style: Style;
  /** Colours for stderr. */
  readonly talkStyle: Style;
  /** `--quiet`, once it is known. */
  quiet: boolean;
  /** Waits until all is written. Resolves to what went wrong on stdout, unless it is that its reader has gone. */
  flush(): Promise<Error | undefined>;
  /** Gives stdout back to the others in this process. */
  release(): void;
}

/** The streams of a process. */
export interface TerminalStreams {
  /** @default nobody can be asked */
  readonly stdin?: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
}

/**
 * Takes stdout for the answer alone. Until {@link Terminal.release}, what anything else in this process writes there
 * (`console.log`, TypeORM's query log, Nest's logger) goes to stderr. A reader that has gone (`| head -1`) is no error.
 */
export function openTerminal(
  streams: TerminalStreams = process,
  environment: NodeJS.ProcessEnv = process.env,
): Terminal {
  const { stdout, stderr } = streams;
  const takenWrite = stdout.write;
  stdout.write = stderr.write.bind(stderr);
  let failure: Error | undefined;
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') failure ??= error;
  });
  // Who cannot be talked to cannot be told so either; the command goes on.
  stderr.on('error', () => undefined);
  const terminal: Terminal = {
    ...createAnswers(() => terminal, {
      write: (text) => void takenWrite.call(stdout, text),
      stdout,
    }),
    ...createPrompt(streams),
    quiet: false,
    style: createStyle(wantsColour(stdout, environment)),
    talkStyle: createStyle(wantsColour(stderr, environment)),
    talk: (text) => {
      if (!terminal.quiet) terminal.complain(text);
    },
    complain: (text) => void stderr.write(`${text}\n`),
    flush: async () => {
      await new Promise<void>(
        (resolve) => void takenWrite.call(stdout, '', undefined, () => resolve()),
      );
      return failure;
    },
    release: () => {
      stdout.write = takenWrite;
    },
  };
  return terminal;
}

type Answers = Pick<
  Terminal,
  'answer' | 'answerRaw' | 'say' | 'announce' | 'beginStatus' | 'endStatus'
>;

/** All that speaks on stdout. */
function createAnswers(
  terminal: () => Terminal,
  {
    write,
    stdout,
  }: { readonly write: (text: string) => void; readonly stdout: NodeJS.WriteStream },
): Answers {
  let heading = '';
  const answerRaw = (text: string): void => {
    write(heading + text);
    heading = '';
  };
  const unlessQuiet = (text: string): void => {
    if (!terminal().quiet) answerRaw(text);
  };
  return {
    answer: (text) => answerRaw(`${text}\n`),
    answerRaw,
    say: (text) => unlessQuiet(`${text}\n`),
    announce: (text) => {
      heading = `${text}\n`;
      unlessQuiet('');
    },
    beginStatus: (message) => unlessQuiet(wrapStatus(`${message} ...`, stdout)),
    endStatus: (outcome) => {
      const { success, error } = terminal().style;
      unlessQuiet(`  ${outcome === 'done' ? success(outcome) : error(outcome)}\n`);
    },
  };
}
