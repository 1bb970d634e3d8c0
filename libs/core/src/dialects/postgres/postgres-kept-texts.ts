import type { KeptGuard, KeptTexts } from '../common/revision-texts.js';
import { assertions } from './postgres-assertion.js';
import { KEPT_NAME, isForgottenStatement } from './postgres-driver-errors.js';
import { insertingLog } from '../common/version-sql.js';
import { postgresQuoting } from './postgres-quoting.js';
import {
  BEGIN,
  checkAndSet,
  checkRows,
  idText,
  isOpen,
  postgresGuards,
  rowsInOrder,
  stillOpen,
} from './postgres-transaction.js';
import {
  LOG_COLUMNS,
  countingOne,
  isOne,
  logTexts,
  postgresVersionTables,
} from './postgres-version-tables.js';

const { identifier, literal, qualified } = postgresQuoting;

/**
 * The texts of a run as `EXECUTE` of statements that the session has prepared. Parsing and planning the plain ones takes the
 * server four times as long as running them (PostgreSQL 18: 1.0 ms of a revision's 1.4 ms).
 */
export function postgresKeptTexts(guard: KeptGuard, name: string): KeptTexts {
  const statements = statementsOf(guard);
  const nameOf = (which: keyof typeof statements): string =>
    identifier(`${KEPT_NAME}${name}_${which}`);
  const run = (which: keyof typeof statements, ...values: readonly string[]): string =>
    `EXECUTE ${nameOf(which)}${values.length === 0 ? '' : `(${values.join(', ')})`}`;
  const all = Object.keys(statements) as (keyof typeof statements)[];
  return {
    keep: all.map((which) => `PREPARE ${nameOf(which)}${statements[which]}`).join(';\n'),
    forget: all.map((which) => `DEALLOCATE ${nameOf(which)}`).join(';\n'),
    mayForget: (sql) => /\b(deallocate|discard)\b/i.test(sql),
    isForgotten: isForgottenStatement,
    begin: (begun) => {
      if (begun.resumes) return postgresGuards.begin(begun);
      const rows = literal(`{${rowsInOrder(begun.expectedRows).map(arrayElement).join(',')}}`);
      return [BEGIN, run('check'), run('rows', rows)].join(';\n');
    },
    stillOpen: (token) => run('open', idText(token)),
    changeOne: (versionTable, change, at) =>
      change.action === 'update'
        ? run('change', literal(change.from), literal(change.to), literal(`${at}:`))
        : postgresVersionTables.changeOne(versionTable, change, at),
    insertLog: (_, entry) => run('log', ...logTexts(entry, literal)),
    endStep: (token, { change, at, entry }) => {
      if (change.action !== 'update') return undefined;
      const changed = [change.from, change.to, `${at}:`].map(literal);
      return run('end', ...changed, idText(token), ...logTexts(entry, literal));
    },
  };
}

function statementsOf(guard: KeptGuard) {
  const { versionTable } = guard;
  const types = Object.values(LOG_COLUMNS);
  const changing = `UPDATE ${qualified(versionTable)} SET version_num = $2 WHERE version_num = $1`;
  const logging = (first: number): string => {
    const values = types.map((_, at) => `$${first + at}`);
    return insertingLog(postgresQuoting, versionTable, values);
  };
  return {
    check: ` AS ${checkAndSet(guard)}`,
    rows: `(text[]) AS ${checkRows(versionTable, '$1')}`,
    open: `(text) AS ${stillOpen('$1')}`,
    change: `(text, text, text) AS ${countingOne(changing, '$3')}`,
    log: `(${types.join(', ')}) AS ${logging(1)}`,
    // What is changed and added by a statement whose check fails is not.
    end: `(text, text, text, text, ${types.join(', ')}) AS WITH changed AS (${changing} RETURNING 1),
  logged AS (${logging(5)})
  ${assertions([isOpen('$4'), 'ended'], isOne('$3'))} FROM changed`,
  };
}

/** An element of an array in text form (PostgreSQL manual, 8.15.6). */
const arrayElement = (text: string): string => `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
