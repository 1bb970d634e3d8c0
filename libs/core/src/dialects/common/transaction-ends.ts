import type { Connection } from './connection.js';

/** How every database here ends a transaction: the same words, sent by themselves. */
export const transactionEnds = Object.freeze({
  commit: async (connection: Connection): Promise<void> => {
    await connection.script('COMMIT');
  },
  rollback: async (connection: Connection): Promise<void> => {
    await connection.script('ROLLBACK');
  },
  commitStatement: 'COMMIT',
});
