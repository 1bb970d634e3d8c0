import type { AlterEnum } from '../operations/enum-operations.js';
import { displayName } from '../schema/object-name.js';
import { type AskedQuestion, decide, KEEP } from './decisions.js';
import type { DiffContext } from './diff-part.js';
import { isUndecided } from './diff-part.js';
import type { Choice } from './schema-diff.js';

/** What becomes of the labels that an enum loses. */
export interface RemovedLabels {
  readonly questions: readonly AskedQuestion[];
  /** What rows that hold a removed label get instead. */
  readonly replacements: NonNullable<AlterEnum['replacements']>;
  /** Labels that stay for now. */
  readonly kept: readonly string[];
  /** Something is not decided yet. */
  readonly isOpen: boolean;
}

/**
 * Asks for each label that an enum loses what the rows get that hold it (DL-15). Without rows that do, nothing is lost; the server
 * refuses the revision where one does and no other label was chosen.
 * @throws MigrationError E7040 for an answer that is none
 */
export function removedLabels(
  { name, from, to }: Pick<AlterEnum, 'name' | 'from' | 'to'>,
  context: DiffContext,
): RemovedLabels {
  const removed = from.filter((label) => !to.includes(label));
  const undecided = removed.filter((label) => isUndecided(context, name, label));
  const asked = removed
    .filter((label) => !undecided.includes(label))
    .map((label) => ({ label, question: ask({ name, label, others: to }, context) }));
  const answers = asked.flatMap(({ label, question: { answer } }) =>
    answer === undefined ? [] : [{ label, answer }],
  );
  return {
    questions: asked.map(({ question }) => question),
    replacements: answers.flatMap(({ label, answer }) =>
      answer.startsWith(REPLACE) ? [{ from: label, to: answer.slice(REPLACE.length) }] : [],
    ),
    kept: answers.flatMap(({ label, answer }) => (answer === KEEP ? [label] : [])),
    isOpen: answers.length < removed.length && !context.decisions.listAll,
  };
}

const REPLACE = 'replace:';

interface RemovedLabel {
  readonly name: AlterEnum['name'];
  readonly label: string;
  readonly others: readonly string[];
}

function ask({ name, label, others }: RemovedLabel, { decisions }: DiffContext): AskedQuestion {
  const place = displayName(name);
  const choices: readonly Choice[] = [
    { answer: 'drop', text: 'no row holds it: remove it', loses: true },
    ...others.map((other) => ({
      answer: `${REPLACE}${other}`,
      text: `rows that hold it get ${JSON.stringify(other)}`,
      loses: true as const,
    })),
    { answer: KEEP, text: 'leave it in the enum, and ask again the next time' },
  ];
  const asked = decide(
    {
      id: `remove-label:${place}.${label}`,
      kind: 'destructive',
      text: `enum ${place} loses ${JSON.stringify(label)}: rows that hold it need another label. Answer which, or allow it with --allow-destructive where no row does.`,
      choices,
    },
    decisions,
  );
  return asked.answer === undefined && decisions.allowDestructive
    ? { ...asked, answer: 'drop' }
    : asked;
}
