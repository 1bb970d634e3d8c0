import type { LiteralValue } from '../../schema/literal-value.js';
import type { SchemaOption, SqlFragment, Value } from './common-options.js';

/** The directives about rows, and SQL of one's own. */
export interface DataDirectives {
  /**
   * Runs SQL; one or more statements. It gives no rows: those come from `ctx.query`. Without `parameters` the text stands as it is. With
   * them each `:name` outside of strings is its value, bound by the driver, or written as a literal in a script and in statements
   * that take none (a change of the schema); `\\:` is a colon. A number is a number in a script: where a text is meant, give a string.
   * @throws MigrationError E6001 no statement; E3013 a name without a value, a value without a name
   * @example
   * op.execute('UPDATE account SET plan = :plan WHERE plan IS NULL', { plan: 'free' });
   */
  execute(
    sql: string | SqlFragment,
    parameters?: Readonly<Record<string, LiteralValue>>,
  ): Promise<void>;
  /**
   * Inserts rows; keys are column names, the same in every row. A string is a literal, `op.sql('now()')` is SQL. No rows: nothing is done.
   * @example
   * op.bulkInsert('plan', [{ name: 'free', price: 0 }, { name: 'pro', price: 9 }]);
   */
  bulkInsert(
    table: string,
    rows: readonly Readonly<Record<string, Value>>[],
    options?: SchemaOption,
  ): Promise<void>;
  /**
   * A value as a literal of the database, for SQL that is put together by hand.
   * @example
   * op.execute(`UPDATE account SET note = ${op.inlineLiteral("it's").sql}`);
   */
  inlineLiteral(value: LiteralValue): SqlFragment;
}
