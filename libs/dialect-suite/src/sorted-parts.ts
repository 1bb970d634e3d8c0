import type { SchemaModel, Table } from '@nest-alembic/core';

/** The model without the order of parts within a table or domain: no server can put a part back between others. */
export function withSortedParts(model: SchemaModel): SchemaModel {
  const byText = <T>(parts: readonly T[]): readonly T[] =>
    [...parts].sort((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1));
  const inTable = (table: Table): Table => ({
    ...table,
    columns: byText(table.columns),
    foreignKeys: byText(table.foreignKeys),
    uniques: byText(table.uniques),
    checks: byText(table.checks),
    exclusions: byText(table.exclusions),
    indexes: byText(table.indexes),
  });
  const { domains } = model;
  return {
    ...model,
    tables: byText(model.tables.map(inTable)),
    ...(domains && {
      domains: domains.map((domain) => ({ ...domain, checks: byText(domain.checks) })),
    }),
  };
}
