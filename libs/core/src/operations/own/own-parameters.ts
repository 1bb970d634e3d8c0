import type { Place } from '../directives/place.js';
import { argumentsOf, inside, wrongArgument } from '../directives/place.js';
import { readOptions, readRecord } from '../directives/read-options.js';
import type { CallArgument, OperationCall } from '../operation-call.js';
import type {
  AnyArgumentType,
  LiteralWriter,
  OptionParameters,
  OperationParameters,
  PositionalParameter,
} from './argument-type.js';

/** OperationParameters of an operation, apart: those by place, and the options at the end. */
export interface SplitParameters {
  readonly positional: readonly PositionalParameter[];
  readonly options: OptionParameters | undefined;
}

/** What an operation keeps, by the names of its parameters. */
export type OwnData = Readonly<Record<string, unknown>>;

/** Takes parameters apart. */
export function splitParameters(parameters: OperationParameters): SplitParameters {
  const all: readonly (PositionalParameter | OptionParameters)[] = parameters;
  const positional = all.filter(isPositional);
  return { positional, options: all.find((one) => !isPositional(one)) as OptionParameters };
}

function isPositional(
  parameter: PositionalParameter | OptionParameters,
): parameter is PositionalParameter {
  return Array.isArray(parameter);
}

/**
 * Reads the arguments of a call.
 * @throws MigrationError E3005, E3006, E3008, E3013 for an argument that is wrong, missing or too much
 */
export function readCall(
  method: string,
  { positional, options }: SplitParameters,
  [args, writer]: readonly [args: readonly unknown[], writer: LiteralWriter],
): OwnData {
  const at = argumentsOf(method);
  refuseMore(args, positional.length + (options ? 1 : 0), at);
  const byPlace = positional.map(([name, type], place) => {
    const isLeftOut = args[place] === undefined && type.presence === 'optional';
    return [name, isLeftOut ? undefined : type.read(args[place], at(name), writer)] as const;
  });
  const given = options ? readGiven(options, args[positional.length], [at('options'), writer]) : {};
  return { ...saidOf(byPlace), ...given };
}

function readGiven(
  options: OptionParameters,
  value: unknown,
  [place, writer]: readonly [Place, LiteralWriter],
): OwnData {
  const readers = Object.entries(options).map(([name, type]) => [
    name,
    (given: unknown, inner: Place) => type.read(given, inner, writer),
  ]);
  const read: OwnData = readOptions(Object.fromEntries(readers), value, place);
  // What is missing is told by its own reader, which knows what it must be.
  for (const name of missingIn(read, options))
    options[name]?.read(undefined, inside(place, name), writer);
  return read;
}

const missingIn = (data: OwnData, options: OptionParameters): readonly string[] =>
  Object.keys(options).filter(
    (name) => options[name]?.presence === 'required' && data[name] === undefined,
  );

function refuseMore(args: readonly unknown[], most: number, at: (name: string) => Place): void {
  const place = args.findIndex((arg, index) => index >= most && arg !== undefined);
  if (place === -1) return;
  throw wrongArgument(at(String(place + 1)), {
    clause: `is one too many: it takes ${most === 1 ? '1 argument' : `${most} arguments`}`,
  });
}

/**
 * Checks data that a program made, and gives a copy without what is undefined.
 * @throws MigrationError E3013 and its like
 */
export function checkData(
  method: string,
  { positional, options = {} }: SplitParameters,
  data: unknown,
): OwnData {
  const place = argumentsOf(method)('data');
  const given = saidOf(Object.entries(readRecord(data, place)));
  const types = new Map<string, AnyArgumentType>([...positional, ...Object.entries(options)]);
  const unknown = Object.keys(given).find((name) => !types.has(name));
  if (unknown !== undefined)
    throw wrongArgument(inside(place, unknown), { clause: 'is no parameter of the operation' });
  const byPlace = new Set(positional.map(([name]) => name));
  for (const [name, type] of types) {
    const isNeeded = byPlace.has(name)
      ? type.presence !== 'optional'
      : type.presence === 'required';
    if (isNeeded || given[name] !== undefined) type.check(given[name], inside(place, name));
  }
  return given;
}

/** The call that is read as this data again. */
export function callWith(
  name: string,
  { positional, options = {} }: SplitParameters,
  data: OwnData,
): OperationCall {
  const byPlace = positional.map(([key, type]) => printed(type, data[key]));
  const entries = Object.entries(options)
    .filter(([key]) => data[key] !== undefined)
    .map(([key, type]) => [key, printed(type, data[key])] as const);
  const last = byPlace.findLastIndex((arg) => arg !== undefined);
  const args = entries.length > 0 ? [...byPlace, row(entries)] : byPlace.slice(0, last + 1);
  return { method: name, args };
}

const printed = (type: AnyArgumentType, kept: unknown): CallArgument =>
  kept === undefined ? undefined : type.print(kept);

/** As a row: an option may be named `code`, which marks code elsewhere. */
const row = (entries: readonly (readonly [string, CallArgument])[]): CallArgument => ({
  code: 'row',
  entries,
});

const saidOf = (entries: readonly (readonly [string, unknown])[]): OwnData =>
  Object.fromEntries(entries.filter(([, value]) => value !== undefined));
