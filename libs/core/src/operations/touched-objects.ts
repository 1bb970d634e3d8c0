import type { ObjectName } from '../schema/object-name.js';
import { displayName } from '../schema/object-name.js';
import { effectsOf } from './operation-definitions.js';
import type { Operation } from './operation.js';

/** What an operation has to do with: objects that it changes, and names that its texts mention. */
export interface TouchedObjects {
  /** By the name of the table, view, type … : the parts that are changed, such as `column email`; `*` is all of it. */
  readonly changed: ReadonlyMap<string, ReadonlySet<string>>;
  /** Every word of its expressions, types and references, in lower case. */
  readonly mentioned: ReadonlySet<string>;
}

const WHOLE = '*';

/**
 * The objects that an operation changes or leans on, or undefined where it does not tell, as SQL of the user's own. It errs
 * on the safe side: what is not known to be a part of a table counts as all of it.
 */
export function touchedObjects(operation: Operation): TouchedObjects | undefined {
  if (operation.kind === 'execute') return undefined;
  const touches = operation.kind === 'own' ? operation.definition.touches(operation.data) : [];
  const changed = new Map<string, Set<string>>();
  const add = (owner: ObjectName, part: string): void => {
    const name = displayName(owner);
    changed.set(name, (changed.get(name) ?? new Set()).add(part));
  };
  for (const { owner, part } of partsOf(operation)) add(owner, part);
  for (const { part = WHOLE, ...owner } of touches ?? []) add(owner, part);
  if (changed.size === 0 && !tellsOfNone(operation, touches)) return undefined;
  return { changed, mentioned: wordsOf(operation) };
}

/** An operation of the user's own may say that it has to do with no object. */
const tellsOfNone = (operation: Operation, touches: readonly ObjectName[] | undefined): boolean =>
  operation.kind === 'own' && touches !== undefined;

interface Part {
  readonly owner: ObjectName;
  readonly part: string;
}

function partsOf(operation: Operation): readonly Part[] {
  const parts = effectsOf(operation).flatMap((effect): readonly Part[] => {
    const { kind, schema, table, name } = effect;
    const names = effect.action === 'renamed' ? [name, effect.to] : [name];
    return names.map((one) =>
      table === undefined
        ? { owner: { schema, name: one }, part: WHOLE }
        : { owner: { schema, name: table }, part: `${kind} ${one}` },
    );
  });
  return [...parts, ...furtherParts(operation)];
}

/** What the log need not remember: alterations, rows, the uses of a type, and all that keys, checks and indexes lean on. */
function furtherParts(operation: Operation): readonly Part[] {
  if (operation.kind === 'own') return [];
  if (operation.kind === 'batchAlterTable') return operation.operations.flatMap(furtherParts);
  if (operation.kind === 'alterColumn')
    return [{ owner: operation.table, part: `column ${operation.name}` }];
  // Of a column that is added, dropped or renamed the effects say all.
  if (operation.kind.endsWith('Column')) return [];
  return objectNamesIn(operation).map((owner) => ({ owner, part: WHOLE }));
}

/** Every object that is named somewhere in a value, but for those that a foreign key only references: they are mentions. */
function objectNamesIn(value: unknown): readonly ObjectName[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.entries(value).flatMap(([key, member]) =>
    key === 'referencedTable' ? [] : objectNamesIn(member),
  );
  return isObjectName(value) ? [value, ...inner] : inner;
}

function isObjectName(value: unknown): value is ObjectName {
  return typeof value === 'object' && value !== null && 'schema' in value && 'name' in value;
}

/** Names of columns and marks of the entity model are no names of tables, and a comment may say anything. */
const NOT_MENTIONS: ReadonlySet<string> = new Set([
  'kind',
  'entity',
  'property',
  'comment',
  'columns',
  'referencedColumns',
]);

function wordsOf(operation: Operation): ReadonlySet<string> {
  const words = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value === 'string') {
      for (const word of wordsIn(value)) words.add(word);
    } else if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === 'object' && value !== null) membersOf(value).forEach(visit);
  };
  visit(operation.kind === 'own' ? operation.data : operation);
  return words;
}

const WORD = /[\p{L}_][\p{L}\p{N}_$]*/gu;

const wordsIn = (text: string): readonly string[] =>
  (text.match(WORD) ?? []).map((word) => word.toLowerCase());

const membersOf = (value: object): readonly unknown[] =>
  Object.entries(value)
    .filter(([key, member]) => isMention(key, member, value))
    .map(([, member]) => member);

/** The columns of a new table are objects with types and defaults; elsewhere `columns` are names. */
function isMention(key: string, member: unknown, owner: object): boolean {
  if (key === 'name') return 'schema' in owner;
  if (key === 'columns' && Array.isArray(member)) return typeof member[0] === 'object';
  return !NOT_MENTIONS.has(key);
}

/**
 * What two lists of operations have both to do with, in words and sorted; empty where their order does not matter.
 */
export function sharedObjectsOf(
  left: readonly TouchedObjects[],
  right: readonly TouchedObjects[],
): readonly string[] {
  const [one, other] = [together(left), together(right)];
  const shared = [...one.changed].flatMap(([name, parts]) =>
    sharedParts(name, parts, other.changed.get(name) ?? new Set()),
  );
  const leaned = [...mentionedOf(one, other), ...mentionedOf(other, one)];
  return [...new Set([...shared, ...leaned])].sort();
}

function together(all: readonly TouchedObjects[]): TouchedObjects {
  const changed = new Map<string, Set<string>>();
  const mentioned = new Set<string>();
  for (const touched of all) {
    for (const [name, parts] of touched.changed)
      changed.set(name, new Set([...(changed.get(name) ?? []), ...parts]));
    for (const word of touched.mentioned) mentioned.add(word);
  }
  return { changed, mentioned };
}

function sharedParts(
  name: string,
  left: ReadonlySet<string>,
  right: ReadonlySet<string>,
): readonly string[] {
  if (left.size === 0 || right.size === 0) return [];
  if (left.has(WHOLE) || right.has(WHOLE)) return [name];
  return [...left].filter((part) => right.has(part)).map((part) => `${name}: ${part}`);
}

/** What one side changes, and a text of the other side mentions, with all words of its name: a view, a check, a reference. */
function mentionedOf(one: TouchedObjects, other: TouchedObjects): readonly string[] {
  return [...one.changed.keys()].filter(
    (name) =>
      !other.changed.has(name) &&
      wordsIn(bareName(name)).every((word) => other.mentioned.has(word)),
  );
}

const bareName = (name: string): string => /[^".]+(?="?$)/.exec(name)?.[0] ?? name;
