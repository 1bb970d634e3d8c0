import type { ObjectName } from '../../schema/object-name.js';
import { nameKey } from '../../schema/object-name.js';
import type { SchemaModel, Table, View } from '../../schema/schema-model.js';
import { routineKey } from '../../schema/signature.js';
import type { FilteredKind, FilteredObject, IncludeObject, ParentNames } from './filter-types.js';
import { inSchema, inTable, ofTable } from './parent-names.js';

/** The two sides of something. */
export interface Sides<T> {
  readonly current: T;
  readonly target: T;
}

/** Both models without the objects that are left out, and without their parts. */
export function withIncludedObjects(
  { current, target }: Sides<SchemaModel>,
  includes: IncludeObject,
): Sides<SchemaModel> {
  const lists = new IncludedLists(current, target, includes);
  lists.keep('enums', { kind: 'enum', keyOf: nameKey, parentsOf: inSchema });
  lists.keep('sequences', { kind: 'sequence', keyOf: nameKey, parentsOf: inSchema });
  lists.keep('extensions', { kind: 'extension', keyOf: byName, parentsOf: () => ({}) });
  lists.keep('domains', { kind: 'domain', keyOf: nameKey, parentsOf: inSchema });
  lists.keep('routines', { kind: 'routine', keyOf: routineKey, parentsOf: inSchema });
  lists.keep('partitions', { kind: 'partition', keyOf: nameKey, parentsOf: inSchema });
  lists.keep('tables', { kind: 'table', keyOf: nameKey, parentsOf: ofTable });
  lists.keep('views', { kind: 'view', keyOf: nameKey, parentsOf: ofTable });
  return partsOfAll(lists.sides(), includes);
}

/** What is common to all members of a list. */
interface ListRule<T> {
  readonly kind: FilteredKind;
  /** Undefined for a member without a name: it has no counterpart. */
  keyOf(member: T): string | undefined;
  parentsOf(member: T): ParentNames;
}

const byName = ({ name }: { readonly name?: string }): string | undefined => name;

type Lists = Readonly<Record<string, unknown>>;

/** The lists of two models, or of two states of one table, as the filter leaves them. An absent list stays absent. */
class IncludedLists<O extends object> {
  readonly #current: Record<string, unknown>;
  readonly #target: Record<string, unknown>;

  constructor(
    current: O,
    target: O,
    private readonly includes: IncludeObject,
  ) {
    this.#current = { ...current } as Record<string, unknown>;
    this.#target = { ...target } as Record<string, unknown>;
  }

  keep<L extends keyof O & string>(
    list: L,
    rule: ListRule<Extract<NonNullable<O[L]>, readonly unknown[]>[number]>,
  ): void {
    type Member = Parameters<typeof rule.keyOf>[0];
    const of = (lists: Lists) => lists[list] as readonly Member[] | undefined;
    const [before, wanted] = [of(this.#current), of(this.#target)];
    const kept = filterPair(
      { current: before ?? [], target: wanted ?? [] },
      rule as ListRule<unknown>,
      this.includes,
    );
    if (before) this.#current[list] = kept.current;
    if (wanted) this.#target[list] = kept.target;
  }

  sides(): Sides<O> {
    return { current: this.#current as O, target: this.#target as O };
  }
}

function filterPair(
  { current, target }: Sides<readonly unknown[]>,
  { kind, keyOf, parentsOf }: ListRule<unknown>,
  includes: IncludeObject,
): Sides<readonly unknown[]> {
  const present = new Map(current.map((member) => [keyOf(member) ?? member, member]));
  const out = new Set<unknown>();
  const asked = new Set<unknown>();
  const ask = (member: unknown, reflected: boolean, compareTo?: unknown): void => {
    const object = member as FilteredObject;
    const name = object.name ?? null;
    const other = compareTo as FilteredObject | undefined;
    if (includes(object, name, kind, reflected, other, parentsOf(member))) return;
    out.add(member);
    if (compareTo !== undefined) out.add(compareTo);
  };
  for (const member of target) {
    const before = present.get(keyOf(member) ?? member);
    asked.add(before);
    ask(member, false, before);
  }
  for (const member of current) if (!asked.has(member)) ask(member, true);
  const isIn = (member: unknown): boolean => !out.has(member);
  return { current: current.filter(isIn), target: target.filter(isIn) };
}

/** The parts of tables and views on both sides, and the indexes of new tables. */
function partsOfAll(
  { current, target }: Sides<SchemaModel>,
  includes: IncludeObject,
): Sides<SchemaModel> {
  const tables = partsOfEach({ current: current.tables, target: target.tables }, (table, before) =>
    tableParts({ current: before ?? bare(table), target: table }, includes),
  );
  const views = partsOfEach({ current: current.views, target: target.views }, (view, before) =>
    viewParts({ current: before ?? bareView(view), target: view }, includes),
  );
  return {
    current: { ...current, tables: tables.current, views: views.current },
    target: { ...target, tables: tables.target, views: views.target },
  };
}

function partsOfEach<T extends ObjectName>(
  { current, target }: Sides<readonly T[]>,
  filter: (target: T, current: T | undefined) => Sides<T>,
): Sides<readonly T[]> {
  const present = new Map(current.map((object) => [nameKey(object), object]));
  const filtered = new Map<string, T>();
  const wanted = target.map((object) => {
    const key = nameKey(object);
    const sides = filter(object, present.get(key));
    filtered.set(key, sides.current);
    return sides.target;
  });
  return {
    current: current.map((object) => filtered.get(nameKey(object)) ?? object),
    target: wanted,
  };
}

/** The other side of a new table: nothing that a part could be compared to, and every part that goes with the table itself. */
function bare(table: Table): Table {
  const { schema, name } = table;
  const none = { foreignKeys: [], uniques: [], checks: [], exclusions: [], indexes: [] };
  return { schema, name, columns: NEW, ...none };
}

const NEW: readonly never[] = [];

const bareView = ({ triggers: _triggers, ...view }: View): View => ({ ...view, indexes: [] });

function tableParts(pair: Sides<Table>, includes: IncludeObject): Sides<Table> {
  const lists = new IncludedLists<Table>(pair.current, pair.target, includes);
  const parents = inTable(pair.target);
  const rule = <K extends FilteredKind>(kind: K) => ({
    kind,
    keyOf: byName,
    parentsOf: () => parents,
  });
  lists.keep('indexes', rule('index'));
  if (pair.current.columns === NEW) return lists.sides();
  lists.keep('columns', rule('column'));
  lists.keep('foreignKeys', rule('foreignKey'));
  lists.keep('uniques', rule('unique'));
  lists.keep('checks', rule('check'));
  lists.keep('exclusions', rule('exclusion'));
  lists.keep('policies', rule('policy'));
  lists.keep('triggers', rule('trigger'));
  return lists.sides();
}

function viewParts(pair: Sides<View>, includes: IncludeObject): Sides<View> {
  const lists = new IncludedLists<View>(pair.current, pair.target, includes);
  const parents = inTable(pair.target);
  lists.keep('indexes', { kind: 'index', keyOf: byName, parentsOf: () => parents });
  lists.keep('triggers', { kind: 'trigger', keyOf: byName, parentsOf: () => parents });
  return lists.sides();
}
