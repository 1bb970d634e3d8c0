import type { Dialect } from '../common/dialect.js';
import { postgresCapabilities } from './postgres-capabilities.js';
import { majorOf } from '../common/statement-tools.js';
import { castBetween, castsKnowing, castThroughText } from './postgres-casts.js';
import { PostgresCompiler } from './postgres-compiler.js';
import { findParameters, takesParameters } from './postgres-parameters.js';
import { postgresPortable } from './postgres-portable.js';
import { prechecks } from './postgres-prechecks.js';
import { postgresQuoting } from './postgres-quoting.js';
import { renameInText } from './postgres-rename-in-text.js';
import { splitStatements } from './postgres-split.js';
import { canonicalType } from './postgres-types.js';
import { isWidening } from './postgres-widening.js';

/** The part of a dialect that is pure: how its SQL is written and read. */
export type DialectText = Pick<
  Dialect,
  | 'name'
  | 'capabilities'
  | 'quoting'
  | 'portable'
  | 'compile'
  | 'bind'
  | 'findParameters'
  | 'takesParameters'
  | 'splitStatements'
  | 'canonicalType'
  | 'isWidening'
  | 'castBetween'
  | 'castThroughText'
  | 'renameInText'
  | 'prechecks'
> &
  Required<Pick<Dialect, 'castsKnowing'>>;

const texts = {
  name: 'postgres',
  capabilities: postgresCapabilities,
  quoting: postgresQuoting,
  splitStatements,
  findParameters,
  takesParameters,
};

const compilers = new Map<string | undefined, PostgresCompiler>();

/** The compiler for a server such as `15.20` or `18beta1`; made when something is compiled, as most commands compile nothing. */
function compilerFor(version?: string): PostgresCompiler {
  const known = compilers.get(version);
  if (known) return known;
  const serverMajor = version === undefined ? undefined : majorOf(version);
  const made = new PostgresCompiler({
    ...texts,
    ...(serverMajor !== undefined && { serverMajor }),
  });
  compilers.set(version, made);
  return made;
}

/** Everything of the PostgreSQL dialect that needs no connection. */
export const postgresSyntax: DialectText = Object.freeze({
  name: texts.name,
  capabilities: postgresCapabilities,
  quoting: postgresQuoting,
  portable: postgresPortable,
  compile: (operation, server) => compilerFor(server?.version).compile(operation),
  bind: (operation) => compilerFor().bind(operation),
  findParameters,
  takesParameters,
  splitStatements,
  canonicalType,
  isWidening,
  castBetween,
  castsKnowing,
  castThroughText,
  renameInText,
  prechecks,
});
