import * as fc from 'fast-check';
import { compareText } from './object-name.js';
import type { ListKeys, ListedObjects, ObjectList } from './object-list.js';
import { memberKey, withOwned } from './object-list.js';
import type { IndexElement, SchemaModel, Table } from './schema-model.js';
import {
  arbCheck,
  arbEntity,
  arbName,
  arbObjectName,
  arbSchema,
  arbSql,
  arbText,
  arbValueSql,
} from './schema.fixture.js';
import type {
  Domain,
  Extension,
  Partition,
  PartitionBounds,
  Partitioning,
  Policy,
  Routine,
  Trigger,
} from './server-objects.js';

/** Records whose optional members are absent, or there. */
function said<T>(members: {
  readonly [K in keyof Required<T>]: fc.Arbitrary<NonNullable<T[K]> | undefined>;
}): fc.Arbitrary<T> {
  return fc
    .record(members as Record<string, fc.Arbitrary<unknown>>, { noNullPrototype: true })
    .map((record) =>
      Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)),
    ) as fc.Arbitrary<T>;
}

const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });
const flag = maybe(fc.constant(true as const));
const named = <T>(parts: fc.Arbitrary<T>) =>
  fc.tuple(arbObjectName, parts).map(([name, rest]) => ({ ...name, ...rest }));

/** Extensions. */
export const arbExtension: fc.Arbitrary<Extension> = said<Extension>({
  name: arbName,
  schema: maybe(arbName),
  version: maybe(arbText),
  comment: maybe(arbText),
  entity: arbEntity,
});

const arbNamedCheck = arbCheck
  .filter(({ name }) => name !== undefined)
  .map(({ name, expression }) => ({ ...(name !== undefined && { name }), expression }));

/** Checks of a domain, each with a name of its own. */
export const arbDomainChecks = fc.uniqueArray(arbNamedCheck, {
  maxLength: 2,
  selector: ({ name }) => name,
});

/** Domains. */
export const arbDomain: fc.Arbitrary<Domain> = named(
  said<Omit<Domain, 'schema' | 'name'>>({
    type: fc.constantFrom('integer', 'varchar(20)', '"Odd"'),
    collation: maybe(arbName),
    default: maybe(arbValueSql),
    notNull: flag,
    checks: arbDomainChecks,
    comment: maybe(arbText),
    entity: arbEntity,
  }),
);

/** Lists of arguments. */
export const arbArguments = fc.constantFrom(
  '',
  'integer',
  'a integer, b text',
  "a integer, b text DEFAULT 'x, y'",
  'VARIADIC names text[]',
);

/** Functions and procedures. */
export const arbRoutine: fc.Arbitrary<Routine> = named(
  said<Omit<Routine, 'schema' | 'name'>>({
    type: fc.constantFrom('function', 'procedure'),
    arguments: arbArguments,
    definition: arbSql,
    comment: maybe(arbText),
    entity: arbEntity,
  }),
);

/** Triggers. */
export const arbTrigger: fc.Arbitrary<Trigger> = said<Trigger>({
  name: arbName,
  timing: fc.constantFrom('before', 'after', 'instead of'),
  events: fc.subarray(['insert', 'delete', 'update', 'truncate'] as const, { minLength: 1 }),
  columns: maybe(fc.uniqueArray(arbName, { minLength: 1, maxLength: 2 })),
  forEach: maybe(fc.constant('row' as const)),
  oldTable: maybe(arbName),
  newTable: maybe(arbName),
  when: maybe(arbSql),
  execute: arbSql,
  constraint: flag,
  deferrable: maybe(fc.constantFrom('initially immediate', 'initially deferred')),
  state: maybe(fc.constantFrom('disabled', 'replica', 'always')),
  comment: maybe(arbText),
  entity: arbEntity,
}).map(({ deferrable, columns, ...trigger }) => ({
  ...trigger,
  ...(columns && trigger.events.includes('update') && { columns }),
  ...(deferrable && trigger.constraint && { deferrable }),
}));

