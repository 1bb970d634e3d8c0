import type { Operation } from '../operations/operation.js';
import { applyOperation } from '../operations/operation-definitions.js';
import type { SchemaModel } from '../schema/schema-model.js';
import type { DiffDialect } from './diff-part.js';
import { withTextsRenamed } from './rename-in-texts.js';
import { type FoundRenames, joinRenames, NO_RENAMES, type RenameSearch } from './rename-search.js';
import { renamedColumns } from './renamed-columns.js';
import { renamedEnums } from './renamed-enums.js';
import { renamedLabels } from './renamed-labels.js';
import { renamedTables } from './renamed-tables.js';
import { refuseStrayColumns } from './said-columns.js';

/** Renames that are certain, the current model after them, and those to ask about. */
export interface Renames extends FoundRenames {
  readonly current: SchemaModel;
}

/**
 * Finds the renames (design D9): certain because the log remembers which entity and property a table and a column came from, or
 * because the entity or a person says so, or answered; what looks like one is asked. Tables first, then columns, then the enums of
 * renamed columns, then labels.
 * @throws MigrationError E7040 for an answer, E7041 for a stated rename that does not fit
 */
export function findRenames(search: Omit<RenameSearch, 'sofar'>): Renames {
  const { dialect, current } = search;
  const steps = [renamedTables, columnsOf, renamedEnums, renamedLabels];
  return steps.reduce<Renames>(
    (sofar, step) => {
      const found = step({ ...search, current: sofar.current, sofar: sofar.operations });
      return {
        ...joinRenames([sofar, found]),
        current: found.operations.reduce(
          (model, operation) => afterRename(model, operation, dialect),
          sofar.current,
        ),
      };
    },
    { ...NO_RENAMES, current },
  );
}

function columnsOf(search: RenameSearch): FoundRenames {
  refuseStrayColumns(search);
  return renamedColumns(search);
}

function afterRename(model: SchemaModel, operation: Operation, dialect: DiffDialect): SchemaModel {
  return withTextsRenamed(applyOperation(operation, model), operation, dialect);
}
