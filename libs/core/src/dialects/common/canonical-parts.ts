import type {
  CheckConstraint,
  Column,
  ExclusionConstraint,
  Index,
  IndexElement,
  Table,
  View,
} from '../../schema/schema-model.js';
import { mapChanged } from '../../schema/map-changed.js';
import { KEY_SEPARATOR, nameKey } from '../../schema/object-name.js';
import { counterpartsByName } from './canonical-counterparts.js';
import type { Probe, ProbeTable, Speller } from './canonical-slots.js';

/** The states of one object on both sides. */
export interface Pair<T> {
  readonly current: T;
  readonly target: T;
}

/** The target's table with its texts spelled. */
export function spellTable({ current, target }: Pair<Table>, spell: Speller): Table {
  const context: Context = { table: target, spell };
  return withParts(target, {
    columns: spellColumns({ current: current.columns, target: target.columns }, context),
    checks: spellEach({ current: current.checks, target: target.checks }, (check, before, at) =>
      spellCheck(check, { before, at }, context),
    ),
    exclusions: spellEach(
      { current: current.exclusions, target: target.exclusions },
      (exclusion, before, at) => spellExclusion(exclusion, { before, at }, context),
    ),
    indexes: spellIndexes({ current: current.indexes, target: target.indexes }, context),
  });
}

/** The target's view with its query and its indexes spelled. */
export function spellView({ current, target }: Pair<View>, spell: Speller): View {
  const context: Context = { table: { schema: target.schema, name: target.name }, spell };
  const probe: Probe = { kind: 'view', text: target.definition };
  const before = [current.definition];
  return withParts(target, {
    definition: spellText({ at: [], probe, before }, context) ?? target.definition,
    indexes: spellIndexes({ current: current.indexes, target: target.indexes }, context),
  });
}

/** The object with other parts; the object itself where all of them are what it has. */
function withParts<T extends object>(object: T, parts: Partial<T>): T {
  for (const name in parts) if (parts[name] !== object[name]) return { ...object, ...parts };
  return object;
}

interface Context {
  readonly table: ProbeTable;
  readonly spell: Speller;
}

/** Where in its table an object stands, and what it could have been before. */
interface Place<T> {
  readonly at: number;
  readonly before: readonly T[];
}

function spellEach<T extends { readonly name?: string }>(
  { current, target }: Pair<readonly T[]>,
  spellOne: (object: T, before: readonly T[], at: number) => T,
): readonly T[] {
  if (target.length === 0) return target;
  const counterpartsOf = counterpartsByName(current, target);
  return mapChanged(target, (object, at) => spellOne(object, counterpartsOf(object, at), at));
}

function spellColumns(pair: Pair<readonly Column[]>, context: Context): readonly Column[] {
  const isUnchanged = (column: Column, at: number): boolean => {
    const opposite = pair.current[at];
    return opposite?.name === column.name && hasSameTexts(column, opposite);
  };
  // Mostly nothing is to be asked about a table's columns.
  if (pair.target.every(isUnchanged)) return pair.target;
  return spellEach(pair, (column, before) =>
    before.length === 0 ? column : spellColumn(column, before, context),
  );
}

function spellColumn(column: Column, before: readonly Column[], context: Context): Column {
  if (before.some((other) => hasSameTexts(column, other))) return column;
  const { collation, default: value, ...rest } = column;
  const { type, generated } = column;
  const ask = (probe: Probe, of: (column: Column) => string | undefined) =>
    spellText(
      { at: [column.name], probe, before: texts(before, of), types: typesOf(before, of) },
      context,
    );
  const probes = columnProbes(column, context.table);
  const newCollation = probes.collation && ask(probes.collation, (c) => c.collation);
  const newDefault = probes.default && ask(probes.default, (c) => c.default);
  const expression = probes.generated && ask(probes.generated, (c) => c.generated?.expression);
  return {
    ...rest,
    type: ask({ kind: 'type', text: type }, (c) => c.type) ?? type,
    ...(newCollation != null && { collation: newCollation }),
    ...(newDefault != null && { default: newDefault }),
    ...(generated && expression != null && { generated: { ...generated, expression } }),
  };
}

