import type { Table, View } from '@nest-alembic/core';
import type { Drawing } from './draw.js';
import { below, numberOf, oneOf, sometimes } from './draw.js';

/** Views of tables, and of other views. */
export function drawViews(drawing: Drawing, tables: readonly Table[]): readonly View[] {
  const { g, names, drawn } = drawing;
  const { quoting } = drawn.tested.dialect;
  if (tables.length === 0 || !sometimes(g, 40)) return [];
  const view = drawView(drawing, oneOf(g, tables));
  if (!sometimes(g, 30)) return [view];
  const above: View = {
    schema: null,
    name: `view ${names.next(g)}`,
    definition: `SELECT count(*) AS n FROM ${quoting.identifier(view.name)}`,
    materialized: false,
    dependsOn: [{ schema: null, name: view.name }],
    indexes: [],
  };
  return [view, above];
}

function drawView({ g, names, drawn }: Drawing, table: Table): View {
  const { quoting, capabilities } = drawn.tested.dialect;
  const shown = table.columns.slice(0, 3);
  const columns = shown.map(({ name }) => quoting.identifier(name)).join(', ');
  const condition = sometimes(g, 30) ? ` WHERE 1 < ${2 + below(g, 3)}` : '';
  const materialized = capabilities.materializedViews && sometimes(g, 20);
  const key = shown.find(({ type }) => drawn.keyTypes.has(type));
  const name = `view ${names.next(g)}`;
  return {
    schema: null,
    name,
    definition: `SELECT ${columns} FROM ${quoting.qualified(table)}${condition}`,
    materialized,
    dependsOn: [],
    indexes:
      materialized && key
        ? [{ name: `ix_${numberOf(name)}`, unique: false, elements: [{ column: key.name }] }]
        : [],
  };
}

/** Views without those of a table, and without those above them. */
export function withoutViewsOn(
  { drawn }: Drawing,
  views: readonly View[],
  table: Table,
): readonly View[] {
  const { quoting } = drawn.tested.dialect;
  const isOn = (source: string, { definition }: View): boolean =>
    definition.includes(` FROM ${source}`);
  const source = quoting.qualified(table);
  const gone = views.filter((view) => isOn(source, view)).map((view) => quoting.qualified(view));
  return views.filter(
    (view) => !gone.includes(quoting.qualified(view)) && !gone.some((name) => isOn(name, view)),
  );
}
