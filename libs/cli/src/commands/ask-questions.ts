import type { Question, RevisionResult } from '@nest-alembic/core';
import type { Terminal } from '../output/terminal.js';

type Answers = Readonly<Record<string, string>>;

/** Nothing more can be typed. */
const ENDED = Symbol('end of input');

/**
 * Writes a revision, and asks what is open as long as somebody sits at a terminal: an answer can bring up the next question. The
 * end of the input leaves open what is not answered.
 *
 * @param write tries it with the answers so far
 * @throws MigrationError E6013 for Ctrl+C, with nothing written
 */
export async function askUntilSettled(
  terminal: Terminal,
  given: Answers,
  write: (answers: Answers) => Promise<RevisionResult>,
): Promise<RevisionResult> {
  const typed: Record<string, string> = {};
  const leftOpen = new Set<string>();
  try {
    for (;;) {
      const result = await write({ ...given, ...typed });
      const asked = result.questions.filter(
        ({ id, choices }) => choices.length > 0 && !leftOpen.has(id),
      );
      if (!terminal.canAsk || asked.length === 0) return result;
      const isOver = await askAll(terminal, asked, { typed, leftOpen });
      if (isOver || asked.every(({ id }) => leftOpen.has(id))) return result;
    }
  } finally {
    if (Object.keys(typed).length > 0)
      terminal.talk(
        `The same without a terminal: --answers FILE with ${JSON.stringify({ ...given, ...typed })}`,
      );
  }
}

/** @returns true once there is nothing more to read */
async function askAll(
  terminal: Terminal,
  questions: readonly Question[],
  { typed, leftOpen }: { readonly typed: Record<string, string>; readonly leftOpen: Set<string> },
): Promise<boolean> {
  for (const question of questions) {
    const answer = await ask(terminal, question);
    if (answer === ENDED) return true;
    if (answer === undefined) leftOpen.add(question.id);
    else typed[question.id] = answer;
  }
  return false;
}

/** Resolves to undefined for a question that is left open. */
async function ask(
  terminal: Terminal,
  { text, choices }: Question,
): Promise<string | typeof ENDED | undefined> {
  terminal.pose(`\n${text}`);
  choices.forEach(({ answer, text: meaning, free }, place) =>
    terminal.pose(`  ${place + 1}) ${answer}${free ? '…' : ''}  ${meaning}`),
  );
  for (;;) {
    const said = await terminal.ask(`Number or answer, nothing to leave it open: `);
    if (said === undefined) return ENDED;
    if (said.trim() === '') return undefined;
    const answer = chosen(said.trim(), choices);
    if (answer !== undefined) return answer;
    terminal.pose(`That is none of them.${hintFor(said.trim(), choices)}`);
  }
}

/** A number stands for the beginning of an answer that goes on in one's own words. */
function hintFor(said: string, choices: Question['choices']): string {
  const numbered = choices[Number(said) - 1];
  return numbered?.free ? ` Type ${numbered.answer} and what follows it.` : '';
}

function chosen(said: string, choices: Question['choices']): string | undefined {
  const numbered = /^\d+$/.test(said) ? choices[Number(said) - 1] : undefined;
  if (numbered && !numbered.free) return numbered.answer;
  const written = choices.find(({ answer, free }) =>
    free ? said.startsWith(answer) && said.length > answer.length : said === answer,
  );
  return written && said;
}
