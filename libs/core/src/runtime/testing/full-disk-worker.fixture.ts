import { createMigrator } from '../create-migrator.js';
import type { MigratorOptions } from '../migrator-options.js';

/** Writes a revision, or the migrations folder, where there is no room for it, and prints what it came to. */
async function work([verb = '', rootDirectory = '', dialectFile = '']: string[]): Promise<void> {
  const { postgresDialect } = (await import(dialectFile)) as {
    readonly postgresDialect: MigratorOptions['dialect'];
  };
  const migrator = createMigrator({
    dialect: postgresDialect,
    connect: () => Promise.reject(new Error('must not connect')),
    rootDirectory,
    headsLock: true,
    newId: () => 'rev1',
    processRevisionDirectives: ([draft], { newDraft }) =>
      // The first of two files fits.
      draft === undefined ? [] : [newDraft({ revisionId: 'rev0' }), { ...draft, head: ['rev0'] }],
  });
  const message = 'a message that is too long for the room that is left '.repeat(200);
  const result = await (verb === 'init' ? migrator.init() : migrator.revision({ message })).then(
    () => ({ code: 'none' }),
    ({ code, problem, facts }) => ({ code, problem, facts }),
  );
  process.stdout.write(JSON.stringify(result));
}

void work(process.argv.slice(2));
