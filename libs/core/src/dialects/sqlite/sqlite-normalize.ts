import { mapChanged } from '../../schema/map-changed.js';
import { nameKey } from '../../schema/object-name.js';
import type { Column, Index, SchemaModel, Table } from '../../schema/schema-model.js';
import { counterpartTables } from '../common/canonical-counterparts.js';
import type { Probe, Speller } from '../common/canonical-slots.js';
import { spellTarget } from '../common/canonical-slots.js';
import type { Connection } from '../common/connection.js';
import type { CanonicalModels } from '../common/dialect.js';
import { formOf, formOfDefault } from './sqlite-same-text.js';
import { isSameName } from './sqlite-tokens.js';
import { canonicalType } from './sqlite-types.js';

/**
 * Spells the target as the current side does wherever both mean the same: see `Dialect.canonicalize`. Nobody has to be asked, since
 * SQLite keeps texts as they were written.
 */
export async function canonicalizeSqlite(
  _connection: Connection,
  models: { readonly current: SchemaModel; readonly target: SchemaModel },
): Promise<CanonicalModels> {
  const target = asSqliteHasIt(models);
  return {
    current: models.current,
    target: spellTarget({ current: models.current, target }, spelling(formsOnce())),
    unverified: false,
  };
}

const spelling =
  (formIn: (probe: Probe) => string): Speller =>
  ({ probe, counterparts }) => {
    if (saysNothing(probe)) return null;
    const form = formIn(probe);
    return counterparts.find((text) => formIn({ ...probe, text }) === form) ?? probe.text;
  };

/** The forms of texts, each found once: the tables of a schema say much alike. */
function formsOnce(): (probe: Probe) => string {
  const forms = new Map<string, string>();
  return (probe) => {
    const key = `${probe.kind} ${probe.text}`;
    const known = forms.get(key);
    if (known !== undefined) return known;
    const form = formOfProbe(probe);
    forms.set(key, form);
    return form;
  };
}

/** What a column has anyway. */
const saysNothing = ({ kind, text }: Probe): boolean =>
  (kind === 'default' && formOf(text) === 'null') ||
  (kind === 'collation' && /^binary$/i.test(text));

function formOfProbe({ kind, text }: Probe): string {
  switch (kind) {
    case 'type':
      return canonicalType(text);
    case 'collation':
      return text.toLowerCase();
    case 'default':
      return formOfDefault(text);
    default:
      return formOf(text);
  }
}

/** The target without what SQLite does not have, or has in every case. */
function asSqliteHasIt({
  current,
  target,
}: Pick<CanonicalModels, 'current' | 'target'>): SchemaModel {
  const before = counterpartTables(current.tables, target.tables);
  return {
    ...target,
    tables: mapChanged(target.tables, (table) => tableAsKept(table, before.get(nameKey(table)))),
    views: mapChanged(target.views, silent),
  };
}

function tableAsKept(table: Table, before: Table | undefined): Table {
  const { primaryKey } = table;
  return {
    ...silent(table),
    columns: mapChanged(table.columns, (column) => columnAsKept(silent(column), table, before)),
    ...(primaryKey && { primaryKey: silent(primaryKey) }),
    foreignKeys: mapChanged(table.foreignKeys, silent),
    uniques: mapChanged(table.uniques, silent),
    checks: mapChanged(table.checks, silent),
    indexes: mapChanged(table.indexes, (index) => {
      const isNew = !before?.indexes.some(({ name }) => name === index.name);
      return isNew ? silent(index) : withoutOwnCollations(silent(index), table);
    }),
  };
}

/** A part of an index that names the collation of its column says nothing more than the column. */
function withoutOwnCollations(index: Index, { columns }: Table): Index {
  if (index.elements.every(({ collation }) => collation === undefined)) return index;
  const collationOf = (name: string | undefined): string =>
    columns.find((column) => column.name === name)?.collation ?? 'BINARY';
  return {
    ...index,
    elements: index.elements.map((element) => {
      const { collation, ...rest } = element;
      const isOwn = element.column !== undefined && collation !== undefined;
      return isOwn && isSameName(collation, collationOf(element.column)) ? rest : element;
    }),
  };
}

/** There are no comments. */
function silent<T extends { readonly comment?: string }>(given: T): T {
  if (given.comment === undefined) return given;
  const { comment: _, ...part } = given;
  return part as unknown as T;
}

/** An integer key counts by itself without AUTOINCREMENT too, which only keeps numbers from being given again (LITE-4). */
function columnAsKept(column: Column, table: Table, before: Table | undefined): Column {
  if (!column.autoIncrement) return column;
  const there = before?.columns.find(({ name }) => name === column.name);
  if (there === undefined || there.autoIncrement) return column;
  const isKeyOf = (owner: Table | undefined): boolean =>
    owner?.primaryKey?.columns.length === 1 && owner.primaryKey.columns[0] === column.name;
  if (!/^integer$/i.test(there.type) || !isKeyOf(before) || !isKeyOf(table)) return column;
  const { autoIncrement: _, ...rest } = column;
  return rest;
}
