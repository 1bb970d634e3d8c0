import type { ErrorCode } from '../../errors/error-codes.js';
import { MigrationError } from '../../errors/migration-error.js';

/** Where a value stands in a call: `{ method: 'op.createIndex', argument: 'options.unique' }`. */
export interface Place {
  readonly method: string;
  readonly argument: string;
}

/** Names the places of a method's arguments. */
export function argumentsOf(method: string): (argument: string) => Place {
  return (argument) => ({ method, argument });
}

/** The place of a member of an object (`options.unique`) or list (`columns[1]`). */
export function inside({ method, argument }: Place, member: string | number): Place {
  return {
    method,
    argument: typeof member === 'number' ? `${argument}[${member}]` : `${argument}.${member}`,
  };
}

/** What is wrong with an argument. */
export interface WrongArgument {
  /** A clause that follows the argument: `is 5, which is not a name`. */
  readonly clause: string;
  readonly advice?: string;
  /** @default 'E3013' */
  readonly code?: ErrorCode;
}

/** The error for a wrong argument, with its place. */
export function wrongArgument(place: Place, wrong: WrongArgument): MigrationError {
  return new MigrationError(wrong.code ?? 'E3013', {
    problem: `argument "${place.argument}" of ${place.method} ${wrong.clause}`,
    ...(wrong.advice !== undefined && { advice: wrong.advice }),
    facts: { method: place.method, argument: place.argument },
  });
}

/** The error for an argument of the wrong type: `expected` is a noun such as `a list of column names`. */
export function wrongType(place: Place, value: unknown, expected: string): MigrationError {
  const clause =
    value === undefined
      ? `is missing: it must be ${expected}`
      : `is ${shown(value)}, but must be ${expected}`;
  return wrongArgument(place, { clause });
}

/** A value in a message, short and on one line. */
export function shown(value: unknown): string {
  if (typeof value === 'string') {
    return value.length > 40 ? `${JSON.stringify(value.slice(0, 40))}…` : JSON.stringify(value);
  }
  if (Array.isArray(value)) return 'a list';
  if (value instanceof Promise) return 'a promise';
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'bigint') return `${value}n`;
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
