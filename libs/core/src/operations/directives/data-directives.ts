import type { LiteralValue } from '../../schema/literal-value.js';
import type { DataDirectives } from '../api/data-api.js';
import type { DirectiveContext } from './directive-context.js';
import type { Place } from './place.js';
import { argumentsOf, inside, wrongArgument } from './place.js';
import { isSqlFragment, listOf, readName, readText } from './read-argument.js';
import { placeReaders, readOptions, readRecord } from './read-options.js';
import { literalReader, readLiteralValue, valueReader } from './read-value.js';

/** The directives about rows and free SQL. */
export function dataDirectives(context: DirectiveContext): DataDirectives {
  const { submit } = context;
  const readValue = valueReader(context);
  const readLiteral = literalReader(context);
  return {
    inlineLiteral(value) {
      const sql = readLiteral(value, argumentsOf('op.inlineLiteral')('value'));
      return Object.freeze({ sql });
    },
    execute(sql, parameters) {
      const at = argumentsOf('op.execute');
      const text = readText(isSqlFragment(sql) ? sql.sql : sql, at('sql'));
      if (text.trim() === '') {
        throw wrongArgument(at('sql'), { code: 'E6001', clause: 'is an empty statement' });
      }
      const values = readParameters(parameters, at('parameters'));
      return submit({ kind: 'execute', sql: text, ...(values && { parameters: values }) });
    },
    bulkInsert(table, rows, options) {
      const at = argumentsOf('op.bulkInsert');
      const { schema } = readOptions(placeReaders, options, at('options'));
      const owner = { schema: schema ?? null, name: readName(table, at('table')) };
      const records = listOf(readRecord, 'a list of rows')(rows, at('rows'));
      if (records.length === 0) return Promise.resolve();
      const columns = columnsOf(records, at('rows'));
      const values = records.map((record, row) =>
        columns.map((column) => readValue(record[column], inside(inside(at('rows'), row), column))),
      );
      return submit({ kind: 'bulkInsert', table: owner, columns, rows: values });
    },
  };
}

/** No parameters at all leave the text as it is; an empty object says that it has none. */
function readParameters(
  value: unknown,
  place: Place,
): Readonly<Record<string, LiteralValue>> | undefined {
  if (value === undefined) return undefined;
  const entries = Object.entries(readRecord(value, place)).map(
    ([name, parameter]) => [name, readLiteralValue(parameter, inside(place, name))] as const,
  );
  return Object.fromEntries(entries);
}

/** The columns of the first row, which every row must have. */
function columnsOf(
  records: readonly Readonly<Record<string, unknown>>[],
  place: Place,
): readonly string[] {
  const columns = Object.keys(records[0] ?? {});
  for (const [row, record] of records.entries()) {
    const names = Object.keys(record);
    const odd = names.find((name) => !columns.includes(name));
    const missing = columns.find((name) => !Object.hasOwn(record, name));
    if (odd === undefined && missing === undefined) continue;
    throw wrongArgument(inside(place, row), {
      clause: missing === undefined ? `has "${odd}" too` : `lacks "${missing}"`,
      advice: 'All rows of one call name the same columns.',
    });
  }
  if (columns.length === 0) throw wrongArgument(inside(place, 0), { clause: 'has no column' });
  return columns.map((column) => readName(column, inside(place, 0)));
}
