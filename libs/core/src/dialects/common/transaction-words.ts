import type { SkipToken } from './sql-scan.js';
import { withoutLeadingBlanks } from './sql-scan.js';

/** How a dialect spells the statements that begin and end transactions. Patterns see a statement without leading comments. */
export interface TransactionGrammar {
  readonly splitStatements: (sql: string) => readonly string[];
  readonly skipToken: SkipToken;
  /** Found in every text that one of the others could match: most texts are not taken apart. */
  readonly mayControl: RegExp;
  /** Begins or ends a transaction. */
  readonly control: RegExp;
  /** Of those that match `control`: ends only a part of a transaction (`ROLLBACK TO`). */
  readonly partial: RegExp;
  /** Of those that match `control`: leaves a transaction open. */
  readonly begins: RegExp;
  /** Keeps what ran before it. */
  readonly commits: RegExp;
}

/** What the words of SQL text say of transactions. Pure. */
export interface TransactionWords {
  /** See `Session.transactionControl`. */
  control(sql: string): string | undefined;
  /** See `Session.transactionEffect`: the last statement that begins or ends a transaction decides. */
  effect(sql: string): 'begins' | 'ends' | undefined;
  /** Whether a text goes on after a COMMIT: what fails there leaves what was committed. */
  commitsMidway(sql: string): boolean;
}

/** The readers of a dialect's transaction control. */
export function transactionWords(grammar: TransactionGrammar): TransactionWords {
  const { splitStatements, skipToken, mayControl, control, partial, begins, commits } = grammar;
  const plain = (statement: string): string => withoutLeadingBlanks(statement, skipToken);
  const controls = (statement: string): boolean =>
    control.test(plain(statement)) && !partial.test(plain(statement));
  return {
    control: (sql) => (mayControl.test(sql) ? splitStatements(sql).find(controls) : undefined),
    effect: (sql) => {
      if (!mayControl.test(sql)) return undefined;
      const last = splitStatements(sql).findLast(controls);
      if (last === undefined) return undefined;
      return begins.test(plain(last)) ? 'begins' : 'ends';
    },
    commitsMidway: (sql) =>
      mayControl.test(sql) &&
      splitStatements(sql)
        .slice(0, -1)
        .some((statement) => commits.test(plain(statement))),
  };
}
