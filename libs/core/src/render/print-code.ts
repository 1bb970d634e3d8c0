import type { BlockNode, CallNode, CodeEntry, CodeNode } from './code-node.js';

/** The width that code is laid out for, in columns. */
export const PRINT_WIDTH = 100;

const INDENT = 2;

/** Where a node is printed. */
export interface Position {
  /** Columns that the lines after the first are indented by. */
  readonly indent: number;
  /** Columns that are taken on the first line. */
  readonly column: number;
  /** Columns that must stay free after the last line, such as those of `,` or `;`. */
  readonly reserved: number;
}

/**
 * Prints code as Prettier does at width 100 with single quotes and trailing commas: on one line where it fits, else the
 * last argument alone is broken where its first line fits, else every argument stands on a line of its own.
 */
export function printCode(node: CodeNode, position: Position): string {
  if (!isForced(node)) {
    const flat = flatCode(node);
    if (position.column + flat.length + position.reserved <= PRINT_WIDTH) return flat;
  }
  return printBroken(node, position);
}

/** True when a node takes several lines whatever the width. */
function isForced(node: CodeNode): boolean {
  switch (node.kind) {
    case 'word':
    case 'string':
      return false;
    case 'template':
      return true;
    case 'call':
      return node.args.some(isForced);
    case 'arrow':
      return isForced(node.body);
    case 'list':
      return isTabular(node.items) || node.items.some(isForced);
    case 'block':
      return node.statements.length > 0;
    case 'object':
      return node.entries.some(({ value }) => isForced(value));
  }
}

/** Several objects, or several lists, of more than one member each: Prettier prints one on a line. */
function isTabular(items: readonly CodeNode[]): boolean {
  const areAll = (isSo: (item: CodeNode) => boolean): boolean => items.every(isSo);
  return (
    items.length > 1 &&
    (areAll((item) => item.kind === 'object' && item.entries.length > 1) ||
      areAll((item) => item.kind === 'list' && item.items.length > 1))
  );
}

function flatCode(node: CodeNode): string {
  switch (node.kind) {
    case 'word':
    case 'string':
    case 'template':
      return node.text;
    case 'call':
      return `${node.callee}(${node.args.map(flatCode).join(', ')})`;
    case 'arrow':
      return node.head + flatCode(node.body);
    case 'list':
      return `[${node.items.map(flatCode).join(', ')}]`;
    case 'block':
      return '{}';
    case 'object': {
      const entries = node.entries.map(({ key, value }) => `${key}: ${flatCode(value)}`);
      return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
    }
  }
}

function printBroken(node: CodeNode, position: Position): string {
  switch (node.kind) {
    case 'word':
    case 'string':
    case 'template':
      return node.text;
    case 'call':
      return printBrokenCall(node, position);
    case 'arrow': {
      const column = position.column + node.head.length;
      return node.head + printBroken(node.body, { ...position, column });
    }
    case 'list':
      return printLines(['[', ']'], node.items.map(itemPrinter), position);
    case 'block':
      return printBlock(node, position);
    case 'object':
      return printLines(['{', '}'], node.entries.map(entryPrinter), position);
  }
}

function printBlock({ statements }: BlockNode, { indent }: Position): string {
  if (statements.length === 0) return '{}';
  const inner = indent + INDENT;
  const position = { indent: inner, column: inner, reserved: ';'.length };
  const lines = statements.map((one) => `${' '.repeat(inner)}${printCode(one, position)};\n`);
  return `{\n${lines.join('')}${' '.repeat(indent)}}`;
}

function printBrokenCall(call: CallNode, position: Position): string {
  const brackets = [`${call.callee}(`, ')'] as const;
  const [only] = call.args;
  if (only === undefined) return brackets.join('');
  if (call.args.length === 1 && only.kind === 'template') return brackets.join(only.text);
  return printHugged(call, position) ?? printLines(brackets, call.args.map(itemPrinter), position);
}

/** The call with only its last argument broken, or undefined where that does not fit or Prettier would not do it. */
function printHugged(call: CallNode, position: Position): string | undefined {
  const last = call.args.at(-1);
  const before = call.args.slice(0, -1);
  if (!last || !isHuggable(last) || last.kind === before.at(-1)?.kind) return undefined;
  if (before.some(isForced)) return undefined;
  const head = `${call.callee}(${before.map((arg) => `${flatCode(arg)}, `).join('')}`;
  const column = position.column + head.length;
  const text = `${head}${printBroken(last, { ...position, column })})`;
  const [firstLine = ''] = text.split('\n');
  return position.column + firstLine.length <= PRINT_WIDTH ? text : undefined;
}

function isHuggable(node: CodeNode): boolean {
  if (node.kind === 'arrow') return true;
  if (node.kind === 'list') return node.items.length > 0;
  return node.kind === 'object' && node.entries.length > 0;
}

type LinePrinter = (position: Position) => string;

function printLines(
  [open, close]: readonly [string, string],
  lines: readonly LinePrinter[],
  { indent }: Position,
): string {
  if (lines.length === 0) return open + close;
  const inner = indent + INDENT;
  const position = { indent: inner, column: inner, reserved: ','.length };
  const printed = lines.map((print) => `${' '.repeat(inner)}${print(position)},\n`);
  return `${open}\n${printed.join('')}${' '.repeat(indent)}${close}`;
}

const itemPrinter =
  (node: CodeNode): LinePrinter =>
  (position) =>
    printCode(node, position);

const entryPrinter =
  ({ key, value }: CodeEntry): LinePrinter =>
  (position) => {
    const column = position.column + key.length + ': '.length;
    const flat = flatCode(value);
    const isTooLong = column + flat.length + position.reserved > PRINT_WIDTH;
    if (isTooLong && movesBelowKey(key, value)) {
      return `${key}:\n${' '.repeat(position.indent + INDENT)}${flat}`;
    }
    return `${key}: ${printCode(value, { ...position, column })}`;
  };

/** A long string goes to a line of its own, but not for the sake of one or two columns. */
function movesBelowKey(key: string, value: CodeNode): boolean {
  return value.kind === 'string' && key.length > INDENT;
}