/** No text of the column differs: nothing is to be asked. */
const hasSameTexts = (column: Column, other: Column): boolean =>
  column.type === other.type &&
  column.collation === other.collation &&
  column.default === other.default &&
  column.generated?.expression === other.generated?.expression;

/** The probes for what a column has besides its type. */
function columnProbes(column: Column, table: ProbeTable): Partial<Record<Probe['kind'], Probe>> {
  const { type, collation, generated } = column;
  return {
    ...(collation !== undefined && { collation: { kind: 'collation', text: collation, type } }),
    ...(column.default !== undefined && {
      default: {
        kind: 'default',
        text: column.default,
        type,
        ...(collation !== undefined && { collation }),
      },
    }),
    ...(generated && {
      generated: { kind: 'generated', text: generated.expression, type, table },
    }),
  };
}

function spellCheck(
  check: CheckConstraint,
  { at, before }: Place<CheckConstraint>,
  context: Context,
): CheckConstraint {
  const probe: Probe = { kind: 'check', text: check.expression, table: context.table };
  const place = { at: [at], probe, before: texts(before, ({ expression }) => expression) };
  return withParts(check, { expression: spellText(place, context) ?? check.expression });
}

function spellExclusion(
  exclusion: ExclusionConstraint,
  { at, before }: Place<ExclusionConstraint>,
  context: Context,
): ExclusionConstraint {
  const probe: Probe = { kind: 'exclusion', text: exclusion.definition, table: context.table };
  const place = { at: [at], probe, before: texts(before, ({ definition }) => definition) };
  return withParts(exclusion, { definition: spellText(place, context) ?? exclusion.definition });
}

function spellIndexes(pair: Pair<readonly Index[]>, context: Context): readonly Index[] {
  return spellEach(pair, (index, before, at) => {
    if (index.where === undefined && index.elements.every(isColumn)) return index;
    const where = spellPredicate(index, { before, at }, context);
    return withParts(index, {
      elements: spellElements(index, { before, at }, context),
      ...(where !== undefined && { where }),
    });
  });
}

const isColumn = ({ expression }: IndexElement): boolean => expression === undefined;

function spellPredicate(
  { where }: Index,
  { before, at }: Place<Index>,
  context: Context,
): string | undefined {
  if (where === undefined) return undefined;
  const probe: Probe = { kind: 'predicate', text: where, table: context.table };
  const place = { at: [at], probe, before: texts(before, (index) => index.where) };
  return spellText(place, context) ?? where;
}

function spellElements(
  { elements }: Index,
  { before, at }: Place<Index>,
  context: Context,
): readonly IndexElement[] {
  if (elements.every(isColumn)) return elements;
  const known = texts(
    before.flatMap((index) => index.elements),
    ({ expression }) => expression,
  );
  return mapChanged(elements, (element, position) => {
    if (element.expression === undefined) return element;
    const probe: Probe = { kind: 'element', text: element.expression, table: context.table };
    const expression = spellText({ at: [at, position], probe, before: known }, context);
    return withParts(element, { expression: expression ?? element.expression });
  });
}

interface Text {
  readonly at: readonly (string | number)[];
  readonly probe: Probe;
  readonly before: readonly string[];
  /** Of the columns that these are of. */
  readonly types?: readonly string[];
}

/**
 * A text without a counterpart is new, however it is spelled. Only defaults and collations have words for "none": NULL,
 * "default".
 */
function spellText(
  { at, probe, before, types: currentTypes }: Text,
  { table, spell }: Context,
): string | null {
  const isNew = before.length === 0 && probe.kind !== 'default' && probe.kind !== 'collation';
  if (isNew || before.includes(probe.text)) return probe.text;
  const id = [nameKey(table), probe.kind, ...at].join(KEY_SEPARATOR);
  return spell({
    id,
    probe,
    counterparts: before,
    ...(probe.kind === 'default' && currentTypes && { currentTypes }),
  });
}

const typesOf = (
  columns: readonly Column[],
  of: (column: Column) => string | undefined,
): readonly string[] =>
  columns.filter((column) => of(column) !== undefined).map(({ type }) => type);

function texts<T>(objects: readonly T[], of: (object: T) => string | undefined): string[] {
  return objects.flatMap((object) => of(object) ?? []);
}
