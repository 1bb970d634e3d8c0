import { type AskedQuestion, type Decisions, decide } from './decisions.js';

/** Something new, with what is gone and may be it under another name. */
export interface Suspicion<T> {
  /** Of the question: `rename-column:account.address`. */
  readonly id: string;
  /** What is new, in words: `column account.address`. */
  readonly appeared: string;
  readonly newcomer: T;
  /** The likeliest first. */
  readonly candidates: readonly Candidate<T>[];
}

/** What is gone. */
export interface Candidate<T> {
  /** As an answer names it. */
  readonly name: string;
  readonly gone: T;
}

/** What the suspicions came to. */
export interface SettledSuspicions<T> {
  /** Those that were answered with a rename. */
  readonly renamed: readonly { readonly from: T; readonly to: T }[];
  readonly questions: readonly AskedQuestion[];
  /** What is gone, or not, as long as a question is open. */
  readonly undecided: readonly T[];
}

/**
 * Settles suspicions by the answers, one after the other: what was taken for one is no candidate for the next. Without an answer it
 * is asked, where suspicions are wanted at all.
 * @throws MigrationError E7040 for an answer that is no candidate
 */
export function settleSuspicions<T>(
  suspicions: readonly Suspicion<T>[],
  decisions: Decisions,
): SettledSuspicions<T> {
  const renamed: { from: T; to: T }[] = [];
  const questions: AskedQuestion[] = [];
  const undecided: T[] = [];
  for (const suspicion of suspicions) {
    const isAnswered = Object.hasOwn(decisions.answers, suspicion.id);
    const free = suspicion.candidates.filter(
      ({ gone }) => !renamed.some(({ from }) => from === gone),
    );
    // Asked together, and answered together: what another one took meanwhile is still a question.
    const isTaken = free.length === 0 && isAnswered;
    if (free.length === 0 && !(isTaken && suspicion.candidates.length > 0)) continue;
    if (!decisions.suspectRenames && !isAnswered) continue;
    const asked = decide(questionOf(suspicion, free), decisions);
    questions.push(asked);
    if (asked.answer === undefined) undecided.push(...free.map(({ gone }) => gone));
    const chosen = free.find(({ name }) => asked.answer === `from:${name}`);
    if (chosen) renamed.push({ from: chosen.gone, to: suspicion.newcomer });
  }
  return { renamed, questions, undecided };
}

function questionOf<T>(
  { id, appeared }: Suspicion<T>,
  candidates: readonly Candidate<T>[],
): AskedQuestion {
  const names = candidates.map(({ name }) => name).join(', ');
  return {
    id,
    kind: 'rename',
    text: `${appeared} is new, and gone is: ${names}. Is it the same under another name? Then it is renamed and keeps what is in it.`,
    choices: [
      ...candidates.map(({ name }) => ({
        answer: `from:${name}`,
        text: `it was called ${name}: rename it`,
      })),
      { answer: 'new', text: 'it is new; what is gone is asked about by itself' },
    ],
  };
}
