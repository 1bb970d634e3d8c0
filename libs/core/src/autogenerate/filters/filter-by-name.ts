import type { ObjectName } from '../../schema/object-name.js';
import type { SchemaModel, Table, View } from '../../schema/schema-model.js';
import type { FilteredKind, IncludeName, ParentNames } from './filter-types.js';
import { inSchema, inTable, ofTable } from './parent-names.js';

/** The schema of the database without the names that are left out, and without their parts. */
export function withIncludedNames(model: SchemaModel, includes: IncludeName): SchemaModel {
  const names = new Names(includes);
  const { extensions, domains, routines, partitions } = model;
  return {
    ...model,
    enums: names.objects('enum', model.enums),
    sequences: names.objects('sequence', model.sequences),
    tables: names.keep('table', model.tables, ofTable).map((table) => tableParts(table, names)),
    views: names.keep('view', model.views, ofTable).map((view) => viewParts(view, names)),
    ...(extensions && { extensions: names.keep('extension', extensions, () => ({})) }),
    ...(domains && { domains: names.objects('domain', domains) }),
    ...(routines && { routines: names.objects('routine', routines) }),
    ...(partitions && { partitions: names.objects('partition', partitions) }),
  };
}

function tableParts(table: Table, names: Names): Table {
  const keep = names.parts(table);
  const { policies, triggers } = table;
  return {
    ...table,
    columns: keep('column', table.columns),
    foreignKeys: keep('foreignKey', table.foreignKeys),
    uniques: keep('unique', table.uniques),
    checks: keep('check', table.checks),
    exclusions: keep('exclusion', table.exclusions),
    indexes: keep('index', table.indexes),
    ...(policies && { policies: keep('policy', policies) }),
    ...(triggers && { triggers: keep('trigger', triggers) }),
  };
}

function viewParts(view: View, names: Names): View {
  const keep = names.parts(view);
  const { triggers } = view;
  return {
    ...view,
    indexes: keep('index', view.indexes),
    ...(triggers && { triggers: keep('trigger', triggers) }),
  };
}

class Names {
  constructor(private readonly includes: IncludeName) {}

  keep<T extends { readonly name?: string }>(
    kind: FilteredKind,
    objects: readonly T[],
    parentsOf: (object: T) => ParentNames,
  ): readonly T[] {
    const { includes } = this;
    return objects.filter((object) => includes(object.name ?? null, kind, parentsOf(object)));
  }

  objects<T extends ObjectName>(kind: FilteredKind, objects: readonly T[]): readonly T[] {
    return this.keep(kind, objects, inSchema);
  }

  parts(owner: ObjectName) {
    const parents = inTable(owner);
    return <T extends { readonly name?: string }>(kind: FilteredKind, parts: readonly T[]) =>
      this.keep(kind, parts, () => parents);
  }
}