/** Policies. */
export const arbPolicy: fc.Arbitrary<Policy> = said<Policy>({
  name: arbName,
  command: maybe(fc.constantFrom('select', 'insert', 'update', 'delete')),
  restrictive: flag,
  roles: maybe(
    fc
      .uniqueArray(arbName, { minLength: 1, maxLength: 2 })
      .map((names) => names.toSorted(compareText)),
  ),
  using: maybe(arbSql),
  check: maybe(arbSql),
  comment: maybe(arbText),
  entity: arbEntity,
});

/** How a table is divided. */
export const arbPartitioning: fc.Arbitrary<Partitioning> = said<Partitioning>({
  strategy: fc.constantFrom('range', 'list', 'hash'),
  elements: fc.array(
    fc.oneof(
      arbName.map((column): IndexElement => ({ column })),
      arbSql.map((expression): IndexElement => ({ expression, collation: 'C' })),
    ),
    { minLength: 1, maxLength: 2 },
  ),
});

const arbValues = fc.array(arbValueSql, { minLength: 1, maxLength: 2 });

/** The bounds of a partition. */
export const arbBounds: fc.Arbitrary<PartitionBounds> = fc.oneof(
  said<{ from: readonly string[]; to: readonly string[] }>({ from: arbValues, to: arbValues }),
  arbValues.map((list) => ({ in: list })),
  fc.nat(8).map((remainder) => ({ modulus: 9, remainder })),
  fc.constant({ default: true as const }),
);

/** Partitions. */
export const arbPartition: fc.Arbitrary<Partition> = named(
  said<Omit<Partition, 'schema' | 'name' | 'attached'>>({
    // In a schema that nothing is renamed to: what refers to nothing would refer to the new name.
    of: arbName.map((name) => ({ schema: 'partitioned', name })),
    bounds: arbBounds,
    partitionBy: maybe(arbPartitioning),
    entity: arbEntity,
  }),
);

function listOf<L extends ObjectList>(list: L, arbitrary: fc.Arbitrary<ListedObjects[L]>) {
  const keyOf = (member: ListedObjects[L]): string =>
    memberKey(list, member as unknown as ListKeys[L]);
  return maybe(
    fc
      .uniqueArray(arbitrary, { minLength: 1, maxLength: 2, selector: keyOf })
      .map((all) => all.toSorted((left, right) => compareText(keyOf(left), keyOf(right)))),
  );
}

const byName = <T extends { readonly name: string }>(arbitrary: fc.Arbitrary<T>) =>
  fc.uniqueArray(arbitrary, { maxLength: 2, selector: ({ name }) => name });

const arbWithOwned = (table: Table): fc.Arbitrary<Table> =>
  fc
    .tuple(
      byName(arbTrigger),
      byName(arbPolicy),
      said<Pick<Table, 'rowSecurity' | 'partitionBy'>>({
        rowSecurity: maybe(
          fc.constantFrom({ enabled: true }, { forced: true }, { enabled: true, forced: true }),
        ),
        partitionBy: maybe(arbPartitioning),
      }),
    )
    .map(([triggers, policies, rest]) =>
      withOwned(withOwned({ ...table, ...rest }, 'triggers', triggers), 'policies', policies),
    );

/** Schema models with everything that there is. */
export const arbWholeSchema: fc.Arbitrary<SchemaModel> = arbSchema.chain((model) =>
  fc
    .tuple(
      fc.tuple(...model.tables.map(arbWithOwned)),
      said<Pick<SchemaModel, ObjectList>>({
        extensions: listOf('extensions', arbExtension),
        domains: listOf('domains', arbDomain),
        routines: listOf('routines', arbRoutine),
        partitions: listOf('partitions', arbPartition),
      }),
    )
    .map(([tables, lists]) => ({ ...model, tables, ...lists })),
);
