import * as fc from 'fast-check';
import { EntitySchema, type EntitySchemaColumnOptions, type EntitySchemaOptions } from 'typeorm';

type Columns = Record<string, EntitySchemaColumnOptions>;
type Relations = NonNullable<EntitySchemaOptions<object>['relations']>;

/** What sets of entities are made of, as a database has it. */
export interface SetParts {
  /** Types with defaults that TypeORM writes as they are meant. */
  readonly types: readonly (readonly [Partial<EntitySchemaColumnOptions>, readonly unknown[]])[];
  readonly keys: readonly EntitySchemaColumnOptions[];
  readonly schemas: readonly (string | undefined)[];
}

const TYPED: SetParts['types'] = [
  [{ type: 'int' }, [0, -3, () => '1 + 1']],
  [{ type: 'smallint' }, [5]],
  [{ type: 'bigint' }, ['12', () => 'extract(epoch from now())::bigint']],
  [{ type: 'numeric', precision: 10, scale: 2 }, [0.5, '10.50']],
  [{ type: 'float' }, [1.5]],
  [{ type: 'text' }, ['', 'App::Model', 'now()', () => "'x' || 'y'"]],
  [{ type: 'varchar', length: 40 }, ['plain', 'ünïcödé 🙂']],
  [{ type: 'char', length: 3 }, ['abc']],
  [{ type: 'boolean' }, [true, false]],
  [{ type: 'uuid' }, [() => 'gen_random_uuid()']],
  [{ type: 'jsonb' }, [{ a: 1 }, [], () => `'{"b": [1]}'`]],
  [{ type: 'timestamp', precision: 3 }, [() => 'CURRENT_TIMESTAMP(3)']],
  [{ type: 'timestamptz' }, [() => 'now()', '2020-01-01']],
  [{ type: 'date' }, ['2020-1-1', () => 'CURRENT_DATE']],
  [{ type: 'interval' }, ['24 hours']],
  [{ type: 'tstzrange' }, ['[2020-01-01,)']],
  [{ type: 'inet' }, ['10.0.0.1']],
  [{ type: 'int', array: true }, [[1, 2], []]],
  [{ type: 'text', array: true }, [['a', 'b'], '{}']],
  [{ type: 'enum', enum: ['low', 'High', 'very high'] }, ['low', 'High']],
  [{ type: 'enum', enum: ['x', 'y'], enumName: 'shared kind' }, ['x']],
  [{ type: 'enum', enum: ['p', 'q'], array: true }, ['{p}']],
];

const arbColumn = (types: SetParts['types']): fc.Arbitrary<EntitySchemaColumnOptions> =>
  fc.constantFrom(...types).chain(([type, defaults]) =>
    fc
      .record({
        default: fc.option(fc.constantFrom(...defaults), { nil: undefined }),
        nullable: fc.boolean(),
        unique: fc
          .constant(type.type !== 'jsonb')
          .chain((can) => fc.boolean().map((is) => is && can)),
        comment: fc.option(fc.constantFrom("it's", 'a\nb', '🙂'), { nil: undefined }),
        name: fc.option(fc.constantFrom('Odd Name', 'snake_case', 'order'), { nil: undefined }),
      })
      .map(({ name, ...rest }) => ({ ...type, ...rest, ...(name && { name }) }) as never),
  );

const KEYS: readonly EntitySchemaColumnOptions[] = [
  { type: Number, primary: true, generated: 'increment' },
  { type: 'bigint', primary: true, generated: 'increment' },
  { type: 'int', primary: true, generated: 'identity', generatedIdentity: 'ALWAYS' } as never,
  { type: 'uuid', primary: true, generated: 'uuid' },
  { type: 'varchar', length: 20, primary: true, primaryKeyConstraintName: undefined } as never,
];

const ACTIONS = [undefined, 'CASCADE', 'SET NULL', 'RESTRICT', 'NO ACTION'] as const;
const DEFERRABLE = [undefined, 'INITIALLY IMMEDIATE', 'INITIALLY DEFERRED'] as const;

