import { withDefaultSchema } from '../autogenerate/default-schema.js';
import { diffSchema } from '../autogenerate/diff-schema.js';
import type { OwnershipMemory } from '../autogenerate/ownership.js';
import { replayLog } from '../autogenerate/replay-log.js';
import type { SchemaDiff } from '../autogenerate/schema-diff.js';
import { MigrationError } from '../errors/migration-error.js';
import type { Connection } from '../dialects/common/connection.js';
import type { ObjectEffect } from '../operations/object-effect.js';
import type { ObjectName } from '../schema/object-name.js';
import { displayName, nameKey } from '../schema/object-name.js';
import type { SchemaModel } from '../schema/schema-model.js';
import { defaultSchemaOf } from './default-schema-of.js';
import type { Environment } from './environment.js';

/** Both sides of a comparison, as they are before the server was asked for its spelling. */
export interface SchemaSides {
  readonly current: SchemaModel;
  readonly target: SchemaModel;
  readonly memory: OwnershipMemory;
}

/** The difference, and the model that it starts from. */
export interface SchemaComparison {
  readonly diff: SchemaDiff;
  readonly current: SchemaModel;
}

/**
 * Compares the database with the model of the environment (design §2). Changes nothing.
 * @throws MigrationError E9006 without a model, E5012 without a default schema
 */
export async function compareSchema(
  environment: Environment,
  connection: Connection,
  options: { readonly allowDestructive: boolean },
): Promise<SchemaComparison> {
  const dialect = environment.dialect();
  const sides = await readSides(environment, connection);
  const { current, target, unverified } = await dialect.canonicalize(connection, sides);
  const diff = diffSchema({
    current,
    target,
    memory: sides.memory,
    dialect,
    allowDestructive: options.allowDestructive,
    unverified,
  });
  return { diff, current };
}

/**
 * Reads the schema of the database, the model, and what the log remembers of who made what.
 * @throws MigrationError E9006 without a model, E5012 without a default schema
 */
export async function readSides(
  environment: Environment,
  connection: Connection,
): Promise<SchemaSides> {
  const dialect = environment.dialect();
  const defaultSchema = defaultSchemaOf(await dialect.session.serverInfo(connection));
  const target = withDefaultSchema(await readTarget(environment), defaultSchema);
  const memory = await readMemory(environment, connection, defaultSchema);
  const schemas = [...environment.includeSchemas, ...target.schemas, ...memory.schemas];
  const current = await dialect.inspect(connection, {
    ignoredTables: ignoredTables(environment, target, defaultSchema),
    schemas: [...new Set(schemas)].filter((schema) => schema !== defaultSchema),
  });
  return { current, target, memory };
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

/** Our own tables, and those that the options name but for the ones of the model. */
function ignoredTables(
  environment: Environment,
  target: SchemaModel,
  defaultSchema: string,
): readonly ObjectName[] {
  const inModel = new Set(target.tables.map(nameKey));
  // The model spells the default schema as null, whether the options name it or not.
  const fold = ({ schema, name }: ObjectName): ObjectName => ({
    schema: schema === defaultSchema ? null : schema,
    name,
  });
  return [
    ...environment.dialect().versionTables.ownTables(fold(environment.versionTable)),
    ...environment.ignoredTables.map(fold).filter((table) => !inModel.has(nameKey(table))),
  ];
}

/** A database of Alembic's own, or a new one, has no log: then everything in it is foreign (design D8). */
async function readMemory(
  environment: Environment,
  connection: Connection,
  defaultSchema: string,
): Promise<OwnershipMemory> {
  const dialect = environment.dialect();
  const { schema, name } = environment.versionTable;
  const sql = dialect.versionTables.selectLog({ schema: schema ?? defaultSchema, name });
  try {
    const { rows } = await connection.query<{ readonly objects: string }>(sql);
    const effects = rows.flatMap(({ objects }) => JSON.parse(objects) as readonly ObjectEffect[]);
    return replayLog(effects.map((effect) => foldSchemas(effect, defaultSchema)));
  } catch (error) {
    const kind = dialect.session.errorKind(error);
    if (kind === 'missingTable') return replayLog([]);
    throw kind === 'denied' ? unreadableLog(environment, error) : error;
  }
}

const unreadableLog = ({ versionTable }: Environment, cause: unknown): MigrationError =>
  new MigrationError('E4008', {
    problem: `the log of version table "${displayName(versionTable)}" cannot be read with the rights of this role`,
    advice:
      'Nothing was written. Grant the role SELECT on it: it says which objects came from the model.',
    facts: { versionTable: displayName(versionTable) },
    cause,
  });

/** A hand-written operation may have named the default schema. */
function foldSchemas(effect: ObjectEffect, defaultSchema: string): ObjectEffect {
  const fold = (schema: string | null): string | null => (schema === defaultSchema ? null : schema);
  const folded = { ...effect, schema: fold(effect.schema) };
  return folded.action === 'renamed' && folded.toSchema !== undefined
    ? { ...folded, toSchema: fold(folded.toSchema) }
    : folded;
}
