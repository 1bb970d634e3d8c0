import { EntitySchema } from 'typeorm';
import type { EntitySchemaColumnOptions } from 'typeorm';
import { LOSS_POSTGRES } from './loss-dialect.js';

/** Entities that change while their tables have rows: a row of the data-loss corpus. */
export interface DataLossCase {
  /** Id in the corpus, with a letter where it has several parts. */
  readonly id: string;
  readonly change: string;
  readonly before: readonly EntitySchema[];
  readonly after: readonly EntitySchema[];
  /** SQL that fills the tables of before. */
  readonly insert: string;
}

/** A change that goes well. */
export interface KeptCase extends DataLossCase {
  /** A query after the change, and what it finds. */
  readonly query: string;
  readonly found: readonly Readonly<Record<string, unknown>>[];
  /** What is asked, and answered; an answer can bring up the next question. @default nothing */
  readonly answers?: Readonly<Record<string, string>>;
}

type SchemaOptions = ConstructorParameters<typeof EntitySchema>[0];

/** What an entity has, but for its id. */
export interface EntityParts extends Pick<
  SchemaOptions,
  'name' | 'schema' | 'relations' | 'checks' | 'indices'
> {
  readonly name: string;
  /** @default its name */
  readonly table?: string;
  /** What the key has besides. */
  readonly id?: Partial<EntitySchemaColumnOptions>;
  readonly columns?: Readonly<Record<string, EntitySchemaColumnOptions>>;
}

/** An entity with a key `id`. */
export function entity({ table, id, columns, ...parts }: EntityParts): EntitySchema {
  return new EntitySchema<Readonly<Record<string, unknown>>>({
    ...parts,
    tableName: table ?? parts.name,
    columns: { id: { type: 'int', primary: true, generated: 'increment', ...id }, ...columns },
  });
}

/** A table named after the id of its case, in lower case. */
export function tableOf(id: string): string {
  return id.toLowerCase().replaceAll('-', '_');
}

/** What a case about one column says. */
export interface ColumnCase {
  readonly id: string;
  readonly change: string;
  readonly from: EntitySchemaColumnOptions;
  readonly to: EntitySchemaColumnOptions;
  /** Each row's value as SQL, and the text that it is afterwards. */
  readonly values: readonly (readonly [sql: string, text: string | null])[];
  /** @default its id, as a name */
  readonly table?: string;
  /** SQL for the value of a column as text. @default that of PostgreSQL */
  readonly asText?: (column: string) => string;
  /** What is asked: what the id of the question begins with, and the answer. */
  readonly asks?: readonly [kind: string, answer: string];
}

/** A case about one column `c`. */
export function columnCase({ id, change, from, to, values, ...rest }: ColumnCase): KeptCase {
  const { asks, asText = LOSS_POSTGRES.asText } = rest;
  const table = rest.table ?? tableOf(id);
  return {
    id,
    change,
    before: [entity({ name: table, columns: { c: from } })],
    after: [entity({ name: table, columns: { c: to } })],
    insert: `INSERT INTO ${table} (c) VALUES ${values.map(([sql]) => `(${sql})`).join(', ')}`,
    query: `SELECT ${asText('c')} AS c FROM ${table} ORDER BY id`,
    found: values.map(([, text]) => ({ c: text })),
    ...(asks !== undefined && { answers: { [`${asks[0]}:${table}.c`]: asks[1] } }),
  };
}
