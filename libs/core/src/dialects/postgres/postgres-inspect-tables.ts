import type { ObjectName } from '../../schema/object-name.js';
import { columnCommentsOf } from '../../operations/comment-operations.js';
import type { Column, Index, Table, View } from '../../schema/schema-model.js';
import type { NameRow, TableRow, ViewRow } from './postgres-catalog-rows.js';
import type { TableConstraints } from './postgres-inspect-constraints.js';
import type { OwnedParts } from './postgres-inspect-owned.js';

/** The parts of tables and views, by their id. */
export interface TableParts {
  readonly nameOf: (row: NameRow) => ObjectName;
  readonly columns: ReadonlyMap<string, readonly Column[]>;
  readonly constraints: ReadonlyMap<string, TableConstraints>;
  readonly indexes: ReadonlyMap<string, readonly Index[]>;
  readonly owned: (id: string) => OwnedParts;
}

const NO_CONSTRAINTS: TableConstraints = Object.freeze({
  foreignKeys: [],
  uniques: [],
  checks: [],
  exclusions: [],
});

/** The tables with their parts. */
export function tablesOf(rows: readonly TableRow[], parts: TableParts): Table[] {
  return rows.map((row) => tableOf(row, parts));
}

function tableOf(row: TableRow, parts: TableParts): Table {
  const { schema, name } = parts.nameOf(row);
  const constraints = parts.constraints.get(row.id) ?? NO_CONSTRAINTS;
  const { primaryKey, foreignKeys, uniques, checks, exclusions } = constraints;
  return {
    schema,
    name,
    columns: parts.columns.get(row.id) ?? [],
    ...(primaryKey && { primaryKey }),
    foreignKeys,
    uniques,
    checks,
    exclusions,
    indexes: parts.indexes.get(row.id) ?? [],
    ...(row.comment !== null && { comment: row.comment }),
    ...parts.owned(row.id),
    ...(row.unlogged && { unlogged: true }),
    ...(row.storage !== null && { storage: row.storage }),
    ...(row.tablespace !== null && { tablespace: row.tablespace }),
  };
}

/** The views; the query is without its semicolon. */
export function viewsOf(rows: readonly ViewRow[], parts: TableParts): View[] {
  return rows.map((row) => ({
    ...parts.nameOf(row),
    definition: viewBody(row.definition),
    materialized: row.materialized,
    dependsOn: (row.dependsOn ?? []).map(parts.nameOf),
    ...(row.reads && {
      reads: row.reads.map(({ column, ...name }) => ({ table: parts.nameOf(name), column })),
    }),
    indexes: parts.indexes.get(row.id) ?? [],
    ...viewOptions(row),
    ...(!row.populated && { withNoData: true }),
    ...(row.comment !== null && { comment: row.comment }),
    ...(row.columnComments && { columnComments: columnCommentsOf(row.columnComments) }),
    ...triggersOf(parts.owned(row.id)),
  }));
}

function triggersOf({ triggers }: OwnedParts): Pick<View, 'triggers'> {
  return triggers ? { triggers } : {};
}

/** The options of a view each have a place of their own; those of a materialized view are storage parameters. */
function viewOptions({ materialized, options }: ViewRow): Partial<View> {
  if (!options) return {};
  if (materialized) return { storage: options };
  const value = (name: string): string | undefined =>
    options.find((option) => option.startsWith(`${name}=`))?.slice(name.length + 1);
  const isOn = (name: string): boolean => ['true', 'on', '1', 'yes'].includes(value(name) ?? '');
  const checkOption = value('check_option');
  return {
    ...(isOn('security_invoker') && { securityInvoker: true }),
    ...(isOn('security_barrier') && { securityBarrier: true }),
    ...((checkOption === 'local' || checkOption === 'cascaded') && { checkOption }),
  };
}

/** The query of a view as `pg_get_viewdef` gives it, without the semicolon and the blank before it. */
export function viewBody(definition: string): string {
  return definition.trim().replace(/;$/, '');
}
