import { prechecks } from './sqlite-prechecks.js';
import { sqliteCapabilities } from './sqlite-capabilities.js';
import { SqliteCompiler } from './sqlite-compiler.js';
import type { Dialect } from '../common/dialect.js';
import { findParameters, takesParameters } from './sqlite-parameters.js';
import { sqlitePortable } from './sqlite-portable.js';
import { sqliteQuoting } from './sqlite-quoting.js';
import { renameInText } from './sqlite-rename-in-text.js';
import { splitStatements } from './sqlite-split.js';
import { sqliteTableRebuild } from './sqlite-table-rebuild.js';
import { canonicalType, castBetween, castThroughText, isWidening } from './sqlite-types.js';

const texts = {
  name: 'sqlite',
  capabilities: sqliteCapabilities,
  quoting: sqliteQuoting,
  splitStatements,
  findParameters,
  takesParameters,
};
const compiler = new SqliteCompiler(texts);

/** Everything of the SQLite dialect that needs no connection. Every version that is supported takes the same statements. */
export const sqliteSyntax: Omit<
  Dialect,
  'session' | 'versionTables' | 'inspect' | 'canonicalize' | 'readObjectTexts' | 'makeObjects'
> = Object.freeze({
  ...texts,
  portable: sqlitePortable,
  compile: (operation) => compiler.compile(operation),
  bind: (operation) => compiler.bind(operation),
  tableRebuild: sqliteTableRebuild((operation) => compiler.compile(operation)),
  canonicalType,
  isWidening,
  castBetween,
  castThroughText,
  renameInText,
  prechecks,
});
