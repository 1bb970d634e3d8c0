import { writeFileSync } from 'node:fs';
import { connectClient } from './database.fixture.js';
import { createMigrator } from '../create-migrator.js';
import type { MigratorOptions } from '../migrator-options.js';

/** Writes one text after the other into a file of a revision, applies it and takes it back; prints the tables that it made. */
async function work([url = '', rootDirectory = '', file = '', dialectFile = '']: string[]) {
  const { postgresDialect } = (await import(dialectFile)) as {
    readonly postgresDialect: MigratorOptions['dialect'];
  };
  const connect = () => connectClient(url);
  const migrator = createMigrator({ dialect: postgresDialect, connect, rootDirectory });
  const made: string[] = [];
  for (const text of JSON.parse(process.env['TEXTS'] ?? '[]') as string[]) {
    writeFileSync(file, text);
    await migrator.upgrade('head');
    const connection = await connect();
    const { rows } = await connection.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relname LIKE 't\\_%'`,
    );
    await connection.close();
    made.push(rows.map(({ name }) => name).join());
    await migrator.downgrade('base');
  }
  process.stdout.write(JSON.stringify(made));
}

void work(process.argv.slice(2));
