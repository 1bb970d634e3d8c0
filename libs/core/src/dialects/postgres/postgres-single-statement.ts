import { splitStatements } from './postgres-split.js';
import { transactionControl } from './postgres-transaction-control.js';

/**
 * Whether a text is one statement that neither begins nor ends a transaction: what is tried out must not leave the transaction
 * that is rolled back. Pure.
 */
export const isSingleStatement = (sql: string): boolean =>
  splitStatements(sql).length === 1 && transactionControl(sql) === undefined;