const arbRelation = (targets: readonly string[]) =>
  fc
    .record({
      target: fc.constantFrom(...targets),
      type: fc.constantFrom('many-to-one', 'one-to-one', 'many-to-many'),
      onDelete: fc.constantFrom(...ACTIONS),
      onUpdate: fc.constantFrom(...ACTIONS),
      deferrable: fc.constantFrom(...DEFERRABLE),
      createForeignKeyConstraints: fc.constantFrom(true, true, false),
    })
    .map(({ type, deferrable, ...rest }) => ({
      ...rest,
      type,
      nullable: true,
      ...(type === 'many-to-many' ? { joinTable: true } : { joinColumn: true, deferrable }),
    }));

/** An entity while it is drawn. */
export interface EntityDraft {
  readonly key: EntitySchemaColumnOptions;
  /** Each in its place, which is the name of its property; one that is gone leaves its place empty. */
  readonly columns: readonly (EntitySchemaColumnOptions | undefined)[];
  readonly relations: readonly unknown[];
  readonly schema: string | undefined;
  readonly comment: string | undefined;
  readonly indexed: readonly boolean[];
  readonly parts: readonly string[];
}

/** Entities that refer to some of these names. */
export const arbDraft = (
  targets: readonly string[],
  { types, keys, schemas }: SetParts,
): fc.Arbitrary<EntityDraft> =>
  fc.record({
    key: fc.constantFrom(...keys),
    columns: fc.array(arbColumn(types), { maxLength: 5 }),
    relations: fc.array(arbRelation(targets), { maxLength: 2 }),
    schema: fc.constantFrom(...schemas),
    comment: fc.constantFrom(undefined, 'a table'),
    indexed: fc.tuple(fc.boolean(), fc.boolean()),
    parts: fc.subarray(['check', 'named check', 'partial', 'unique']),
  });

const POSTGRES: SetParts = { types: TYPED, keys: KEYS, schemas: [undefined, undefined, 'other'] };

/** Sets of entities as TypeORM's own schema builder can make them, with all kinds of columns, relations and constraints. */
export const arbEntitySet: fc.Arbitrary<readonly EntitySchema[]> = fc
  .integer({ min: 1, max: 5 })
  .chain((count) => {
    const names = namesOf(count);
    return fc.tuple(...names.map(() => arbDraft(names, POSTGRES))).map(entitiesOf);
  });

/** The names of so many entities. */
export const namesOf = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, place) => `Entity${place}`);

/** The entities of drafts, called by {@link namesOf}. */
export const entitiesOf = (drafts: readonly EntityDraft[]): readonly EntitySchema[] =>
  drafts.map((draft, place) => toSchema(`Entity${place}`, draft));

/** A name of a column is given once in a table. */
function columnsOf({ key, columns }: EntityDraft): Columns {
  const taken = new Set<string>();
  const named = columns.flatMap((drawn, place): [string, EntitySchemaColumnOptions][] => {
    if (drawn === undefined) return [];
    const { name, ...column } = drawn;
    const isFree = name !== undefined && !taken.has(name);
    if (isFree) taken.add(name);
    return [[`c${place}`, { ...column, ...(isFree && { name }) } as EntitySchemaColumnOptions]];
  });
  return { id: key, amount: { type: 'int', default: 1 }, ...Object.fromEntries(named) };
}

function toSchema(name: string, draft: EntityDraft): EntitySchema {
  const { relations, schema, comment, indexed, parts } = draft;
  const has = (part: string): boolean => parts.includes(part);
  const [plain, unique] = indexed;
  return new EntitySchema<object>({
    name,
    ...(schema && { schema }),
    ...(comment && { comment }),
    columns: columnsOf(draft) as never,
    relations: Object.fromEntries(
      relations.map((relation, place) => [`r${place}`, relation]),
    ) as unknown as Relations,
    indices: [
      ...(plain ? [{ columns: ['amount'] }] : []),
      ...(unique ? [{ name: `${name} unique`, columns: ['amount', 'id'], unique: true }] : []),
      ...(has('partial') ? [{ columns: ['id'], where: '"amount" > 5' }] : []),
    ],
    checks: [
      ...(has('check') ? [{ expression: '"amount" > 0' }] : []),
      ...(has('named check')
        ? [{ name: `${name} ck`, expression: 'amount <> 7 OR amount IS NULL' }]
        : []),
    ],
    uniques: has('unique') ? [{ columns: ['id', 'amount'] }] : [],
  }) as EntitySchema;
}
