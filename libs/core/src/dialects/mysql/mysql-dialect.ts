import { MigrationError } from '../../errors/migration-error.js';
import type { Dialect } from '../common/dialect.js';
import type { MadeObjects, ObjectRequest, ObjectText } from '../common/object-texts.js';
import { inspectMysql } from './mysql-inspector.js';
import { canonicalizeMysql } from './mysql-normalize.js';
import type { Flavour } from './mysql-server.js';
import { mysqlSession } from './mysql-session.js';
import { syntaxOf } from './mysql-syntax.js';
import { mysqlVersionTables } from './mysql-version-tables.js';

/** MySQL, from version 8.0.16 on. A server that is MariaDB is taken as such, whatever the app calls it. */
export const mysqlDialect: Dialect = dialectOf('mysql');

/** MariaDB, from version 10.6 on. */
export const mariadbDialect: Dialect = dialectOf('mariadb');

function dialectOf(flavour: Flavour): Dialect {
  return Object.freeze<Dialect>({
    ...syntaxOf(flavour),
    session: mysqlSession,
    versionTables: mysqlVersionTables,
    inspect: inspectMysql,
    canonicalize: canonicalizeMysql,
    readObjectTexts,
    makeObjects,
  });
}

/** Changes of the schema are committed at once here: nothing could be made to look at it, and taken back. */
function readObjectTexts(texts: readonly ObjectText[]): readonly [] {
  if (texts.length === 0) return [];
  throw new MigrationError('E3016', {
    problem:
      'views, routines and triggers cannot be registered on this database, which commits every change of the schema',
    advice: 'Leave out the option "objects", and make them in revisions with op.execute.',
    facts: { source: texts[0]?.source },
  });
}

async function makeObjects(_: unknown, { target }: ObjectRequest): Promise<MadeObjects> {
  return { target, replaceable: new Set(), unverified: false };
}
