import type { OwnershipMemory } from '../../autogenerate/ownership.js';
import { replayLog, replayParts } from '../../autogenerate/replay-log.js';
import type { Connection } from '../../dialects/common/connection.js';
import { MigrationError } from '../../errors/migration-error.js';
import type { ObjectEffect } from '../../operations/object-effect.js';
import { displayName } from '../../schema/object-name.js';
import type { Environment } from '../options/environment.js';
import { rightsNeeded } from '../session/rights-needed.js';

/**
 * What the log remembers of who made what. A database of Alembic's own, or a new one, has no log: then everything in it is
 * foreign (design D8).
 * @throws MigrationError E4008 for a log that this role may not read
 */
export async function readMemory(
  environment: Environment,
  connection: Connection,
  defaultSchema: string,
): Promise<OwnershipMemory> {
  const dialect = environment.dialect();
  const { schema, name } = environment.versionTable;
  const sql = dialect.versionTables.selectObjects({ schema: schema ?? defaultSchema, name });
  try {
    const { rows } = await connection.query<{ readonly objects: string }>(sql);
    return replayParts(effectsIn(rows, defaultSchema));
  } catch (error) {
    const kind = dialect.session.errorKind(error);
    if (kind === 'missingTable') return replayLog([]);
    throw kind === 'denied' ? unreadableLog(environment, error) : error;
  }
}

/** The effects in the log's texts, each text read when it is its turn. */
function* effectsIn(
  rows: readonly { readonly objects: string }[],
  defaultSchema: string,
): Iterable<readonly ObjectEffect[]> {
  for (const { objects } of rows)
    yield (JSON.parse(objects) as readonly ObjectEffect[]).map((effect) =>
      foldSchemas(effect, defaultSchema),
    );
}

const unreadableLog = ({ dialect, versionTable }: Environment, cause: unknown): MigrationError =>
  new MigrationError('E4008', {
    problem: `the log of version table "${displayName(versionTable)}", which says what came from the model, cannot be read with the rights of this role: ${(cause as Error).message}`,
    advice: `Nothing was written. ${rightsNeeded(dialect(), versionTable)}`,
    facts: { versionTable: displayName(versionTable) },
    cause,
  });

/** A hand-written operation may have named the default schema. */
function foldSchemas(effect: ObjectEffect, defaultSchema: string): ObjectEffect {
  if (effect.schema === null && !('toSchema' in effect)) return effect;
  const fold = (schema: string | null): string | null => (schema === defaultSchema ? null : schema);
  const folded = { ...effect, schema: fold(effect.schema) };
  return folded.action === 'renamed' && folded.toSchema !== undefined
    ? { ...folded, toSchema: fold(folded.toSchema) }
    : folded;
}
