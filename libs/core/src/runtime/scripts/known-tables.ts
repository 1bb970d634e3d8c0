import { applyOperation } from '../../operations/operation-definitions.js';
import { operationsIn } from '../../operations/batch-operations.js';
import type { Operation } from '../../operations/operation.js';
import { touchedObjects } from '../../operations/touched-objects.js';
import type { ObjectName } from '../../schema/object-name.js';
import { displayName, sameName } from '../../schema/object-name.js';
import { findTable } from '../../schema/schema-edit.js';
import { EMPTY_SCHEMA } from '../../schema/schema-model.js';
import type { SchemaModel, Table } from '../../schema/schema-model.js';

/**
 * The tables that a script makes, as far as its own operations say how they are: what it cannot follow, such as a table that SQL
 * of the user's own names, is not known any more.
 */
export class KnownTables {
  #model: SchemaModel = EMPTY_SCHEMA;

  /** The table as it stands after the operations so far; undefined where that is not known. */
  find(name: ObjectName): Table | undefined {
    return findTable(this.#model, name);
  }

  /** Follows an operation. */
  after(operation: Operation): void {
    if (operation.kind === 'execute') this.#forgetIn(operation.sql);
    else if (operation.kind === 'own') this.#forgetIn(JSON.stringify(operation.data));
    else this.#apply(operation);
  }

  #apply(operation: Operation): void {
    try {
      this.#model = applyOperation(operation, this.#model);
    } catch {
      // Of something that the script did not make, nothing is known, and so nothing goes on from it.
      this.#forgetTouched(operation);
    }
    for (const one of operationsIn(operation)) if (one.kind === 'renameColumn') this.#renamed(one);
  }

  /** Texts do not follow a rename here: a table with one that names the column is not known. */
  #renamed({ table, from }: { readonly table: ObjectName; readonly from: string }): void {
    const found = this.find(table);
    if (!found) return;
    const { checks, indexes, columns, triggers } = found;
    const texts = JSON.stringify([
      checks.map(({ expression }) => expression),
      indexes.map(({ where, elements }) => [where, elements.map(({ expression }) => expression)]),
      columns.map(({ generated }) => generated),
      triggers,
    ]);
    if (triggers?.length || texts.includes(from)) this.#forget((one) => sameName(one, table));
  }

  #forgetTouched(operation: Operation): void {
    const touched = touchedObjects(operation);
    this.#forget((table) => touched === undefined || touched.changed.has(displayName(table)));
  }

  #forgetIn(sql: string): void {
    if (changesRowsOnly(sql)) return;
    const text = sql.toLowerCase();
    this.#forget(({ name }) => text.includes(name.toLowerCase()));
  }

  #forget(isMeant: (table: Table) => boolean): void {
    const tables = this.#model.tables.filter((table) => !isMeant(table));
    this.#model = { ...this.#model, tables };
  }
}

/** A statement about rows, without a word that another one beside it would need to change a table. */
const changesRowsOnly = (sql: string): boolean =>
  /^\s*(?:insert|update|delete)\b/i.test(sql) && !/\b(?:alter|create|drop|pragma)\b/i.test(sql);
