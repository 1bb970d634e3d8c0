import { createInterface } from 'node:readline';
import type { Terminal, TerminalStreams } from './terminal.js';

/** What asks. Nobody is asked who cannot see the question, or cannot answer (design D14). */
export function createPrompt({ stdin, stderr }: TerminalStreams): Pick<Terminal, 'canAsk' | 'ask'> {
  return {
    canAsk: Boolean(stdin?.isTTY && stderr.isTTY),
    ask: async (question) => {
      if (!stdin) return undefined;
      const lines = createInterface({ input: stdin, output: stderr });
      try {
        return await new Promise<string | undefined>((resolve) => {
          lines.once('close', () => resolve(undefined));
          lines.question(question, resolve);
        });
      } finally {
        lines.close();
      }
    },
  };
}
