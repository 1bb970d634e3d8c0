import type { FromEntity, SchemaModel, Table } from '@nest-alembic/core';

/**
 * The model as if all of it came from entities, so that every object is managed (design D8): each table is of an entity
 * of its own, and each column of the property of its name, unless it says otherwise.
 */
export function withEntityMarks(model: SchemaModel): SchemaModel {
  const { extensions, domains, routines, partitions } = model;
  return {
    ...(extensions && { extensions: extensions.map((one) => marked(one, one.name)) }),
    ...(domains && { domains: domains.map((one) => marked(one, one.name)) }),
    ...(routines && { routines: routines.map((one) => marked(one, one.name)) }),
    ...(partitions && { partitions: partitions.map((one) => marked(one, one.name)) }),
    schemas: model.schemas,
    enums: model.enums.map((type) => marked(type, type.name)),
    sequences: model.sequences.map((sequence) => marked(sequence, sequence.name)),
    tables: model.tables.map(markedTable),
    views: model.views.map((view) => ({
      ...marked(view, view.name),
      indexes: view.indexes.map((index) => marked(index, view.name)),
      ...(view.triggers && { triggers: view.triggers.map((one) => marked(one, view.name)) }),
    })),
  };
}

function markedTable(table: Table): Table {
  const entity = table.entity ?? `Entity of ${table.name}`;
  const mark = <T extends FromEntity>(part: T): T => ({ ...part, entity });
  const { primaryKey } = table;
  return {
    ...mark(table),
    columns: table.columns.map((column) => ({
      ...mark(column),
      property: column.property ?? column.name,
    })),
    ...(primaryKey && { primaryKey: mark(primaryKey) }),
    foreignKeys: table.foreignKeys.map(mark),
    uniques: table.uniques.map(mark),
    checks: table.checks.map(mark),
    exclusions: table.exclusions.map(mark),
    indexes: table.indexes.map(mark),
    ...(table.policies && { policies: table.policies.map(mark) }),
    ...(table.triggers && { triggers: table.triggers.map(mark) }),
  };
}

function marked<T extends FromEntity>(object: T, name: string): T {
  return { entity: `Entity of ${name}`, ...object };
}
