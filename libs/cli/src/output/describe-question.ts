import type { Question } from '@nest-alembic/core';

/** An open question in words, with what an answers file can say. */
export function describeQuestion({ id, text, choices }: Question): string {
  if (choices.length === 0) return `  - ${text}`;
  const answers = choices.map(({ answer, free }) => (free ? `${answer}…` : answer));
  return `  - ${text}\n    ${id}: ${answers.join(' | ')}`;
}

/** The question in a document of `--json`. */
export function questionDocument({ id, kind, text, choices }: Question): object {
  return {
    id,
    kind,
    text,
    choices: choices.map(({ answer, text: meaning, loses = false, free = false }) => {
      return { answer, text: meaning, loses, free };
    }),
  };
}
