import type { Operation } from '../../operations/operation.js';
import type { OperationRegistry } from '../../operations/own/register-operations.js';
import type { Dialect } from './dialect.js';
import { majorOf, ownStatements, statementTools } from './statement-tools.js';

/** A dialect whose statements for some built-in operations are those of the app. */
export function withReplacedStatements(
  dialect: Dialect,
  { replaced }: Pick<OperationRegistry, 'replaced'>,
): Dialect {
  if (replaced.size === 0) return dialect;
  const compile: Dialect['compile'] = (operation, server) => {
    const parts = { dialect, serverMajor: majorOf(server?.version) };
    if (operation.kind === 'own')
      return ownStatements(operation, { ...parts, compile: (other) => compile(other, server) });
    const isReplaced = ({ kind }: Operation): boolean => replaced.has(kind);
    if (
      operation.kind === 'batchAlterTable' &&
      dialect.tableRebuild === undefined &&
      operation.operations.some(isReplaced)
    )
      return operation.operations.flatMap((one) => compile(one, server));
    const replacement = replaced.get(operation.kind);
    if (!replacement) return dialect.compile(operation, server);
    const without = (other: Operation): readonly string[] => dialect.compile(other, server);
    const tools = statementTools({ ...parts, compile: without });
    const texts = replacement.compile(operation as never, tools);
    return texts.flatMap((text) => dialect.splitStatements(text));
  };
  const bind: Dialect['bind'] = (operation) =>
    replaced.has(operation.kind)
      ? compile(operation).map((sql) => ({ sql, parameters: [] }))
      : dialect.bind(operation);
  // A part of a dialect is loaded when it is first asked for, so the others are inherited, not copied.
  const replacing = { compile: { value: compile }, bind: { value: bind } };
  return Object.freeze(Object.create(dialect, replacing) as Dialect);
}
