import type { OperationCall } from '../operations/operation-call.js';
import { callOf, writtenForm } from '../operations/operation-definitions.js';
import type { Operation } from '../operations/operation.js';
import type { RenderContext } from './code-node.js';
import { callNode } from './code-node.js';
import { inBatches } from './in-batches.js';
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
  const written = operations.flatMap(writtenForm);
  const said = context.asBatch ? inBatches(written, (one) => hasOwnCode(one, context)) : written;
  return said
    .flatMap((operation) => statementsOf(operation, context, indent))
    .join(`\n${' '.repeat(indent)}`);
}

/** The user's code stands where it is known what it stands for: not among the calls of a batch. */
function hasOwnCode(operation: Operation, context: RenderContext): boolean {
  if (context.codeFor === undefined) return false;
  if (context.codeFor({ kind: 'operation', operation }) !== undefined) return true;
  const call = callOf(operation);
  return JSON.stringify(withOwnCode(call, operation, context)) !== JSON.stringify(call);
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
