import { numberOf } from './mysql-driver-errors.js';

/** What helps against some refusals of the server: see `Session.adviceFor`. */
export const adviceFor = (error: unknown): string | undefined => ADVICE.get(numberOf(error));

const NEEDS_MORE =
  "The server needs more for this change than a revision says by itself. Where it may copy the table while nobody writes, say so: op.batchAlterTable('…', { algorithm: 'copy', lock: 'shared' }, (batch) => { … }) around the operation; a large table is changed by gh-ost or pt-online-schema-change instead.";
const HELD_COLUMN =
  'A foreign key stands on the column: drop the key, change the columns on both sides, and add it again, in one revision. Autogenerate writes that.';
const HELD_INDEX =
  "A foreign key stands on the index: make another one that begins with the key's columns and drop this one in the same op.batchAlterTable, or drop the key first.";
const COUNTER =
  'A counter comes and goes together with its key: put both into one op.batchAlterTable, which is one statement.';

/** By the number of the error (MariaDB manual, Error Codes; MySQL 8.0 Server Error Message Reference). */
const ADVICE = new Map<number, string>([
  // ALGORITHM or LOCK is not supported for the operation, with and without a reason.
  ...[1845, 1846].map((number) => [number, NEEDS_MORE] as const),
  ...[1832, 1833].map((number) => [number, HELD_COLUMN] as const),
  [1553, HELD_INDEX],
  [1075, COUNTER],
]);
