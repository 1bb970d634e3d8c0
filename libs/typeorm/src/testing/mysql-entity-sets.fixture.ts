import * as fc from 'fast-check';
import { EntitySchema, type EntitySchemaColumnOptions } from 'typeorm';

type Options = Partial<EntitySchemaColumnOptions>;
type Columns = Record<string, EntitySchemaColumnOptions>;

/** A type, types that it can become with all its values, and defaults that TypeORM writes as they are meant. */
interface Typed {
  readonly type: Options;
  readonly wider?: readonly Options[];
  readonly defaults?: readonly unknown[];
  /** No index can be made of it without a length. */
  readonly long?: true;
}

const TYPED: readonly Typed[] = [
  {
    type: { type: 'int' },
    wider: [{ type: 'bigint' }, { type: 'decimal', precision: 12, scale: 2 }],
    defaults: [0, -3],
  },
  {
    type: { type: 'int', unsigned: true },
    wider: [{ type: 'bigint', unsigned: true }],
    defaults: [7],
  },
  { type: { type: 'tinyint' }, wider: [{ type: 'smallint' }, { type: 'int' }], defaults: [1] },
  { type: { type: 'boolean' }, wider: [{ type: 'int' }], defaults: [true, false] },
  { type: { type: 'bigint' }, defaults: ['12'] },
  {
    type: { type: 'decimal', precision: 10, scale: 2 },
    wider: [{ type: 'decimal', precision: 14, scale: 3 }],
    defaults: ['10.50'],
  },
  { type: { type: 'double' }, defaults: [2] },
  {
    type: { type: 'varchar', length: 40 },
    wider: [{ type: 'varchar', length: 60 }, { type: 'varchar', length: 300 }, { type: 'text' }],
    defaults: ['plain', '', 'ünïcödé 🙂'],
  },
  {
    type: { type: 'varchar', length: 20, charset: 'latin1', collation: 'latin1_bin' },
    wider: [
      { type: 'varchar', length: 20 },
      { type: 'varchar', length: 30, collation: 'utf8mb4_bin' },
    ],
    defaults: ['x'],
  },
  {
    type: { type: 'varchar', length: 20, collation: 'utf8mb4_bin' },
    wider: [{ type: 'varchar', length: 20, collation: 'utf8mb4_unicode_ci' }],
    defaults: ['x'],
  },
  { type: { type: 'char', length: 3 }, wider: [{ type: 'varchar', length: 9 }], defaults: ['abc'] },
  { type: { type: 'text' }, wider: [{ type: 'longtext' }], long: true },
  { type: { type: 'json' }, wider: [{ type: 'longtext' }], long: true },
  { type: { type: 'simple-array' }, long: true },
  { type: { type: 'simple-json' }, long: true },
  {
    type: { type: 'datetime' },
    wider: [{ type: 'datetime', precision: 3 }],
    defaults: ['2020-01-01 10:00:00'],
  },
  {
    type: { type: 'datetime', precision: 3, onUpdate: 'CURRENT_TIMESTAMP(3)' },
    defaults: [() => 'CURRENT_TIMESTAMP(3)'],
  },
  { type: { type: 'timestamp', nullable: true } },
  { type: { type: 'date' }, wider: [{ type: 'datetime' }], defaults: ['2020-01-02'] },
  { type: { type: 'time' }, defaults: ['10:00:00'] },
  { type: { type: 'year' }, defaults: [2020] },
  {
    type: { type: 'enum', enum: ['low', 'High', "it's"] },
    wider: [
      { type: 'enum', enum: ['low', 'High', "it's", 'a,b'] },
      { type: 'varchar', length: 20 },
    ],
    defaults: ['low', 'High'],
  },
  {
    type: { type: 'set', enum: ['x', 'y'] },
    wider: [{ type: 'set', enum: ['x', 'y', 'z'] }],
    defaults: [['x', 'y']],
  },
  { type: { type: 'varbinary', length: 9 }, wider: [{ type: 'varbinary', length: 40 }] },
  { type: { type: 'blob' }, wider: [{ type: 'longblob' }], long: true },
  { type: { type: 'uuid' }, wider: [{ type: 'varchar', length: 36 }] },
  { type: { type: 'bit' }, defaults: [() => "b'1'"] },
];

const COMMENTS = ["it's", 'a\\b', '🙂'] as const;

