import { withDefaultSchema } from '../../autogenerate/default-schema.js';
import { type DiffInput, diffSchema } from '../../autogenerate/diff-schema.js';
import { withIncludedNames } from '../../autogenerate/filters/filter-by-name.js';
import { withIncludedObjects } from '../../autogenerate/filters/filter-objects.js';
import { hiddenColumns } from '../../autogenerate/filters/hidden-columns.js';
import type { OwnershipMemory } from '../../autogenerate/ownership.js';
import type { SchemaDiff } from '../../autogenerate/schema-diff.js';
import { MigrationError } from '../../errors/migration-error.js';
import type { Connection } from '../../dialects/common/connection.js';
import type {
  Dialect,
  InspectOptions,
  KnownCast,
  NotAsked,
} from '../../dialects/common/dialect.js';
import type { ObjectName } from '../../schema/object-name.js';
import { nameKey } from '../../schema/object-name.js';
import type { SchemaModel } from '../../schema/schema-model.js';
import { withComparators } from './run-comparators.js';
import { withDoubts } from './doubtful-operations.js';
import { readMemory } from './read-memory.js';
import {
  makeRegistered,
  REGISTRABLE,
  type RegisteredSides,
  registeredStatements,
} from './make-registered.js';
import { schemasOfStatements } from '../../dialects/common/object-texts.js';
import { defaultSchemaOf } from '../session/default-schema-of.js';
import type { Environment } from '../options/environment.js';

/** Both sides of a comparison, as they are before the server was asked for its spelling. */
export interface SchemaSides extends RegisteredSides {
  readonly memory: OwnershipMemory;
  /** The database with what `includeName` left out. */
  readonly whole: SchemaModel;
}

/** What a person has decided before. */
export interface ComparisonOptions {
  readonly allowDestructive: boolean;
  readonly decisions?: NonNullable<DiffInput['decisions']>;
}

/** The difference, and the model that it starts from. */
export interface SchemaComparison {
  readonly diff: SchemaDiff;
  readonly current: SchemaModel;
  /** Why texts were compared as they stand. Absent: they were not, or the dialect does not say. */
  readonly notAsked?: NotAsked;
}

/**
 * Compares the database with the model of the environment (design §2). Changes nothing.
 * @throws MigrationError E9006 without a model, E5012 without a default schema, and those of registered objects
 */
export async function compareSchema(
  environment: Environment,
  connection: Connection,
  options: ComparisonOptions,
): Promise<SchemaComparison> {
  const dialect = environment.dialect();
  const sides = await readSides(environment, connection);
  const spelled = await dialect.canonicalize(connection, sides);
  const made = await makeRegistered(environment, connection, {
    ...sides,
    current: sides.whole,
    target: spelled.target,
  });
  // After the spelling: a text may name what takes no part.
  const { current, target } = withoutLeftOut(environment, {
    current: spelled.current,
    target: made.target,
  });
  const input: DiffInput = {
    current,
    target,
    memory: sides.memory,
    dialect: knowingCasts(dialect, spelled.casts),
    allowDestructive: options.allowDestructive,
    rules: environment.comparison.rules,
    hidden: hiddenColumns(sides.whole, current),
    ...(options.decisions && { decisions: options.decisions }),
    unverified: spelled.unverified || made.unverified,
    replaceable: made.replaceable,
    writtenViews: sides.target.views,
    registersObjects: (environment.objects ?? []).length > 0,
  };
  const diff = withDoubts(diffSchema(input), input, spelled.alike);
  const compared = { current, target, diff };
  return {
    diff: await withComparators(environment, connection, compared),
    current,
    ...(spelled.notAsked && { notAsked: spelled.notAsked }),
  };
}

/** The dialect with what the database was asked for; its parts are still loaded when they are first asked for. */
function knowingCasts(dialect: Dialect, casts: readonly KnownCast[] = []): Dialect {
  const castBetween = dialect.castsKnowing?.(casts);
  if (castBetween === undefined) return dialect;
  return Object.create(dialect, { castBetween: { value: castBetween } }) as Dialect;
}

