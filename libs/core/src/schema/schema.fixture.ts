import * as fc from 'fast-check';
import { literal } from './literal.fixture.js';
import type { ObjectName } from './object-name.js';
import { compareNames, compareText, nameKey } from './object-name.js';
import type {
  CheckConstraint,
  Column,
  ConflictAction,
  ColumnComment,
  EnumType,
  ExclusionConstraint,
  ForeignKey,
  GeneratedColumn,
  Identity,
  Index,
  IndexElement,
  PrimaryKey,
  SchemaModel,
  Sequence,
  SequenceOptions,
  Table,
  UniqueConstraint,
  View,
} from './schema-model.js';

/** Texts that break careless code: quotes, comments, templates, controls, bidirectional marks, keys of prototypes. */
export const HOSTILE_TEXTS: readonly string[] = [
  "it's",
  'say "hi"',
  `'"\``,
  '`${process.exit()}`',
  '*/ alert(1) /*',
  '-- comment',
  '// comment',
  '\\',
  "\\'; DROP TABLE x; --",
  "x'); COPY(SELECT 1)TO PROGRAM 'id'; --",
  '$1',
  '$&',
  ':name',
  '{{message}}',
  '{{upgradeBody}}',
  '</script>',
  '__proto__',
  'constructor',
  'code',
  'a.b',
  'two\nlines',
  'two\r\nlines',
  'line\u2028separator',
  'paragraph\u2029separator',
  'right\u202eto left',
  '\ufeff',
  '\u00a0',
  ' ',
  '\t',
  '\u0001\u001f\u007f\u009f',
  "Ner'zhul",
  'Straße',
  '日本語',
  '👩‍👩‍👧',
  '$$ body $$',
  '1',
];

const wellFormed = fc
  .string({ unit: 'binary', maxLength: 12 })
  .filter((text) => !text.includes('\0'));

/** Text without NUL and without half surrogate pairs: what a database can store. May be empty. */
export const arbText: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('active', 'two words', 'Customer account') },
  { weight: 3, arbitrary: fc.constantFrom(...HOSTILE_TEXTS) },
  { weight: 1, arbitrary: wellFormed },
);

/** Names of objects: plain and hostile ones. */
export const arbName: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.stringMatching(/^[a-z][a-z_]{1,12}$/) },
  { weight: 2, arbitrary: fc.constantFrom(...HOSTILE_TEXTS) },
  { weight: 1, arbitrary: wellFormed.filter((text) => text !== '') },
);

/** Names that are not taken. */
export function arbFreshName(taken: readonly string[]): fc.Arbitrary<string> {
  return arbName.filter((name) => !taken.includes(name));
}

/** SQL text that is not blank, of one or several lines. */
export const arbSql: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    'now()',
    'amount > 0 AND amount < 100',
    "status = 'it''s'",
    'NULL',
    ' SELECT a.id,\n    a.email\n   FROM account a\n  WHERE a.active',
    "SELECT '`', '${x}'\nFROM t",
    'SELECT 1\r\nFROM t',
  ),
  arbText.filter((text) => text.trim() !== ''),
);

const arbLiteral = fc
  .oneof(arbText, fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean())
  .map(literal);

/** The SQL text of a value: a literal more often than not. */
export const arbValueSql: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: arbLiteral },
  { weight: 1, arbitrary: fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map(literal) },
  { weight: 2, arbitrary: arbSql },
);

/** Plain objects, never ones without a prototype. */
export function arbRecord<T extends object>(
  members: { readonly [K in keyof T]: fc.Arbitrary<T[K]> },
  requiredKeys?: readonly (keyof T)[],
): fc.Arbitrary<T> {
  const keys = requiredKeys ?? (Object.keys(members) as (keyof T)[]);
  return fc.record<T>(members, {
    noNullPrototype: true,
    requiredKeys: keys as [],
  }) as unknown as fc.Arbitrary<T>;
}

/** Keys with `undefined` are left out, as the model has none. */
function said<T extends object>(arbitraries: {
  readonly [K in keyof Required<T>]: fc.Arbitrary<T[K] | undefined>;
}): fc.Arbitrary<T> {
  return fc
    .record(arbitraries as Record<string, fc.Arbitrary<unknown>>)
    .map((record) =>
      Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)),
    ) as unknown as fc.Arbitrary<T>;
}

const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined, freq: 2 });

const flag = maybe(fc.constant(true as const));