const arbOptions = ({ type, defaults = [], long }: Typed): fc.Arbitrary<Options> =>
  fc
    .record({
      default: fc.option(
        defaults.length > 0 ? fc.constantFrom(...defaults) : fc.constant(undefined),
        { nil: undefined },
      ),
      nullable: fc.boolean(),
      unique: fc.boolean().map((is) => is && long !== true),
      comment: fc.option(fc.constantFrom(...COMMENTS), { nil: undefined }),
    })
    .map((options) => ({ ...options, ...(type.nullable && { nullable: true }) }) as Options);

/** A column as it is, and as it becomes; undefined where it is not there. */
interface ColumnDraft {
  readonly from: Options | undefined;
  readonly to: Options | undefined;
}

/** Rows are there: what comes has a value for them, and what goes can come back. */
const arbColumn: fc.Arbitrary<ColumnDraft> = fc.constantFrom(...TYPED).chain(
  (typed) =>
    fc
      .record({
        first: arbOptions(typed),
        second: arbOptions(typed),
        change: fc.constantFrom('none', 'none', 'options', 'type', 'goes', 'comes'),
        wider: fc.constantFrom(...(typed.wider ?? [typed.type])),
      })
      .map(({ first, second, change, wider }): ColumnDraft => {
        const before = { ...typed.type, ...first };
        const plain = { ...before, nullable: true, unique: false };
        const after = { ...wider, nullable: first.nullable ?? false, comment: second.comment };
        switch (change) {
          case 'none':
            return { from: before, to: before };
          case 'options':
            return { from: before, to: { ...typed.type, ...second } };
          case 'type':
            return { from: { ...before, unique: false, default: undefined }, to: after as Options };
          case 'goes':
            return { from: plain, to: undefined };
          case 'comes':
            return { from: undefined, to: plain };
        }
      }) as fc.Arbitrary<ColumnDraft>,
);

/** Keys, and what each can become. */
const KEYS: readonly (readonly [Options, Options])[] = [
  [
    { type: Number, generated: 'increment' },
    { type: 'bigint', generated: 'increment' },
  ],
  [
    { type: 'int', unsigned: true, generated: 'increment' },
    { type: 'bigint', unsigned: true, generated: 'increment' },
  ],
  [
    { type: 'uuid', generated: 'uuid' },
    { type: 'uuid', generated: 'uuid' },
  ],
  [
    { type: 'varchar', length: 20 },
    { type: 'varchar', length: 30 },
  ],
  [
    { type: 'varchar', length: 20, collation: 'utf8mb4_bin' },
    { type: 'varchar', length: 20, collation: 'utf8mb4_unicode_ci' },
  ],
];

const ACTIONS = [undefined, 'CASCADE', 'SET NULL', 'RESTRICT', 'NO ACTION'] as const;
const KINDS = ['many-to-one', 'one-to-one', 'many-to-many'] as const;

const arbRelation = (targets: readonly string[]) =>
  fc.record({
    target: fc.constantFrom(...targets),
    kinds: fc.tuple(fc.constantFrom(...KINDS), fc.constantFrom(...KINDS)),
    onDelete: fc.tuple(fc.constantFrom(...ACTIONS), fc.constantFrom(...ACTIONS)),
    there: fc.constantFrom([true, true], [true, true], [true, true], [true, false], [false, true]),
    /** Kind and actions change too. */
    changes: fc.boolean(),
    indexed: fc.tuple(fc.boolean(), fc.boolean()),
  });
type RelationDraft = ReturnType<typeof arbRelation> extends fc.Arbitrary<infer T> ? T : never;

const PARTS = [
  'check',
  'named check',
  'unique',
  'index',
  'unique index',
  'long index',
  'virtual',
  'stored',
  'fulltext',
] as const;

const arbDraft = (targets: readonly string[]) =>
  fc.record({
    key: fc.constantFrom(...KEYS),
    keyChanges: fc.boolean(),
    columns: fc.array(arbColumn, { maxLength: 5 }),
    relations: fc.array(arbRelation(targets), { maxLength: 2 }),
    comments: fc.tuple(fc.constantFrom(undefined, 'a table'), fc.constantFrom(undefined, "it's")),
    parts: fc.tuple(fc.subarray([...PARTS]), fc.subarray([...PARTS])),
  });
type Draft = ReturnType<typeof arbDraft> extends fc.Arbitrary<infer T> ? T : never;

/** Two sets of entities: as they are, and as they become. */
export interface EntityPair {
  readonly before: readonly EntitySchema[];
  readonly after: readonly EntitySchema[];
}

