import type { ObjectName } from './object-name.js';
import { sameName } from './object-name.js';
import type { ColumnName, SchemaModel, SequenceOwner } from './schema-model.js';

/** The model without the sequences that go with a table, or with one column of it. */
export function withoutOwnedSequences(
  model: SchemaModel,
  table: ObjectName,
  column?: string,
): SchemaModel {
  const goes = (owner: SequenceOwner | undefined): boolean =>
    owner !== undefined &&
    sameName(owner.table, table) &&
    (column === undefined || owner.column === column);
  const sequences = model.sequences.filter(({ ownedBy }) => !goes(ownedBy));
  return sequences.length === model.sequences.length ? model : { ...model, sequences };
}

/** The model with the owners of its sequences and what its views read changed, where a table or column is renamed. */
export function mapOwners(
  model: SchemaModel,
  change: (column: ColumnName) => ColumnName,
): SchemaModel {
  const { sequences, views } = model;
  return {
    ...model,
    ...(sequences.some(({ ownedBy }) => ownedBy) && {
      sequences: sequences.map((sequence) =>
        sequence.ownedBy ? { ...sequence, ownedBy: change(sequence.ownedBy) } : sequence,
      ),
    }),
    ...(views.some(({ reads }) => reads) && {
      views: views.map((view) => (view.reads ? { ...view, reads: view.reads.map(change) } : view)),
    }),
  };
}
