import type { Column, EnumType } from '@nest-alembic/core';
import type { Drawing } from './draw.js';
import { below, oneOf, sometimes } from './draw.js';
import type { DrawnDialect, TypeFamily } from './drawn-dialect.js';

/** The family of a type; of an enum, one with its labels. */
export function familyOf(
  { families }: DrawnDialect,
  type: string,
  enums: readonly EnumType[],
): TypeFamily {
  const known = families.find(({ types }) => types.includes(type));
  if (known) return known;
  const found = enums.find((one) => one.name === type);
  if (!found) throw new Error(`no family has ${type}`);
  const labels = found.labels.map((label) => `'${label.replaceAll("'", "''")}'`);
  return { types: [type], defaults: labels, value: (n) => labels[n % labels.length] ?? 'NULL' };
}

/** What a column knows of its place. */
export interface ColumnPlace {
  readonly enums: readonly EnumType[];
  /** The columns that are there before it. */
  readonly others: readonly Column[];
}

/** A column of any type, plain, generated or an identity. */
export function drawColumn(drawing: Drawing, { enums, others }: ColumnPlace): Column {
  const { g, names, drawn } = drawing;
  const name = names.next(g);
  const kind = below(g, 20);
  if (kind === 0 && hasIdentities(drawn) && !others.some(({ identity }) => identity)) {
    const generation = oneOf(g, ['always', 'by default'] as const);
    const type = oneOf(g, ['integer', 'bigint']);
    return { name, type, nullable: false, identity: { generation } };
  }
  const source = others.find(
    ({ type, generated, autoIncrement }) => type === drawn.integer && !generated && !autoIncrement,
  );
  if (kind === 1 && source) return drawGenerated(drawing, name, source);
  const type =
    kind === 2 && enums.length > 0
      ? oneOf(g, enums).name
      : oneOf(g, oneOf(g, drawn.families).types);
  const plain = { name, type, nullable: sometimes(g, 70), ...comment(drawing) };
  const column = withCollation(drawing, withDefault(drawing, plain, enums), enums);
  // One column of a table has to be seen.
  return others.some(({ invisible }) => !invisible) ? withExtras(drawing, column) : column;
}

const hasIdentities = ({ tested }: DrawnDialect): boolean =>
  tested.dialect.capabilities.identityColumns;

/** Reads another column. */
export function drawGenerated({ g, drawn }: Drawing, name: string, source: Column): Column {
  const expression = `${drawn.tested.dialect.quoting.identifier(source.name)} * ${2 + below(g, 3)}`;
  const stored = !drawn.hasVirtualColumns || sometimes(g, 50);
  return { name, type: drawn.integer, nullable: true, generated: { expression, stored } };
}

/** The column with another default, or without one. */
export function withDefault(
  { g, drawn }: Drawing,
  { default: _, onUpdate: __, ...column }: Column,
  enums: readonly EnumType[],
): Column {
  const { defaults } = familyOf(drawn, column.type, enums);
  if (defaults.length === 0 || !sometimes(g, 40)) return column;
  return { ...column, default: oneOf(g, defaults) };
}

/** The column with another collation, or without one. */
export function withCollation(
  { g, drawn }: Drawing,
  { collation: _, ...column }: Column,
  enums: readonly EnumType[],
): Column {
  const { collations = [] } = familyOf(drawn, column.type, enums);
  if (collations.length === 0 || !sometimes(g, 15)) return column;
  return { ...column, collation: oneOf(g, collations) };
}

function withExtras({ g, drawn }: Drawing, column: Column): Column {
  const extras = drawn.extras?.(column) ?? [];
  return extras.length > 0 && sometimes(g, 10) ? { ...column, ...oneOf(g, extras) } : column;
}

/** A comment, seldom. */
export function comment({ g, drawn }: Drawing): { readonly comment?: string } {
  if (!drawn.tested.dialect.capabilities.comments || !sometimes(g, 15)) return {};
  return { comment: oneOf(g, ['plain', "it's", 'two\nlines', '`${x}` */ --', '日本語', 'a\\b']) };
}
