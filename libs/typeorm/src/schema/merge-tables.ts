import { type ForeignKey, type FromEntity, nameKey, type Table } from '@nest-alembic/core';
import { entityProblem } from './entity-problem.js';
import { mergeColumns } from './merge-columns.js';

/** A table and what it was made from. */
export interface MappedTable {
  readonly table: Table;
  /** Made for a many-to-many relation or a tree, not described by a class. */
  readonly isJunction: boolean;
}

/**
 * Brings together what several entities say about one table: entities of the same table must agree where they overlap;
 * beside an entity a join table of the same name only adds what the entity lacks, so that an entity may describe a join
 * table with columns of its own (diff corpus PG-R1). TypeORM would let each undo the other.
 *
 * @throws MigrationError E3015 where they contradict each other
 */
export function mergeTables(tables: readonly MappedTable[]): readonly Table[] {
  const groups = new Map<string, MappedTable[]>();
  for (const mapped of tables) {
    const key = nameKey(mapped.table);
    groups.set(key, [...(groups.get(key) ?? []), mapped]);
  }
  return [...groups.values()].map((group) => mergeGroup(group.sort(byWeight)));
}

/** Entities before join tables, the one that says most first: the result does not depend on the order of imports. */
function byWeight(left: MappedTable, right: MappedTable): number {
  return (
    Number(left.isJunction) - Number(right.isJunction) ||
    right.table.columns.length - left.table.columns.length ||
    ((left.table.entity ?? '') < (right.table.entity ?? '') ? -1 : 1)
  );
}

function mergeGroup(group: readonly MappedTable[]): Table {
  return group
    .map(({ table }) => table)
    .reduce((table, _, index) => mergeInto(table, group[index]));
}

function mergeInto(table: Table, added: MappedTable | undefined): Table {
  if (added === undefined) return table;
  const strict = !added.isJunction;
  const other = added.table;
  checkPrimaryKeys(table, added);
  const merge = <P extends FromEntity & { readonly name?: string }>(
    parts: readonly P[],
    more: readonly P[],
  ) => mergeParts({ table, strict }, parts, more);
  return {
    ...other,
    ...table,
    columns: mergeColumns(table.columns, other.columns, { strict }),
    foreignKeys: merge(table.foreignKeys, other.foreignKeys),
    uniques: merge(table.uniques, other.uniques),
    checks: merge(table.checks, other.checks),
    exclusions: merge(table.exclusions, other.exclusions),
    indexes: merge(table.indexes, other.indexes),
  };
}

function checkPrimaryKeys(table: Table, added: MappedTable): void {
  const keys = [table.primaryKey, added.table.primaryKey].map((key) => [...(key?.columns ?? [])]);
  const [first, second] = keys.map((columns) => JSON.stringify(columns.sort()));
  const isBesideEntity = added.isJunction && !table.entity?.includes('#');
  if (first === second || isBesideEntity) return;
  throw contradiction(table, added.table.entity, 'have different primary keys');
}

/**
 * Parts with the same name must be the same; a part of a join table is left out when the table has one of its shape:
 * the entity's own wins, with its `onDelete` and name.
 */
function mergeParts<P extends FromEntity & { readonly name?: string }>(
  { table, strict }: { readonly table: Table; readonly strict: boolean },
  parts: readonly P[],
  added: readonly P[],
): readonly P[] {
  const more = added.filter((part) => {
    if (!strict && parts.some((own) => shapeOf(own) === shapeOf(part))) return false;
    const namesake = parts.find((own) => own.name === part.name);
    if (namesake === undefined) return true;
    if (exactShape(namesake) === exactShape(part)) return false;
    throw contradiction(table, part.entity, `give the name "${part.name}" to different things`);
  });
  return [...parts, ...more];
}

const exactShape = (part: FromEntity): string => JSON.stringify({ ...part, entity: undefined });

/** What a part does, whatever it is called; for a foreign key only where it leads. */
function shapeOf(part: FromEntity & { readonly name?: string }): string {
  if (isForeignKey(part)) {
    return JSON.stringify([part.columns, part.referencedTable, part.referencedColumns]);
  }
  return JSON.stringify({ ...part, name: undefined, entity: undefined });
}

const isForeignKey = (part: object): part is ForeignKey => 'referencedTable' in part;

function contradiction(table: Table, entity: string | undefined, what: string): Error {
  return entityProblem({
    entity: entity ?? '',
    problem: `and entity "${table.entity}" are both stored in table "${table.name}", but ${what}`,
    advice: 'Make both say the same, or set synchronize: false on one of them.',
  });
}
