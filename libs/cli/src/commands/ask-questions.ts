import type { Question, RevisionResult } from '@nest-alembic/core';
import type { Terminal } from '../output/terminal.js';

type Answers = Readonly<Record<string, string>>;

/**
 * Writes a revision, and asks what is open as long as somebody sits at a terminal: an answer can bring up the next question.
 *
 * @param write tries it with the answers so far
 */
export async function askUntilSettled(
  terminal: Terminal,
  given: Answers,
  write: (answers: Answers) => Promise<RevisionResult>,
): Promise<RevisionResult> {
  let answers = given;
  const leftOpen = new Set<string>();
  for (;;) {
    const result = await write(answers);
    const asked = result.questions.filter(
      ({ id, choices }) => choices.length > 0 && !leftOpen.has(id),
    );
    if (!terminal.canAsk || asked.length === 0) return result;
    for (const question of asked) {
      const answer = await ask(terminal, question);
      if (answer === undefined) leftOpen.add(question.id);
      else answers = { ...answers, [question.id]: answer };
    }
    if (asked.every(({ id }) => leftOpen.has(id))) return result;
    terminal.talk(`The same without a terminal: --answers FILE with ${JSON.stringify(answers)}`);
  }
}

/** Resolves to undefined for a question that is left open. */
async function ask(terminal: Terminal, { text, choices }: Question): Promise<string | undefined> {
  terminal.complain(`\n${text}`);
  choices.forEach(({ answer, text: meaning, free }, place) =>
    terminal.complain(`  ${place + 1}) ${answer}${free ? '…' : ''}  ${meaning}`),
  );
  for (;;) {
    const said = await terminal.ask(`Number or answer, nothing to leave it open: `);
    if (said === undefined || said.trim() === '') return undefined;
    const answer = chosen(said.trim(), choices);
    if (answer !== undefined) return answer;
    terminal.complain('That is none of them.');
  }
}

function chosen(said: string, choices: Question['choices']): string | undefined {
  const numbered = /^\d+$/.test(said) ? choices[Number(said) - 1] : undefined;
  if (numbered && !numbered.free) return numbered.answer;
  const written = choices.find(({ answer, free }) =>
    free ? said.startsWith(answer) && said.length > answer.length : said === answer,
  );
  return written && said;
}
