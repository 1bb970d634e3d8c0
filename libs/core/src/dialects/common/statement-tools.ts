import type { OperationOf } from '../../operations/operation.js';
import type { StatementTools } from '../../operations/own/own-operation.js';
import type { Dialect } from './dialect.js';

/** Major version of a server such as `15.20` or `18beta1`; undefined where it is not known. */
export function majorOf(version: string | undefined): number | undefined {
  const major = Number.parseInt(version ?? '', 10);
  return Number.isNaN(major) ? undefined : major;
}

/** What the tools are made of. */
export interface ToolParts extends Pick<StatementTools, 'serverMajor' | 'compile'> {
  readonly dialect: Pick<Dialect, 'name' | 'capabilities' | 'quoting' | 'splitStatements'>;
}

/** What operations of the app's own make their statements with. The functions may be taken out of it. */
export function statementTools({ dialect, serverMajor, compile }: ToolParts): StatementTools {
  const { name, capabilities, quoting } = dialect;
  return {
    dialect: name,
    capabilities,
    serverMajor,
    identifier: (text) => quoting.identifier(text),
    qualified: (object) => quoting.qualified(object),
    literal: (value) => quoting.literal(value),
    compile,
  };
}

/** The statements of an operation of the app's own; a text with several is taken apart. */
export function ownStatements(
  { definition, data }: OperationOf<'own'>,
  parts: ToolParts,
): readonly string[] {
  const texts = definition.compile(data, statementTools(parts));
  return texts.flatMap((text) => parts.dialect.splitStatements(text));
}