/** Marks of an entity, absent more often than not. */
export const arbEntity: fc.Arbitrary<string | undefined> = maybe(
  fc.constantFrom('Account', 'Invoice', "Odd'Name"),
);

const arbInteger = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n }).map(String);

const arbSequenceOptions = said<SequenceOptions>({
  start: maybe(arbInteger),
  increment: maybe(arbInteger),
  minValue: maybe(arbInteger),
  maxValue: maybe(arbInteger),
  cache: maybe(arbInteger),
  cycle: maybe(fc.boolean()),
});

const arbSaidOptions = maybe(
  arbSequenceOptions.filter((options) => Object.keys(options).length > 0),
);

/** Identity columns' definitions. */
export const arbIdentity: fc.Arbitrary<Identity> = said<Identity>({
  generation: fc.constantFrom('always', 'by default'),
  options: arbSaidOptions,
});

/** Types as a database spells them. */
export const arbType: fc.Arbitrary<string> = fc.constantFrom(
  'bigint',
  'text',
  'varchar(255)',
  'timestamp with time zone',
  'numeric(12,2)[]',
  '"Odd ""type"""',
);

/** Generated columns' definitions. */
export const arbGenerated: fc.Arbitrary<GeneratedColumn> = arbRecord<GeneratedColumn>({
  expression: arbSql,
  stored: fc.boolean(),
});

const arbConflict = maybe(fc.constantFrom<ConflictAction>('rollback', 'fail', 'ignore', 'replace'));

/** Columns without a mark of an entity. A value comes from one source at most. */
export const arbColumn: fc.Arbitrary<Column> = fc
  .tuple(
    said<Column>({
      name: arbName,
      type: arbType,
      nullable: fc.boolean(),
      default: fc.constant(undefined),
      generated: fc.constant(undefined),
      identity: fc.constant(undefined),
      autoIncrement: fc.constant(undefined),
      collation: maybe(arbName),
      charset: maybe(arbName),
      onUpdate: maybe(arbSql),
      invisible: flag,
      onConflict: arbConflict,
      storage: maybe(fc.constantFrom('plain', 'external', 'extended', 'main')),
      compression: maybe(fc.constantFrom('pglz', 'lz4')),
      comment: maybe(arbText),
      entity: arbEntity,
      property: maybe(arbName),
    }),
    fc.oneof(
      fc.constant({}),
      arbValueSql.map((sql) => ({ default: sql })),
      arbGenerated.map((generated) => ({ generated })),
      // No database has another (AG-31).
      arbIdentity.map((identity) => ({ identity, nullable: false })),
      fc.constant({ autoIncrement: true as const }),
    ),
  )
  // An identity is NOT NULL, and no server says otherwise.
  .map(([column, source]) => ({
    ...column,
    ...source,
    ...('identity' in source && { nullable: false }),
  }));

/** One or more of these names, in any order. */
export function arbSome(names: readonly string[]): fc.Arbitrary<readonly string[]> {
  return fc.shuffledSubarray([...names], { minLength: 1, maxLength: Math.min(3, names.length) });
}

const arbDeferrable = maybe(fc.constantFrom('initially immediate', 'initially deferred'));
const arbAction = maybe(fc.constantFrom('cascade', 'set null', 'set default', 'restrict'));

/** Primary keys over these columns. */
export const arbPrimaryKey = (columns: readonly string[]): fc.Arbitrary<PrimaryKey> =>
  said<PrimaryKey>({
    name: maybe(arbName),
    columns: arbSome(columns),
    include: maybe(arbSome(columns)),
    deferrable: arbDeferrable,
    withoutOverlaps: flag,
    onConflict: arbConflict,
    comment: maybe(arbText),
    entity: arbEntity,
  });

/** Unique constraints over these columns. */
export const arbUnique = (columns: readonly string[]): fc.Arbitrary<UniqueConstraint> =>
  said<UniqueConstraint>({
    name: maybe(arbName),
    columns: arbSome(columns),
    nullsNotDistinct: flag,
    include: maybe(arbSome(columns)),
    deferrable: arbDeferrable,
    withoutOverlaps: flag,
    onConflict: arbConflict,
    comment: maybe(arbText),
    entity: arbEntity,
  });

/** Check constraints. */
export const arbCheck: fc.Arbitrary<CheckConstraint> = said<CheckConstraint>({
  name: maybe(arbName),
  expression: arbSql,
  notValid: flag,
  notEnforced: flag,
  comment: maybe(arbText),
  entity: arbEntity,
});

