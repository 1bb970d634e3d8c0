import type { OptionRule } from './check-options.js';

/** A text that is not empty. */
export const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
/** A callback. */
export const isFunction = (value: unknown): boolean => typeof value === 'function';
/** An object that is no array. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
/** An array with such members only. */
export const isArrayOf = (value: unknown, accepts: (member: unknown) => boolean): boolean =>
  Array.isArray(value) && value.every(accepts);
/** A whole number, 0 or more. */
export const isWhole = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) >= 0;

/** Rules that several options share. */
export const text: OptionRule = { expected: 'a text that is not empty', accepts: isText };
/** An array, which may be empty. */
export const texts: OptionRule = {
  expected: 'an array of texts',
  accepts: (value) => isArrayOf(value, isText),
};
/** True or false and nothing that is taken for either. */
export const yesOrNo: OptionRule = {
  expected: 'true or false',
  accepts: (value) => typeof value === 'boolean',
};
/** A callback. */
export const callback: OptionRule = { expected: 'a function', accepts: isFunction };
/** A switch, or a callback that decides case by case. */
export const yesOrNoOrCallback: OptionRule = {
  expected: 'true, false or a function',
  accepts: (value) => typeof value === 'boolean' || isFunction(value),
};
/** The limit is the longest time that a Node timer can wait. */
export const milliseconds: OptionRule = {
  expected: 'a whole number of milliseconds from 0 to 2147483647',
  accepts: (value) => isWhole(value) && value <= 2 ** 31 - 1,
};
