import { postgresSyntax } from '../dialects/postgres/postgres-syntax.js';
import type { ObjectEffect } from '../operations/object-effect.js';
import { effectsOf } from '../operations/operation-definitions.js';
import type { Index, SchemaModel, Table } from '../schema/schema-model.js';
import { type DiffInput, diffSchema } from './diff-schema.js';
import { model, ofEntity, table } from './model.fixture.js';
import type { OwnershipMemory } from './ownership.js';
import { NO_MEMORY, replayLog } from './replay-log.js';

/** What making a model leaves in the log. */
export const effectsToMake = (made: SchemaModel): readonly ObjectEffect[] =>
  diffSchema({
    current: model([]),
    target: made,
    memory: NO_MEMORY,
    dialect: postgresSyntax,
  }).operations.flatMap(effectsOf);

/** The memory of a database that was made from a model. */
export const memoryOf = (made: SchemaModel): OwnershipMemory => replayLog(effectsToMake(made));

/** The model as a server tells it. */
export const unmarked = (made: SchemaModel): SchemaModel =>
  JSON.parse(
    JSON.stringify(made, (key, value: unknown) =>
      key === 'entity' || key === 'property' ? undefined : value,
    ),
  ) as SchemaModel;

/** Something that is there now. */
export const isMade = (effect: ObjectEffect) => effect.action === 'made';

/** The difference of two models, where the first one is managed. */
export const diff = (current: SchemaModel, target: SchemaModel, rest: Partial<DiffInput> = {}) =>
  diffSchema({ current, target, memory: memoryOf(current), dialect: postgresSyntax, ...rest });

/** The kinds of its operations, in order. */
export const kinds = (
  current: SchemaModel,
  target: SchemaModel,
  rest: Partial<DiffInput> = {},
): readonly string[] => diff(current, target, rest).operations.map(({ kind }) => kind);

/** An index of columns. */
export const index = (
  name: string,
  columns: readonly string[],
  rest: Partial<Index> = {},
): Index => ({
  name,
  elements: columns.map((name) => ({ column: name })),
  unique: false,
  ...rest,
});

/** The table of most specs. */
export const account = (
  ...rest: Parameters<typeof table> extends [string, ...infer R] ? R : never
): Table => ofEntity('Account', table('account', ...rest));
