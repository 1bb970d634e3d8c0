import type { OperationCall } from '../operations/operation-call.js';
import { callOf, writtenForm } from '../operations/operation-definitions.js';
import type { Operation } from '../operations/operation.js';
import type { RenderContext } from './code-node.js';
import { callNode } from './code-node.js';
import { withOwnCode } from './own-code.js';
import { printCode } from './print-code.js';

const BODY_INDENT = 2;
const AWAIT = 'await ';

/**
 * Prints a call as it stands in the body of a revision: `op.dropTable('account')`. Later lines are indented for a
 * statement that begins with `await` at the column of `indent`.
 */
export function renderCall(
  call: OperationCall,
  context: RenderContext,
  indent = BODY_INDENT,
): string {
  return printCode(callNode('op', call, context), {
    indent,
    column: indent + AWAIT.length,
    reserved: ';'.length,
  });
}

/** Prints the statements that make operations, the first without indentation; nothing for no operation. */
export function renderBody(
  operations: readonly Operation[],
  context: RenderContext,
  indent = BODY_INDENT,
): string {
  return operations
    .flatMap(writtenForm)
    .flatMap((operation) => statementsOf(operation, context, indent))
    .join(`\n${' '.repeat(indent)}`);
}

function statementsOf(
  operation: Operation,
  context: RenderContext,
  indent: number,
): readonly string[] {
  const code = context.codeFor?.({ kind: 'operation', operation });
  if (code === null) return [];
  if (code !== undefined) return [code.replaceAll('\n', () => `\n${' '.repeat(indent)}`)];
  const call = withOwnCode(callOf(operation), operation, context);
  return [`${AWAIT}${renderCall(call, context, indent)};`];
}
