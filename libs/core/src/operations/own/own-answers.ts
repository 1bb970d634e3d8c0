import type { SchemaModel } from '../../schema/schema-model.js';
import type { ObjectEffect, ObjectKind } from '../object-effect.js';
import type { Operation } from '../operation.js';
import type { OwnPart } from './faulty-operation.js';
import type { OwnTransactionClass, TouchedObject } from './own-operation.js';

/** What a part of a definition must give: all but the names of operation and part. */
export type Answer<T> = Pick<OwnPart<T>, 'expected' | 'accepts'>;

/** The answer of `describe`. */
export const wordsAnswer: Answer<string> = {
  expected: 'a text that is not blank',
  accepts: isFilled,
};

/** The answer of `compile`. */
export const statementsAnswer: Answer<string | readonly string[]> = {
  expected: 'a statement, or a list of statements, at once',
  accepts: (answer): answer is string | readonly string[] =>
    isFilled(answer) || isListOf(answer, isFilled),
};

/** The answer of `reverse`. */
export const reverseAnswer: Answer<Operation | undefined> = {
  expected: 'an operation, such as of `revokeRole.of(…)`, or undefined',
  accepts: (answer): answer is Operation | undefined =>
    answer === undefined || (isRecord(answer) && isFilled(answer['kind'])),
};

/** The answer of `apply`. */
export const modelAnswer: Answer<SchemaModel> = {
  expected: 'a schema model',
  accepts: (answer): answer is SchemaModel =>
    isRecord(answer) && Array.isArray(answer['tables']) && Array.isArray(answer['views']),
};

/** The answer of `effects`. */
export const effectsAnswer: Answer<readonly ObjectEffect[]> = {
  expected: "a list such as [{ action: 'made', kind: 'view', schema: null, name: 'turnover' }]",
  accepts: (answer): answer is readonly ObjectEffect[] => isListOf(answer, isEffect),
};

/** The answer of `touches`. */
export const touchesAnswer: Answer<readonly TouchedObject[]> = {
  expected: "a list such as [{ schema: null, name: 'account' }]",
  accepts: (answer): answer is readonly TouchedObject[] =>
    isListOf(answer, (one) => isNamed(one) && (one['part'] === undefined || isFilled(one['part']))),
};

/** The answer of `transactionClass`. */
export const classAnswer: Answer<OwnTransactionClass> = {
  expected: "'transactional' or 'autocommit'",
  accepts: (answer): answer is OwnTransactionClass =>
    answer === 'transactional' || answer === 'autocommit',
};

/** The answer of `isDestructive`. */
export const yesOrNoAnswer: Answer<boolean> = {
  expected: 'true or false',
  accepts: (answer) => typeof answer === 'boolean',
};

const OBJECT_KINDS: Readonly<Record<ObjectKind, true>> = {
  schema: true,
  enum: true,
  sequence: true,
  table: true,
  view: true,
  column: true,
  primaryKey: true,
  foreignKey: true,
  unique: true,
  check: true,
  exclusion: true,
  index: true,
  extension: true,
  domain: true,
  routine: true,
  trigger: true,
  policy: true,
  partition: true,
};

function isEffect(value: unknown): value is ObjectEffect {
  if (!isNamed(value)) return false;
  const { kind, action, table, to } = value;
  const isKnown = typeof kind === 'string' && Object.hasOwn(OBJECT_KINDS, kind);
  const isPlaced = table === undefined || isName(table);
  return isKnown && isPlaced && (action === 'renamed' ? isName(to) : isMadeOrDropped(action));
}

const isMadeOrDropped = (action: unknown): boolean => action === 'made' || action === 'dropped';

function isNamed(value: unknown): value is Readonly<Record<string, unknown>> {
  if (!isRecord(value)) return false;
  return (value['schema'] === null || isName(value['schema'])) && isName(value['name']);
}

/** A name may be blank, as any name that the database takes. */
const isName = (value: unknown): value is string => typeof value === 'string' && value !== '';

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isFilled(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function isListOf(value: unknown, accepts: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every((item) => accepts(item));
}