/** Exclusion constraints. */
export const arbExclusion: fc.Arbitrary<ExclusionConstraint> = said<ExclusionConstraint>({
  name: maybe(arbName),
  definition: arbSql,
  deferrable: arbDeferrable,
  comment: maybe(arbText),
  entity: arbEntity,
});

/** Foreign keys from a table to another. */
export function arbForeignKey(from: Table, to: Table): fc.Arbitrary<ForeignKey> {
  const width = fc.integer({ min: 1, max: Math.min(2, from.columns.length, to.columns.length) });
  const names = (table: Table, count: number) =>
    fc.shuffledSubarray(
      table.columns.map(({ name }) => name),
      { minLength: count, maxLength: count },
    );
  return width.chain((count) =>
    said<ForeignKey>({
      name: maybe(arbName),
      columns: names(from, count),
      referencedTable: fc.constant({ schema: to.schema, name: to.name }),
      referencedColumns: names(to, count),
      onDelete: arbAction,
      onDeleteColumns: fc.constant(undefined),
      onUpdate: arbAction,
      match: maybe(fc.constant('full')),
      deferrable: arbDeferrable,
      notValid: flag,
      notEnforced: flag,
      period: count > 1 ? flag : fc.constant(undefined),
      comment: maybe(arbText),
      entity: arbEntity,
    }).chain(withDeletedColumns),
  );
}

/** Where the action sets something, it may do so in some of the columns only. */
function withDeletedColumns(key: ForeignKey): fc.Arbitrary<ForeignKey> {
  if (!key.onDelete?.startsWith('set')) return fc.constant(key);
  return fc
    .shuffledSubarray([...key.columns])
    .map((some) => (some.length === 0 ? key : { ...key, onDeleteColumns: some }));
}

const arbElement = (columns: readonly string[]): fc.Arbitrary<IndexElement> =>
  fc
    .tuple(
      said<IndexElement>({
        column: fc.constant(undefined),
        expression: fc.constant(undefined),
        order: maybe(fc.constant('desc')),
        nulls: maybe(fc.constantFrom('first', 'last')),
        opclass: maybe(arbName),
        collation: maybe(arbName),
        prefix: maybe(fc.integer({ min: 1, max: 99 })),
      }),
      fc.oneof(
        columns.length > 0
          ? fc.constantFrom(...columns).map((column) => ({ column }))
          : arbSql.map((expression) => ({ expression })),
        arbSql.map((expression) => ({ expression })),
      ),
    )
    .map(([element, part]) => ({ ...element, ...part }));

/** Indexes over these columns and over expressions. */
export const arbIndex = (columns: readonly string[]): fc.Arbitrary<Index> =>
  said<Index>({
    name: arbName,
    elements: fc.array(arbElement(columns), { minLength: 1, maxLength: 3 }),
    unique: fc.boolean(),
    method: maybe(fc.constantFrom('gin', 'hash')),
    parser: maybe(arbName),
    include: columns.length > 0 ? maybe(arbSome(columns)) : fc.constant(undefined),
    where: maybe(arbSql),
    nullsNotDistinct: flag,
    storage: maybe(fc.constant(['fillfactor=70'])),
    tablespace: maybe(arbName),
    comment: maybe(arbText),
    invalid: flag,
    entity: arbEntity,
  });

function uniqueByName<T extends { readonly name?: string }>(
  arbitrary: fc.Arbitrary<T>,
  maxLength: number,
): fc.Arbitrary<readonly T[]> {
  return fc.uniqueArray(arbitrary, {
    maxLength,
    comparator: (left, right) => left.name !== undefined && left.name === right.name,
  });
}

const arbColumns = uniqueByName(arbColumn, 5).filter((columns) => columns.length > 0);

/** Names of objects, in the default schema more often than not. */
export const arbObjectName: fc.Arbitrary<ObjectName> = arbRecord<ObjectName>({
  schema: fc.oneof(
    { weight: 3, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constantFrom('audit', "it's") },
  ),
  name: arbName,
});

/** What `server-objects.fixture.ts` adds to tables. */
type OwnedParts = Pick<Table, 'partitionBy' | 'rowSecurity' | 'policies' | 'triggers'>;

