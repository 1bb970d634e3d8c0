/** `[branch@][symbol]±N`, taken apart (REV-40). */
export interface RelativeTarget {
  readonly branch: string | undefined;
  readonly symbol: string | undefined;
  /** Positive up, negative down. */
  readonly steps: number;
}

/** Takes a relative target apart; undefined when the text is none. Unlike Alembic's, the whole text must fit. */
export function parseRelative(target: string): RelativeTarget | undefined {
  const [, branch, symbol, steps] = /^(?:(.+?)@)?([\p{L}\p{N}_]+)?([+-]\d+)$/u.exec(target) ?? [];
  return steps === undefined ? undefined : { branch, symbol, steps: Number(steps) };
}

/** True for a text that is meant as a relative target and is written wrong, such as `head--1` or `+-1` (B021). */
export function isBrokenRelative(target: string): boolean {
  return parseRelative(target) === undefined && /^(?:[^@]+@)?\w*[+-][+\-\d]/.test(target);
}
