import { closestName } from '../../errors/closest-name.js';
import { shown } from '../directives/place.js';
import { checkParameters } from './check-parameters.js';
import { faulty } from './faulty-operation.js';
import type { AnyOperationInit } from './own-definition.js';

/** What a part of a definition must be. */
export interface PartRule {
  /** Ends the sentence "… must be". */
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
}

const isFunction = (value: unknown): boolean => typeof value === 'function';
const isOptionalFunction = (value: unknown): boolean => value === undefined || isFunction(value);
const aFunction: PartRule = { expected: 'a function', accepts: isFunction };
const maybeFunction: PartRule = { expected: 'a function', accepts: isOptionalFunction };

const RULES: { readonly [K in keyof Required<AnyOperationInit>]: PartRule } = {
  name: {
    expected: 'a name that a method can have, such as grantRole',
    accepts: (value) => typeof value === 'string' && /^[A-Za-z_$][\w$]*$/.test(value),
  },
  replace: {
    expected: 'true or false',
    accepts: (value) => value === undefined || typeof value === 'boolean',
  },
  parameters: {
    expected: "a list such as [['role', argument.name], { admin: argument.flag }]",
    accepts: (value) => Array.isArray(value),
  },
  describe: aFunction,
  reverse: maybeFunction,
  apply: maybeFunction,
  effects: maybeFunction,
  touches: maybeFunction,
  transactionClass: {
    expected: "'transactional', 'autocommit', or a function",
    accepts: (value) =>
      isOptionalFunction(value) || value === 'transactional' || value === 'autocommit',
  },
  isDestructive: {
    expected: 'true, false, or a function',
    accepts: (value) => isOptionalFunction(value) || typeof value === 'boolean',
  },
  compile: {
    expected: 'a function, or an object with a function for each dialect',
    accepts: isCompile,
  },
};

/**
 * Checks what `defineOperation` was told: JavaScript has no types.
 * @throws MigrationError E3018
 */
export function checkDefinition(init: AnyOperationInit): void {
  checkParts('defineOperation', init, RULES);
  checkParameters(`op.${init.name}`, init.parameters);
}

/**
 * Checks an object against the rules of its members.
 * @throws MigrationError E3018
 */
export function checkParts(
  place: string,
  init: object,
  rules: Readonly<Record<string, PartRule>>,
): void {
  if (typeof init !== 'object' || init === null)
    throw faulty(place, { problem: `${place} was given ${shown(init)}, not an object`, part: '' });
  const unknown = Object.keys(init).find((part) => !Object.hasOwn(rules, part));
  if (unknown !== undefined) throw faulty(place, unknownPart(place, unknown, Object.keys(rules)));
  for (const [part, { expected, accepts }] of Object.entries(rules)) {
    const value = (init as Readonly<Record<string, unknown>>)[part];
    if (accepts(value)) continue;
    const is = value === undefined ? 'is missing' : `is ${shown(value)}`;
    throw faulty(place, {
      problem: `"${part}" of ${place} ${is}, but must be ${expected}`,
      part,
    });
  }
}

function unknownPart(place: string, part: string, known: readonly string[]) {
  const nearest = closestName(part, known);
  const meant = nearest === undefined ? '' : `; did you mean "${nearest}"?`;
  return { problem: `${place} has no part "${part}"${meant}`, part };
}

/** True for a function, or one for each of at least one dialect. */
export function isCompile(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return isFunction(value);
  const functions = Object.values(value);
  return functions.length > 0 && functions.every(isFunction);
}
