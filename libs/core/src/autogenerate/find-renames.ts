import type { Operation } from '../operations/operation.js';
import { applyOperation } from '../operations/operation-definitions.js';
import type { SchemaModel } from '../schema/schema-model.js';
import type { DiffDialect } from './diff-part.js';
import { withTextsRenamed } from './rename-in-texts.js';
import { type FoundRenames, NO_RENAMES, type RenameSearch } from './rename-search.js';
import { renamedColumns } from './renamed-columns.js';
import { renamedEnums } from './renamed-enums.js';
import { renamedTables } from './renamed-tables.js';

/** Renames that are certain, the current model after them, and those to ask about. */
export interface Renames extends FoundRenames {
  readonly current: SchemaModel;
}

/**
 * Finds the renames that are certain because the log remembers which entity and property a table and a column came from
 * (design D9): tables first, then columns, then the enums of renamed columns.
 */
export function findRenames(
  search: Pick<RenameSearch, 'current' | 'target' | 'memory'> & { readonly dialect: DiffDialect },
): Renames {
  const { dialect, current, target, memory } = search;
  const steps = [renamedTables, renamedColumns, renamedEnums];
  return steps.reduce<Renames>(
    (sofar, step) => {
      const found = step({ current: sofar.current, target, memory, sofar: sofar.operations });
      return {
        operations: [...sofar.operations, ...found.operations],
        questions: [...sofar.questions, ...found.questions],
        current: found.operations.reduce(
          (model, operation) => afterRename(model, operation, dialect),
          sofar.current,
        ),
      };
    },
    { ...NO_RENAMES, current },
  );
}

function afterRename(model: SchemaModel, operation: Operation, dialect: DiffDialect): SchemaModel {
  return withTextsRenamed(applyOperation(operation, model), operation, dialect);
}
