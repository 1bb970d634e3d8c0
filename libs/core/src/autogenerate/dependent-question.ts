import { decide } from './decisions.js';
import { type DiffContext, type DiffPart, joinParts, NO_DIFFERENCE } from './diff-part.js';
import type { Choice } from './schema-diff.js';

/** What can be answered for something that did not come from the models and is in the way. */
export type DependentAnswers = readonly ('anew' | 'drop')[];

/** Something of somebody else that the server would not let a change happen under. */
export interface Dependent {
  readonly kind: 'column' | 'view' | 'trigger' | 'policy' | 'routine';
  /** As people read it; it is in the id of the question. */
  readonly name: string;
  readonly answers: DependentAnswers;
}

/**
 * Asks about something that did not come from the models: it is touched only when somebody says so.
 * @throws MigrationError E7040 for an answer that is none
 */
export function askAboutDependent(
  { kind, name, answers }: Dependent,
  context: DiffContext,
  make: (answer: DependentAnswers[number]) => DiffPart,
): DiffPart {
  const question = {
    id: `dependent-${kind}:${name}`,
    kind: `dependent-${kind}`,
    choices: answers.map((answer) => CHOICES[answer]),
    text: `${kind} ${name} did not come from the models, and reads what changes: the server refuses the change while it is there. ${ADVICE[answers[0] ?? 'none']}`,
  } as const;
  const asked = decide(question, context.decisions);
  const questions = { ...NO_DIFFERENCE, questions: [asked] };
  const answer = answers.find((one) => one === asked.answer);
  return answer === undefined ? questions : joinParts([questions, make(answer)]);
}

const CHOICES: Readonly<Record<DependentAnswers[number], Choice>> = {
  anew: {
    answer: 'anew',
    text: 'drop it before the change, and make it again behind with its owner, rights and all that it has',
  },
  drop: {
    answer: 'drop',
    text: 'drop it, as it cannot stay; the way back makes it again',
    loses: true,
  },
};

const ADVICE: Readonly<Record<DependentAnswers[number] | 'none', string>> = {
  anew: 'Let it be made anew around the change, or drop it in a revision of your own before.',
  drop: 'Let it be dropped, or make it otherwise in a revision of your own before.',
  none: 'Drop it in a revision of your own before and make it again behind, or rename in a revision of its own.',
};
