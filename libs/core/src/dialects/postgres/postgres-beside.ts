import { nameKey, sameName } from '../../schema/object-name.js';
import type { ObjectName } from '../../schema/object-name.js';
import type { SchemaModel } from '../../schema/schema-model.js';
import type { Connection } from '../common/connection.js';
import type { ObjectHead, ObjectRequest, ObjectStatement } from '../common/object-texts.js';
import { inspectPostgres } from './postgres-inspector.js';
import { moveStatement } from './postgres-object-heads.js';
import { runInAnyOrder } from './postgres-object-stage.js';
import type { StageItem } from './postgres-object-stage.js';
import { creationOf, qualified } from './postgres-registered.js';
import type { Registered } from './postgres-registered.js';
import { postgresSyntax } from './postgres-syntax.js';
import { withoutData } from './postgres-without-data.js';

const POINT = 'nest_alembic_beside';

/**
 * Schemas beside those of the database, in which an object can be made a second time while nobody sees it and nothing waits for it:
 * one for each schema, and one for the tables that triggers and policies are made on, which are empty copies.
 */
export class Beside {
  readonly #names = new Map<string, string>();
  readonly #tables = new Map<string, ObjectName>();

  constructor(
    private readonly connection: Connection,
    private readonly request: Pick<ObjectRequest, 'current' | 'inspect'>,
  ) {}

  /** The statement for an object there. */
  statement(statement: ObjectStatement): ObjectStatement {
    const table = tableOf(statement.head);
    const moved = moveStatement(statement, this.#schemaFor(table, ownerOf(statement.head)));
    return { ...moved, sql: withoutData(moved) };
  }

  /** The object as it is there. */
  object(one: Registered): Registered {
    if ('table' in one) {
      return { ...one, table: { ...one.table, schema: this.#schemaFor(one.table, one.table) } };
    }
    const schema = this.#schemaFor(undefined, one.object);
    return { ...one, object: { ...one.object, schema } } as Registered;
  }

  /** The statements that make an object there. */
  creation(one: Registered): readonly string[] {
    return postgresSyntax.compile(creationOf(this.object(one)));
  }

  /** Where the copy of a table is. */
  table(table: ObjectName): ObjectName {
    return { schema: this.#schemaFor(table, table), name: table.name };
  }

  /** Runs each list of statements, or none of it where the server refuses one; what was made is gone when it is read. */
  async read(items: readonly (readonly string[])[]): Promise<SchemaModel> {
    await this.connection.script(`SAVEPOINT ${POINT}`);
    try {
      // The server locks what a body of SQL writes to while it looks at it. What is found to be equal is as good as what is there.
      const settings = 'SET LOCAL check_function_bodies = off';
      const schemas = [...this.#names.values()].map((name) => `CREATE SCHEMA ${name}`);
      await this.connection.script([settings, ...schemas].join(';\n'));
      await runInAnyOrder(this.connection, [
        ...[...this.#tables.values()].map((table): StageItem => ({
          statements: [this.#copy(table)],
        })),
        ...items.map((statements): StageItem => ({ statements })),
      ]);
      return await inspectPostgres(this.connection, {
        ...this.request.inspect,
        ignoredTables: [],
        schemas: [...this.#names.values()],
        includesSchema: (schema) => schema !== null,
      });
    } finally {
      // Where it fails the transaction is gone, and the error on its way says more.
      await this.connection.script(`ROLLBACK TO ${POINT}; RELEASE ${POINT}`).catch(() => undefined);
    }
  }

  #schemaFor(table: ObjectName | undefined, { schema }: ObjectName): string {
    if (table) this.#tables.set(nameKey(table), table);
    const key = JSON.stringify([table !== undefined, schema]);
    const name = this.#names.get(key) ?? `nest_alembic_beside_${this.#names.size + 1}`;
    this.#names.set(key, name);
    return name;
  }

  #copy(table: ObjectName): string {
    const to = qualified(this.table(table));
    return this.request.current.views.some((view) => sameName(view, table))
      ? `CREATE VIEW ${to} AS SELECT * FROM ${qualified(table)}`
      : `CREATE TABLE ${to} (LIKE ${qualified(table)})`;
  }
}

/** The table that a statement is about a part of; undefined where it is about an object of a schema. */
function tableOf(head: ObjectHead): ObjectName | undefined {
  if (head.kind === 'comment') return head.on.table;
  return 'table' in head && head.kind !== 'index' ? head.table : undefined;
}

function ownerOf(head: ObjectHead): ObjectName {
  if (head.kind === 'comment') return head.on.table ?? head.on.name;
  if ('table' in head) return head.table;
  return head.kind === 'extension' ? { schema: null, name: head.name } : head.name;
}