/** Sets of entities as apps on MySQL have them, with all kinds of columns, relations and indexes, and a change of each. */
export const arbMysqlEntityPair: fc.Arbitrary<EntityPair> = fc
  .integer({ min: 1, max: 4 })
  .chain((count) => {
    const names = Array.from({ length: count }, (_, place) => `Entity${place}`);
    return fc.tuple(...names.map(() => arbDraft(names)));
  })
  .map(withoutCollatedJoins)
  .map((drafts) => ({
    before: drafts.map((draft, place) => toSchema(`Entity${place}`, draft, 0)),
    after: drafts.map((draft, place) => toSchema(`Entity${place}`, draft, 1)),
  }));

/** The columns of a join table do not get the collation of the keys that they refer to: TypeORM's own tables fail. */
function withoutCollatedJoins(drafts: readonly Draft[]): readonly Draft[] {
  if (!drafts.some(({ key }) => key.some(({ collation }) => collation !== undefined)))
    return drafts;
  const plain = (kind: (typeof KINDS)[number]): (typeof KINDS)[number] =>
    kind === 'many-to-many' ? 'many-to-one' : kind;
  return drafts.map((draft) => ({
    ...draft,
    relations: draft.relations.map((relation: RelationDraft) => ({
      ...relation,
      kinds: [plain(relation.kinds[0]), plain(relation.kinds[1])] as typeof relation.kinds,
    })),
  }));
}

type Side = 0 | 1;

function columnsOf({ key, keyChanges, columns, parts }: Draft, side: Side): Columns {
  const has = (part: (typeof PARTS)[number]): boolean => parts[side].includes(part);
  const drafted = columns.map(
    ({ from, to }, place) => [`c${place}`, side === 0 ? from : to] as const,
  );
  const generated = (stored: boolean): Options => ({
    type: 'int',
    nullable: true,
    asExpression: stored ? 'amount + 1' : '`amount` * 2',
    generatedType: stored ? 'STORED' : 'VIRTUAL',
  });
  return {
    id: { ...key[keyChanges ? side : 0], primary: true } as EntitySchemaColumnOptions,
    amount: { type: 'int', default: 1 },
    ...(Object.fromEntries(
      drafted.filter(([, options]) => options !== undefined),
    ) as unknown as Columns),
    ...(has('virtual') && { twice: generated(false) as EntitySchemaColumnOptions }),
    ...(has('stored') && { more: generated(true) as EntitySchemaColumnOptions }),
    words: { type: 'text', nullable: true },
  };
}

function relationsOf({ relations }: Draft, side: Side) {
  return relations.flatMap(({ target, kinds, onDelete, there, changes }: RelationDraft, place) => {
    if (!there[side]) return [];
    const at = changes ? side : 0;
    const type = kinds[at];
    // The columns of a join table are never null.
    const isJoined = type === 'many-to-many';
    const action = isJoined && onDelete[at] === 'SET NULL' ? undefined : onDelete[at];
    const shape = isJoined ? { joinTable: true } : { joinColumn: true };
    return [[`r${place}`, { target, type, nullable: true, onDelete: action, ...shape }]];
  });
}

function toSchema(name: string, draft: Draft, side: Side): EntitySchema {
  const has = (part: (typeof PARTS)[number]): boolean => draft.parts[side].includes(part);
  const relations = relationsOf(draft, side);
  const comment = draft.comments[side];
  const indexed = draft.relations.flatMap((relation: RelationDraft, place) => {
    const isThere = relations.some(
      ([key, options]) =>
        key === `r${place}` && (options as { type: string }).type === 'many-to-one',
    );
    return isThere && relation.indexed[side] ? [{ columns: [`r${place}`] }] : [];
  });
  return new EntitySchema<object>({
    name,
    ...(comment && { comment }),
    columns: columnsOf(draft, side) as never,
    relations: Object.fromEntries(relations) as never,
    indices: [
      ...indexed,
      ...(has('index') ? [{ columns: ['amount'] }] : []),
      ...(has('unique index')
        ? [{ name: `${name} unique`, columns: ['amount', 'id'], unique: true }]
        : []),
      ...(has('long index') ? [{ name: 'ix_long', columns: ['id', 'amount'] }] : []),
      ...(has('fulltext') ? [{ name: `ft_${name}`, columns: ['words'], fulltext: true }] : []),
    ],
    checks: [
      ...(has('check') ? [{ expression: 'amount > 0' }] : []),
      ...(has('named check')
        ? [{ name: `${name} ck`, expression: 'amount <> 7 OR amount IS NULL' }]
        : []),
    ],
    uniques: has('unique') ? [{ columns: ['id', 'amount'] }] : [],
  }) as EntitySchema;
}
