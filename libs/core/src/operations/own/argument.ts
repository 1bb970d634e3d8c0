import type { LiteralValue } from '../../schema/literal-value.js';
import type { SqlText } from '../../schema/schema-model.js';
import type { SqlFragment, Value } from '../api/common-options.js';
import { wrongType } from '../directives/place.js';
import type { Place } from '../directives/place.js';
import {
  listOf,
  nonEmpty,
  oneOf,
  readBoolean,
  readFlag,
  readName,
  readSql,
  readText,
} from '../directives/read-argument.js';
import type { Reader } from '../directives/read-argument.js';
import { readLiteralValue, valueReader } from '../directives/read-value.js';
import { textCode } from '../operation-call.js';
import type { CallArgument } from '../operation-call.js';
import type { ArgumentType, OptionalArgument, RequiredArgument } from './argument-type.js';
import { plainCode, readPlain } from './plain-data.js';
import type { PlainData } from './plain-data.js';

/**
 * What the arguments of an own operation can be. Each says what a caller may pass, refuses everything else with the place
 * (`argument "options.admin" of op.grantRole is 5, but must be true or false`), and prints what it kept in a revision file.
 *
 * @example
 * parameters: [['role', argument.name], { admin: argument.flag, until: argument.value }]
 */
export const argument = Object.freeze({
  /** The name of an object: a text that is not empty, without NUL. Quote it with `identifier`. */
  name: kept<string>(readName),
  /** Any text, without NUL. Write it with `literal`. */
  text: kept<string>(readText),
  /** True or false. */
  boolean: kept<boolean>(readBoolean),
  /** An option that says something only when it is true: what is false is left out of the data. */
  flag: kept<boolean, true | undefined>(readFlag),
  /** A finite number. */
  number: kept<number>(readNumber),
  /** SQL as it stands: a string or `op.sql('…')`, kept as text. */
  sql: madeOf<string | SqlFragment, SqlText>(readSql, textCode),
  /** A value, kept as the SQL of its literal; `op.sql('…')` is SQL as it stands. `null` is NULL. */
  value: value(),
  /** Plain data of any shape: texts, numbers, true, false, null, and lists and objects of them. */
  data: madeOf<PlainData, PlainData>(readPlain, plainCode),
  /** One of several words. */
  oneOf: <const Word extends string>(...words: readonly Word[]): ArgumentType<Word, Word> =>
    kept<Word>(oneOf(...words)),
  /** A list, which may be empty. */
  listOf: <Given, Kept>(
    item: ArgumentType<Given, Kept>,
  ): ArgumentType<readonly Given[], readonly Kept[]> => list(item, (read) => read),
  /** A list with at least one item. */
  someOf: <Given, Kept>(
    item: ArgumentType<Given, Kept>,
  ): ArgumentType<readonly Given[], readonly Kept[]> => list(item, nonEmpty),
  /** What a check of one's own accepts; `expected` ends the sentence "… must be". Must be plain data. */
  checked: <Kept extends PlainData>(rule: {
    readonly expected: string;
    readonly accepts: (value: unknown) => value is Kept;
  }): ArgumentType<Kept, Kept> => madeOf<Kept, Kept>(checkedReader(rule), plainCode),
  /** A positional argument that may be left out. */
  optional: <Given, Kept>(type: ArgumentType<Given, Kept>): OptionalArgument<Given, Kept> =>
    Object.freeze({ ...type, presence: 'optional' }),
  /** An option that must be given. */
  required: <Given, Kept>(type: ArgumentType<Given, Kept>): RequiredArgument<Given, Kept> =>
    Object.freeze({ ...type, presence: 'required' }),
});

/** An argument that is kept, and printed, as it was given. */
function kept<Given extends CallArgument, Kept extends CallArgument = Given>(
  read: Reader<Kept>,
): ArgumentType<Given, Kept> {
  return madeOf<Given, Kept>(read, (data) => data);
}

/** An argument whose data is read by the rule that reads the argument itself. */
function madeOf<Given, Kept>(
  read: Reader<Kept>,
  print: (data: Kept) => CallArgument,
): ArgumentType<Given, Kept> {
  return Object.freeze({
    read,
    print,
    check: (data: unknown, place: Place) => void read(data, place),
  });
}

function value(): ArgumentType<Value, SqlText> {
  return Object.freeze<ArgumentType<Value, SqlText>>({
    read: (given, place, writer) => valueReader(writer)(given, place),
    check: (data, place) => void readSql(data, place),
    print: (sql) => ({ code: 'value', sql, allowsNull: true }),
  });
}

function list<Given, Kept>(
  item: ArgumentType<Given, Kept>,
  narrowed: (read: Reader<readonly Kept[]>) => Reader<readonly Kept[]>,
): ArgumentType<readonly Given[], readonly Kept[]> {
  const through = (read: Reader<Kept>): Reader<readonly Kept[]> => narrowed(listOf(read, 'a list'));
  return Object.freeze<ArgumentType<readonly Given[], readonly Kept[]>>({
    read: (given, place, writer) =>
      through((one, inner) => item.read(one, inner, writer))(given, place),
    check: (data, place) =>
      void through((one, inner) => (item.check(one, inner), one as Kept))(data, place),
    print: (items) => items.map((one) => item.print(one)),
  });
}

function checkedReader<Kept extends PlainData>(rule: {
  readonly expected: string;
  readonly accepts: (value: unknown) => value is Kept;
}): Reader<Kept> {
  return (given, place) => {
    const data = readPlain(given, place);
    if (!rule.accepts(data)) throw wrongType(place, given, rule.expected);
    return data;
  };
}

function readNumber(given: unknown, place: Place): number {
  if (typeof given !== 'number') throw wrongType(place, given, 'a number');
  return readLiteralValue(given, place) as LiteralValue & number;
}
