import type { OperationCall } from '../operations/operation-call.js';
import { callsOf } from '../operations/operation-definitions.js';
import type { Operation } from '../operations/operation.js';
import type { RenderContext } from './code-node.js';
import { callNode } from './code-node.js';
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
    .flatMap(callsOf)
    .map((call) => `${AWAIT}${renderCall(call, context, indent)};`)
    .join(`\n${' '.repeat(indent)}`);
}
