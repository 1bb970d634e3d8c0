import type { StoredTable } from '../../common/table-rebuild.js';
import type { TableDefinition } from '../create-table/table-definition.js';

/** An index or trigger of a table, with the text that made it. */
export interface StoredPart {
  readonly name: string;
  readonly sql: string;
}

/** An SQLite table with all that `sqlite_schema` has of it. */
export interface SqliteStoredTable extends StoredTable {
  readonly definition: TableDefinition;
  /** Indexes that no constraint owns. */
  readonly indexes: readonly StoredPart[];
  readonly triggers: readonly StoredPart[];
  /** What was asked of the database; absent where the table was told, and may be otherwise. */
  readonly found?: {
    /** Tables with a foreign key to this one, itself left out. */
    readonly referring: readonly string[];
    /** Views, and triggers of other tables, whose text names the table. */
    readonly leaning: boolean;
  };
}
