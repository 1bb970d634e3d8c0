import { Writable } from 'node:stream';
import type { TerminalStreams } from '../output/terminal.js';

/** What a stream says of the terminal behind it. */
export interface Screen {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Two streams that keep what is written, or fail as a closed pipe does. */
export interface MemoryStreams {
  readonly streams: TerminalStreams;
  readonly stdout: () => string;
  readonly stderr: () => string;
}

/** @param failure of stdout */
export function memoryStreams(screen: Screen = {}, failure?: Error): MemoryStreams {
  const stdout = memoryStream(screen, failure);
  const stderr = memoryStream(screen);
  return {
    streams: { stdout: stdout.stream, stderr: stderr.stream },
    stdout: stdout.text,
    stderr: stderr.text,
  };
}

function memoryStream(
  screen: Screen,
  failure?: Error,
): { readonly stream: NodeJS.WriteStream; readonly text: () => string } {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      if (failure) return done(failure);
      chunks.push(chunk);
      done();
    },
  });
  return {
    stream: Object.assign(stream, screen) as unknown as NodeJS.WriteStream,
    text: () => Buffer.concat(chunks).toString(),
  };
}
