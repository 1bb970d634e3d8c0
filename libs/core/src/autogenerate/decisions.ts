import { MigrationError } from '../errors/migration-error.js';
import { closestName } from '../errors/closest-name.js';
import type { Choice, Question } from './schema-diff.js';
import type { StatedRename } from './stated-rename.js';

/** What a person has decided before the comparison (design D9). */
export interface Decisions {
  /** Whatever loses data may be written. What looks like a rename is asked about all the same. */
  readonly allowDestructive: boolean;
  /** Answers by the id of their question. */
  readonly answers: Readonly<Record<string, string>>;
  /** Renames that are said to be ones. */
  readonly renames: readonly StatedRename[];
  /** Show what would be written if all were allowed, together with the questions. */
  readonly listAll: boolean;
  /** Ask about what goes and comes and could be a rename, instead of taking it for none. */
  readonly suspectRenames: boolean;
}

/** Nothing was decided, and nothing is suspected. */
export const NO_DECISIONS: Decisions = Object.freeze({
  allowDestructive: false,
  answers: Object.freeze({}),
  renames: Object.freeze([]),
  listAll: false,
  suspectRenames: false,
});

/** A question with its answer, where it has one. */
export interface AskedQuestion extends Question {
  readonly answer?: string;
}

/** The answer to leave everything as it is for now. */
export const KEEP = 'keep';

/**
 * Answers a question as was decided.
 * @throws MigrationError E7040 for an answer that is none of its choices
 */
export function decide(question: Question, { answers }: Pick<Decisions, 'answers'>): AskedQuestion {
  const answer = Object.hasOwn(answers, question.id) ? answers[question.id] : undefined;
  if (answer === undefined) return question;
  if (question.choices.some((choice) => fits(choice, answer))) return { ...question, answer };
  const known = question.choices.map(({ answer: one, free }) => (free ? `${one}…` : one));
  throw new MigrationError('E7040', {
    problem: `"${answer}" is no answer to "${question.id}"`,
    advice:
      known.length > 0
        ? `Nothing was written. Answer one of: ${known.join(', ')}.`
        : `Nothing was written. It has no answer: ${question.text}`,
    facts: { question: question.id, answer, choices: known },
  });
}

const fits = ({ answer: wanted, free }: Choice, answer: string): boolean =>
  free ? answer.startsWith(wanted) && answer.slice(wanted.length).trim() !== '' : answer === wanted;

/**
 * Refuses answers to questions that were not asked: they were given for another difference.
 * @throws MigrationError E7040
 */
export function refuseStaleAnswers(
  { answers }: Pick<Decisions, 'answers'>,
  asked: readonly { readonly id: string }[],
): void {
  const ids = asked.map(({ id }) => id);
  const stale = Object.keys(answers).filter((id) => !ids.includes(id));
  const [first] = stale;
  if (first === undefined) return;
  const near = closestName(first, ids);
  throw new MigrationError('E7040', {
    problem: `no question is called ${stale.map((id) => `"${id}"`).join(', ')} in this difference`,
    advice: `Nothing was written. ${near === undefined ? '' : `Is "${near}" meant? `}Ask for the questions again with --json, and answer those.`,
    facts: { stale, questions: ids },
  });
}
