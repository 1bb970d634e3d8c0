import { mapChanged } from '../../schema/map-changed.js';
import { nameKey } from '../../schema/object-name.js';
import type { ObjectName } from '../../schema/object-name.js';
import type { Column, SchemaModel } from '../../schema/schema-model.js';
import { counterpartTables } from './canonical-counterparts.js';
import { spellTable, spellView } from './canonical-parts.js';

/** A table whose columns an expression may use. */
export interface ProbeTable extends ObjectName {
  /** Absent where the model does not know them: then the object exists in the database. */
  readonly columns?: readonly Column[];
}

/** A text, and what the server must know to spell it. */
export type Probe =
  | { readonly kind: 'type' | 'view'; readonly text: string }
  | { readonly kind: 'collation'; readonly text: string; readonly type: string }
  | {
      readonly kind: 'default';
      readonly text: string;
      readonly type: string;
      readonly collation?: string;
    }
  | {
      readonly kind: 'generated';
      readonly text: string;
      readonly type: string;
      readonly table: ProbeTable;
    }
  | {
      readonly kind: 'check' | 'predicate' | 'element' | 'exclusion';
      readonly text: string;
      readonly table: ProbeTable;
    };

/** A text of the target that differs from each of the texts in the current model that it could mean the same as. */
export interface Slot {
  /** The same for the same place of the model. */
  readonly id: string;
  readonly probe: Probe;
  readonly counterparts: readonly string[];
  /** Of a default: the type of the column that each counterpart is of. */
  readonly currentTypes?: readonly string[];
}

/** Both sides of a comparison. */
export interface Models {
  readonly current: SchemaModel;
  readonly target: SchemaModel;
}

/** What stands in a slot: a text, or null where the server stores nothing (the default NULL). */
export type Speller = (slot: Slot) => string | null;

/** The slots of a target, in a fixed order. None when every text equals its counterpart. Pure. */
export function collectSlots(models: Models): readonly Slot[] {
  const slots: Slot[] = [];
  spellTarget(models, (slot) => {
    slots.push(slot);
    return slot.probe.text;
  });
  return slots;
}

/** The target with the text of each slot replaced. An object without a counterpart is new and has no slots. Pure. */
export function spellTarget(models: Models, spell: Speller): SchemaModel {
  const { current, target } = models;
  const tables = counterpartTables(current.tables, target.tables);
  const views = new Map(current.views.map((view) => [nameKey(view), view]));
  return {
    ...target,
    tables: mapChanged(target.tables, (table) => {
      const before = tables.get(nameKey(table));
      return before ? spellTable({ current: before, target: table }, spell) : table;
    }),
    views: mapChanged(target.views, (view) => {
      const before = views.get(nameKey(view));
      return before ? spellView({ current: before, target: view }, spell) : view;
    }),
  };
}

/** What a text is taken for where nobody could be asked and it is to be no difference. Pure. */
export const alikeText = ({ counterparts, probe }: Slot): string => counterparts[0] ?? probe.text;