/** Tables without foreign keys. */
export const arbTable: fc.Arbitrary<Table> = fc
  .tuple(arbObjectName, arbEntity, arbColumns)
  .chain(([name, entity, columns]) => {
    const names = columns.map((column) => column.name);
    return said<Omit<Table, keyof ObjectName | keyof OwnedParts>>({
      entity: fc.constant(entity),
      columns: fc.constant(columns),
      primaryKey: maybe(arbPrimaryKey(names)),
      foreignKeys: fc.constant([]),
      uniques: uniqueByName(arbUnique(names), 2),
      checks: uniqueByName(arbCheck, 2),
      exclusions: uniqueByName(arbExclusion, 1),
      indexes: uniqueByName(arbIndex(names), 2),
      comment: maybe(arbText),
      unlogged: flag,
      storage: maybe(fc.constant(['fillfactor=70', 'autovacuum_enabled=off'])),
      tablespace: maybe(arbName),
      engine: maybe(arbName),
      charset: maybe(arbName),
      collation: maybe(arbName),
    }).map((parts) => withKeyNotNull({ ...name, ...parts }));
  });

function withKeyNotNull(table: Table): Table {
  const columns = table.columns.map((column) =>
    table.primaryKey?.columns.includes(column.name) ? { ...column, nullable: false } : column,
  );
  return { ...table, columns };
}

function distinctObjects<T extends ObjectName>(
  arbitrary: fc.Arbitrary<T>,
  maxLength: number,
): fc.Arbitrary<readonly T[]> {
  return fc
    .uniqueArray(arbitrary, { maxLength, selector: nameKey })
    .map((objects) => objects.toSorted(compareNames));
}

/** Enums with distinct labels; an empty label is one. */
export const arbEnum: fc.Arbitrary<EnumType> = fc
  .tuple(
    arbObjectName,
    fc.uniqueArray(arbText, { minLength: 1, maxLength: 4 }),
    said<{ readonly entity?: string; readonly comment?: string }>({
      entity: arbEntity,
      comment: maybe(arbText),
    }),
  )
  .map(([name, labels, rest]) => ({ ...name, labels, ...rest }));

/** Sequences. */
export const arbSequence: fc.Arbitrary<Sequence> = fc
  .tuple(
    arbObjectName,
    said<Omit<Sequence, keyof ObjectName>>({
      type: maybe(fc.constant('integer')),
      options: arbSaidOptions,
      ownedBy: fc.constant(undefined),
      comment: maybe(arbText),
      entity: arbEntity,
    }),
  )
  .map(([name, rest]) => ({ ...name, ...rest }));

const arbColumnComments: fc.Arbitrary<readonly ColumnComment[]> = fc
  .uniqueArray(
    arbRecord<ColumnComment>({
      column: arbName.filter((name) => name !== 'other'),
      comment: arbText,
    }),
    { minLength: 1, maxLength: 2, selector: ({ column }) => column },
  )
  .map((comments) => comments.toSorted((a, b) => compareText(a.column, b.column)));

/** Views of some of these tables, materialized ones with indexes. */
export const arbView = (tables: readonly ObjectName[]): fc.Arbitrary<View> =>
  fc
    .tuple(
      arbObjectName,
      fc.boolean(),
      said<Pick<View, 'definition' | 'entity' | 'dependsOn' | 'indexes' | 'columnComments'>>({
        definition: arbSql,
        entity: arbEntity,
        dependsOn: fc.subarray(tables.map(({ schema, name }) => ({ schema, name }))),
        indexes: uniqueByName(arbIndex(['id']), 2),
        columnComments: maybe(arbColumnComments),
      }),
    )
    .map(([name, materialized, rest]) => ({
      ...name,
      materialized,
      ...rest,
      indexes: materialized ? rest.indexes : [],
    }));

/** Small schema models with every kind of object, foreign keys between the tables, and hostile names. */
export const arbSchema: fc.Arbitrary<SchemaModel> = distinctObjects(arbTable, 3).chain((tables) =>
  arbRecord<SchemaModel>({
    schemas: fc.uniqueArray(arbName, { maxLength: 2 }).map((names) => names.toSorted(compareText)),
    enums: distinctObjects(arbEnum, 2),
    sequences: distinctObjects(arbSequence, 2),
    tables: fc.tuple(...tables.map((table) => arbWithForeignKeys(table, tables))),
    views: distinctObjects(arbView(tables), 2),
  }),
);

function arbWithForeignKeys(table: Table, tables: readonly Table[]): fc.Arbitrary<Table> {
  const keys = fc.constantFrom(...tables).chain((to) => arbForeignKey(table, to));
  return uniqueByName(keys, 2).map((foreignKeys) => ({ ...table, foreignKeys }));
}
