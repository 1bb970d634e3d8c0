import type { Dialect } from '../common/dialect.js';
import { majorOf } from '../common/statement-tools.js';
import { capabilitiesOf } from './mysql-capabilities.js';
import { castBetween, castThroughText } from './mysql-casts.js';
import { MysqlBatchCompiler } from './mysql-batch-compiler.js';
import { isHeldByKeys } from './mysql-column-cost.js';
import { findParameters, takesParameters } from './mysql-parameters.js';
import { prechecks } from './mysql-prechecks.js';
import { mysqlPortable } from './mysql-portable.js';
import { mysqlQuoting } from './mysql-quoting.js';
import { renameInText } from './mysql-rename-in-text.js';
import type { Flavour } from './mysql-server.js';
import { newest, serverOf } from './mysql-server.js';
import { splitStatements } from './mysql-split.js';
import { canonicalType } from './mysql-types.js';
import { isWidening } from './mysql-widening.js';

/** The part of a dialect that is pure: how its SQL is written and read. */
export type DialectText = Omit<
  Dialect,
  'session' | 'versionTables' | 'inspect' | 'canonicalize' | 'readObjectTexts' | 'makeObjects'
>;

/** Everything of a flavour of the dialect that needs no connection. A server tells its flavour itself: it may be the other one. */
export function syntaxOf(flavour: Flavour): DialectText {
  const capabilities = capabilitiesOf(newest(flavour));
  const compilers = new Map<string | undefined, MysqlBatchCompiler>();
  const compilerFor = (version: string | undefined): MysqlBatchCompiler => {
    const found = compilers.get(version) ?? makeCompiler(version);
    compilers.set(version, found);
    return found;
  };
  function makeCompiler(version: string | undefined): MysqlBatchCompiler {
    const server = serverOf(version, flavour);
    const serverMajor = majorOf(version);
    return new MysqlBatchCompiler({
      name: flavour,
      capabilities: capabilitiesOf(server),
      quoting: mysqlQuoting,
      splitStatements,
      findParameters,
      takesParameters,
      server,
      ...(serverMajor !== undefined && { serverMajor }),
    });
  }
  return Object.freeze({
    name: flavour,
    capabilities,
    quoting: mysqlQuoting,
    portable: mysqlPortable(newest(flavour)),
    compile: (operation, server) => compilerFor(server?.version).compile(operation),
    bind: (operation) => compilerFor(undefined).bind(operation),
    findParameters,
    takesParameters,
    splitStatements,
    canonicalType,
    isWidening,
    isHeldByKeys,
    waysOn: (table, operations) => compilerFor(undefined).waysOn(table, operations),
    castBetween,
    castThroughText,
    renameInText,
    prechecks,
  } satisfies DialectText);
}
