import { type DiffInput, diffSchema } from '../../autogenerate/diff-schema.js';
import type { SchemaDiff } from '../../autogenerate/schema-diff.js';
import { describeOperation } from '../../operations/operation-definitions.js';
import { nameKey } from '../../schema/object-name.js';
import type { SchemaModel } from '../../schema/schema-model.js';

/**
 * The difference with the operations that hang on texts which nobody could be asked about: those that are not in the difference to
 * a model where such texts mean what the database has. Pure.
 * @param alike see `CanonicalModels.alike`; absent where all could be asked about
 */
export function withDoubts(
  diff: SchemaDiff,
  input: DiffInput,
  alike: SchemaModel | undefined,
): SchemaDiff {
  if (alike === undefined) return diff;
  const target = { ...input.target, ...partsOf(input.target, alike) };
  const certain = new Set(diffSchema({ ...input, target }).operations.map(describeOperation));
  const doubtful = diff.operations.filter((one) => !certain.has(describeOperation(one)));
  return { ...diff, doubtful };
}

/** The tables and views of the target, as the other model has them: filters may have left some out. */
function partsOf(target: SchemaModel, alike: SchemaModel): Pick<SchemaModel, 'tables' | 'views'> {
  const tables = new Map(alike.tables.map((table) => [nameKey(table), table]));
  const views = new Map(alike.views.map((view) => [nameKey(view), view]));
  return {
    tables: target.tables.map((table) => tables.get(nameKey(table)) ?? table),
    views: target.views.map((view) => views.get(nameKey(view)) ?? view),
  };
}
