import type { ObjectName } from '../schema/object-name.js';
import { missingObject, updateTable } from '../schema/schema-edit.js';
import type { Table } from '../schema/schema-model.js';
import { partName } from '../schema/table-edit.js';
import { call, schemaOption } from './call-arguments.js';
import { CONSTRAINT_WORDS } from './constraint-operations.js';
import type { Constraint } from './constraint-operations.js';
import { dropped as droppedEffect, partRef } from './effects.js';
import { ddl, defineOperation, harmless } from './operation-definition.js';
import { constraintCall } from './table-body-call.js';
import { definitionInWords, isUnnamed } from './unnamed-constraint.js';
import type { UnnamedConstraint } from './unnamed-constraint.js';
import { nameInWords } from './words.js';

/** Drops a constraint that has no name, which only databases have that keep the text of a table (SQLite). */
export interface DropUnnamedConstraint {
  readonly kind: 'dropUnnamedConstraint';
  readonly table: ObjectName;
  /** What it is; of two that are the same one goes. */
  readonly dropped: UnnamedConstraint;
}

const LISTS = {
  foreignKey: 'foreignKeys',
  unique: 'uniques',
  check: 'checks',
  exclusion: 'exclusions',
} as const satisfies Record<UnnamedConstraint['type'], keyof Table>;

/** Definition of {@link DropUnnamedConstraint}. */
export const dropUnnamedConstraint = defineOperation<DropUnnamedConstraint>({
  describe: ({ table, dropped }) =>
    `drop ${CONSTRAINT_WORDS[dropped.type]} without a name of ${nameInWords(table)}: ${definitionInWords(dropped)}`,
  reverse: ({ table, dropped }) => ({ kind: 'addConstraint', table, added: dropped }),
  apply: ({ table, dropped }, model) =>
    updateTable(model, table, (found) => withoutUnnamed(found, dropped)),
  toCall: ({ table, dropped }) =>
    call(
      'dropUnnamedConstraint',
      table.name,
      { code: 'tableBody', items: [constraintCall(dropped)] },
      schemaOption(table),
    ),
  effects: ({ table, dropped }) => [
    droppedEffect(partRef(dropped.type, table, definitionInWords(dropped))),
  ],
  transactionClass: ddl,
  isDestructive: harmless,
});

function withoutUnnamed(table: Table, { type, constraint }: UnnamedConstraint): Table {
  const words = definitionInWords({ type, constraint } as UnnamedConstraint);
  const list: readonly object[] = table[LISTS[type]];
  const says = (one: object): boolean => {
    const other = { type, constraint: one } as Constraint;
    return isUnnamed(other) && definitionInWords(other) === words;
  };
  const exactly = list.findLastIndex(
    (one) => says(one) && contentOf(one) === contentOf(constraint),
  );
  const at = exactly === -1 ? list.findLastIndex(says) : exactly;
  if (at === -1) throw missingObject(CONSTRAINT_WORDS[type], partName(table, words));
  return { ...table, [LISTS[type]]: list.toSpliced(at, 1) };
}

const contentOf = (constraint: object): string =>
  JSON.stringify(Object.entries(constraint).sort(([left], [right]) => (left < right ? -1 : 1)));
