import type { Dialect } from '../dialects/common/dialect.js';
import { isRegisteredMark } from '../dialects/common/object-texts.js';
import type { ObjectRef } from '../operations/object-effect.js';
import type { Operation } from '../operations/operation.js';
import { isDestructive } from '../operations/operation-definitions.js';
import { displayName, type ObjectName } from '../schema/object-name.js';
import type { SqlText, Table } from '../schema/schema-model.js';
import type { ComparisonRules } from './comparators/comparison-rules.js';
import { type AskedQuestion, decide, type Decisions, KEEP } from './decisions.js';
import type { OwnershipMemory } from './ownership.js';
import { undecidedKey } from './rename-search.js';
import type { Choice, Question, SchemaDiff } from './schema-diff.js';

/** The pure answers of a dialect that a diff needs. */
export type DiffDialect = Pick<
  Dialect,
  | 'capabilities'
  | 'canonicalType'
  | 'castBetween'
  | 'castThroughText'
  | 'isHeldByKeys'
  | 'waysOn'
  | 'isWidening'
  | 'renameInText'
>;

/** What every part of a diff is told. */
export interface DiffContext {
  readonly dialect: DiffDialect;
  readonly memory: OwnershipMemory;
  /** What a person has decided (design D9). */
  readonly decisions: Decisions;
  /** What an open question of a rename is about, as {@link undecidedKey}: whether it goes is not known yet. */
  readonly undecided: ReadonlySet<string>;
  /** What the options say of how to compare. */
  readonly rules: ComparisonRules;
  /** Columns of the database that take no part, by their tables. */
  readonly hidden: readonly Table[];
  /** See `DiffInput.registersObjects`. */
  readonly registersObjects: boolean;
  /** See `DiffInput.replaceable`. */
  readonly replaceable?: ReadonlySet<string>;
  /** See `DiffInput.writtenViews`: the texts by `nameKey`. */
  readonly writtenViews?: ReadonlyMap<string, SqlText>;
}

/** What a part of a diff finds, not yet in order. */
export interface DiffPart {
  readonly operations: readonly Operation[];
  readonly questions: readonly AskedQuestion[];
  readonly untouched: SchemaDiff['untouched'];
}

/** Nothing found. */
export const NO_DIFFERENCE: DiffPart = Object.freeze({
  operations: [],
  questions: [],
  untouched: [],
});

/** A part with operations only. */
export function operationsPart(...operations: readonly Operation[]): DiffPart {
  return { ...NO_DIFFERENCE, operations };
}

/** All parts as one, in their order. */
export function joinParts(parts: readonly DiffPart[]): DiffPart {
  const found = parts.filter((part) => part !== NO_DIFFERENCE);
  if (found.length <= 1) return found[0] ?? NO_DIFFERENCE;
  return {
    operations: found.flatMap(({ operations }) => operations),
    questions: found.flatMap(({ questions }) => questions),
    untouched: found.flatMap(({ untouched }) => untouched),
  };
}

/**
 * The drop of an object that the model does not have: done when the object is managed, left alone otherwise (design D8). What
 * loses data is asked about first, and all that was registered where the options register nothing any more: that may be another
 * options file.
 */
export function dropWhenManaged(
  context: DiffContext,
  ref: ObjectRef,
  operation: Operation,
): DiffPart {
  const owner = context.memory.of(ref);
  if (owner.state === 'managed') {
    const isAsked =
      (ASKED_KINDS.has(operation.kind) && isDestructive(operation)) ||
      (!context.registersObjects && isRegistered(ref, owner.entity));
    return isAsked ? askToDrop(context, ref, operation) : operationsPart(operation);
  }
  return { ...NO_DIFFERENCE, untouched: [{ ...ref, state: owner.state }] };
}

/** Drops that lose what no other drop asks about: the number of a sequence, the tables of an extension. */
const ASKED_KINDS: ReadonlySet<Operation['kind']> = new Set(['dropSequence', 'dropExtension']);

const REGISTRABLE_KINDS: ReadonlySet<ObjectRef['kind']> = new Set([
  'view',
  'routine',
  'trigger',
  'policy',
  'domain',
  'enum',
]);

const isRegistered = ({ kind }: ObjectRef, mark: string): boolean =>
  REGISTRABLE_KINDS.has(kind) && isRegisteredMark(mark);

function askToDrop(context: DiffContext, ref: ObjectRef, operation: Operation): DiffPart {
  const name = displayName({ schema: ref.schema, name: ref.name });
  const place =
    ref.table === undefined ? name : `${displayName({ ...ref, name: ref.table })}.${ref.name}`;
  return askFirst(context, {
    id: `drop-${ref.kind}:${place}`,
    text: `${ref.kind} ${place} is no longer in the option "objects", nor in the models. Allow its drop with --allow-destructive, or register it again.`,
    operation,
    allow: { answer: 'drop', text: 'drop it' },
  });
}

/** An operation that can lose data. */
export interface Gamble extends Pick<Question, 'id' | 'text'> {
  readonly operation: Operation;
  /** The answer that allows it, and what it means. */
  readonly allow: Choice;
  /** What can be done instead. @default nothing */
  readonly instead?: readonly { readonly choice: Choice; make(answer: string): Operation }[];
}

/**
 * Asks before an operation that can lose data (design D9): it is done when an answer or `--allow-destructive` says so, left out
 * when the answer is to keep things as they are.
 * @throws MigrationError E7040 for an answer that is none
 */
export function askFirst(
  { decisions }: DiffContext,
  { id, text, operation, allow, instead = [] }: Gamble,
): DiffPart {
  const choices = [
    { ...allow, loses: true } as const,
    ...instead.map(({ choice }) => choice),
    LEAVE,
  ];
  const question = { id, kind: 'destructive', text, choices, operation } as const;
  const asked = decide(question, decisions);
  const { answer = decisions.allowDestructive ? allow.answer : undefined } = asked;
  if (answer === undefined) {
    return { ...operationsPart(...(decisions.listAll ? [operation] : [])), questions: [asked] };
  }
  const other = instead.find(({ choice }) => answer.startsWith(choice.answer));
  const done = answer === allow.answer ? operation : other?.make(answer);
  return { ...operationsPart(...(done ? [done] : [])), questions: [{ ...asked, answer }] };
}

const LEAVE: Choice = { answer: KEEP, text: 'leave it as it is, and ask again the next time' };

/** True while a question of a rename is open that an object may be the answer to. */
export function isUndecided(
  { undecided, decisions }: DiffContext,
  owner: ObjectName,
  part?: string,
): boolean {
  const isShown = decisions.allowDestructive || decisions.listAll;
  return !isShown && undecided.has(undecidedKey(owner, part));
}
