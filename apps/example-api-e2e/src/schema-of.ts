/* eslint-disable @nx/enforce-module-boundaries -- the model of the app is what is compared; e2e specs import nothing else of it */
import { exampleDataSourceOptions } from '@nest-alembic/example-api/data-source-options';
import { exampleEntities } from '@nest-alembic/example-api/entities';
/* eslint-enable @nx/enforce-module-boundaries */
import type { TestDatabase } from '@nest-alembic/testing';
import { fingerprintPostgres, runPsql } from '@nest-alembic/testing';
import { DataSource } from 'typeorm';

/** The tables that the tool makes for itself. */
export const ownTables = ['alembic_version', 'alembic_version_log', 'alembic_version_ledger'];

/** The schema of a database as sorted lines of text, without the tables of the tool itself. */
export async function schemaOf(database: TestDatabase): Promise<readonly string[]> {
  const connection = await database.connect();
  const lines = await fingerprintPostgres(connection, { ignoredTables: ownTables });
  await connection.close();
  return lines;
}

/** All that a command could have written: the whole schema, and the rows of the tool's tables. */
export async function stateOf(database: TestDatabase): Promise<readonly string[]> {
  const connection = await database.connect();
  const state = [...(await fingerprintPostgres(connection))];
  for (const table of ownTables) {
    if (!state.some((line) => line.startsWith(`table public.${table} `))) continue;
    const { rows } = await connection.query(`SELECT * FROM ${table}`);
    state.push(...rows.map((row) => `${table}: ${JSON.stringify(row)}`).sort());
  }
  await connection.close();
  return state;
}

/** Makes what the entities say as TypeORM itself does. */
export async function synchronize(database: TestDatabase): Promise<void> {
  const dataSource = new DataSource({
    ...exampleDataSourceOptions({ url: database.url }),
    entities: exampleEntities,
  });
  await dataSource.initialize();
  // TypeORM makes no schemas.
  await dataSource.query('CREATE SCHEMA audit');
  await dataSource.synchronize();
  await dataSource.destroy();
}

/** Runs a script as a person would: with psql where it is installed, else over the plain driver. @throws Error when it fails */
export async function runScript(database: TestDatabase, script: string): Promise<void> {
  const result = await runPsql(database.url, script);
  if (result?.exitCode === 0) return;
  if (result) throw new Error(`psql ended with ${result.exitCode}: ${result.stderr}`);
  const connection = await database.connect();
  await connection.script(script);
  await connection.close();
}

/** Lines that only one of two schemas has: `-` for the first, `+` for the second. */
export function differences(first: readonly string[], second: readonly string[]): string[] {
  const [inFirst, inSecond] = [new Set(first), new Set(second)];
  return [
    ...first.filter((line) => !inSecond.has(line)).map((line) => `- ${line}`),
    ...second.filter((line) => !inFirst.has(line)).map((line) => `+ ${line}`),
  ];
}
