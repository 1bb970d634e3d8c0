import type { Dialect } from '../common/dialect.js';
import { inspectPostgres } from './postgres-inspector.js';
import { makePostgresObjects } from './postgres-make-objects.js';
import { canonicalizePostgres } from './postgres-normalize.js';
import { readObjectTexts } from './postgres-object-heads.js';
import { postgresSession } from './postgres-session.js';
import { postgresSyntax } from './postgres-syntax.js';
import { postgresVersionTables } from './postgres-version-tables.js';

/** PostgreSQL, from version 13 on. Each part is loaded when it is first asked for: most commands need none or few. */
export const postgresDialect: Dialect = Object.freeze<Dialect>({
  name: 'postgres',
  get capabilities() {
    return postgresSyntax.capabilities;
  },
  get quoting() {
    return postgresSyntax.quoting;
  },
  get portable() {
    return postgresSyntax.portable;
  },
  get session() {
    return postgresSession;
  },
  get versionTables() {
    return postgresVersionTables;
  },
  compile: (operation, server) => postgresSyntax.compile(operation, server),
  bind: (operation) => postgresSyntax.bind(operation),
  findParameters: (sql) => postgresSyntax.findParameters(sql),
  takesParameters: (statement) => postgresSyntax.takesParameters(statement),
  splitStatements: (sql) => postgresSyntax.splitStatements(sql),
  canonicalType: (type) => postgresSyntax.canonicalType(type),
  isWidening: (from, to) => postgresSyntax.isWidening(from, to),
  castBetween: (from, to, column) => postgresSyntax.castBetween(from, to, column),
  castsKnowing: (known) => postgresSyntax.castsKnowing(known),
  castThroughText: (from, to, column) => postgresSyntax.castThroughText(from, to, column),
  renameInText: (sql, renaming) => postgresSyntax.renameInText(sql, renaming),
  prechecks: (operation) => postgresSyntax.prechecks(operation),
  inspect: (connection, options) => inspectPostgres(connection, options),
  canonicalize: (connection, models) => canonicalizePostgres(connection, models),
  readObjectTexts: (texts, defaultSchema) => readObjectTexts(texts, defaultSchema),
  makeObjects: (connection, request) => makePostgresObjects(connection, request),
});