/** Both sides without what `includeObject` leaves out. */
export function withoutLeftOut(
  { comparison: { includeObject } }: Environment,
  sides: { readonly current: SchemaModel; readonly target: SchemaModel },
): { readonly current: SchemaModel; readonly target: SchemaModel } {
  return includeObject ? withIncludedObjects(sides, includeObject) : sides;
}

/**
 * Reads the schema of the database, the model without registered objects, the statements of those, and what the log remembers
 * of who made what.
 * @throws MigrationError E9006 without a model, E5012 without a default schema, E9010 and E3016 for registered objects
 */
export async function readSides(
  environment: Environment,
  connection: Connection,
): Promise<SchemaSides> {
  const dialect = environment.dialect();
  const defaultSchema = defaultSchemaOf(await dialect.session.serverInfo(connection));
  const model = withDefaultSchema(await readTarget(environment), defaultSchema);
  const own = ownTables(environment, defaultSchema);
  const target = withoutTables(model, own);
  const memory = await readMemory(environment, connection, defaultSchema);
  const statements = registeredStatements(environment, memory, defaultSchema);
  const schemas = [...target.schemas, ...memory.schemas, ...schemasOfStatements(statements)];
  const inspect = {
    ignoredTables: [...own, ...othersTables(environment, target, defaultSchema)],
    ...schemasToRead(environment, schemas, defaultSchema),
    ...(statements && { also: REGISTRABLE }),
  };
  const whole = await dialect.inspect(connection, inspect);
  const { includeName } = environment.comparison;
  const current = includeName ? withIncludedNames(whole, includeName) : whole;
  return { current, target, memory, whole, statements, inspect };
}

function schemasToRead(
  { comparison: { includeSchemas, includeName } }: Environment,
  named: readonly string[],
  defaultSchema: string,
): Pick<InspectOptions, 'schemas' | 'includesSchema'> {
  const schemas =
    includeSchemas === 'all'
      ? includeSchemas
      : [...new Set([...includeSchemas, ...named])].filter((schema) => schema !== defaultSchema);
  if (!includeName) return { schemas };
  return { schemas, includesSchema: (schema) => includeName(schema, 'schema', {}) };
}

async function readTarget(environment: Environment): Promise<SchemaModel> {
  const target = await environment.targetSchema?.();
  if (target !== undefined && target.tables.length + target.views.length > 0) return target;
  throw new MigrationError('E9006', {
    problem:
      target === undefined
        ? `environment "${environment.name}" has no model to compare the database with`
        : `the model of environment "${environment.name}" has no entity`,
    advice:
      'Nothing was written. Register the entities with the DataSource; an empty model would mean to drop everything.',
    facts: { environment: environment.name },
  });
}

/** The model spells the default schema as null, whether the options name it or not. */
const folded =
  (defaultSchema: string) =>
  ({ schema, name }: ObjectName): ObjectName => ({
    schema: schema === defaultSchema ? null : schema,
    name,
  });

/** Ours are never compared, whether an entity is mapped to one or not (AG-29). */
const ownTables = (
  { dialect, versionTable }: Environment,
  defaultSchema: string,
): readonly ObjectName[] => dialect().versionTables.ownTables(folded(defaultSchema)(versionTable));

/** Those that the options name, but for the ones of the model. */
function othersTables(
  { ignoredTables }: Environment,
  target: SchemaModel,
  defaultSchema: string,
): readonly ObjectName[] {
  const inModel = new Set(target.tables.map(nameKey));
  return ignoredTables.map(folded(defaultSchema)).filter((table) => !inModel.has(nameKey(table)));
}

function withoutTables(model: SchemaModel, names: readonly ObjectName[]): SchemaModel {
  const out = new Set(names.map(nameKey));
  return { ...model, tables: model.tables.filter((table) => !out.has(nameKey(table))) };
}
