import type { LiteralValue } from '../schema/literal-value.js';
import type { CallArgument, OperationCall, ValueCode } from '../operations/operation-call.js';
import type { PortableDialect } from './portable-code.js';
import type { RenderedItem } from './rendered-item.js';
import { stringLiteral, templateLiteral } from './string-literal.js';

/** What the renderer must know of the dialect. */
export interface RenderContext {
  /** There is a naming convention: names of constraints and indexes are printed as final. @default false */
  readonly finalNames?: boolean;
  /** Changes of one table are written as `op.batchAlterTable`. @default false */
  readonly asBatch?: boolean;
  /** Writes what is portable as such, in a history for several databases. @default the database's own spelling */
  readonly portable?: PortableDialect;
  /** Code in the place of an item's own; undefined for its own, null to leave it out. @default every item has its own */
  readonly codeFor?: (item: RenderedItem) => string | null | undefined;
  /** The value whose literal is exactly this SQL text, or undefined where the text is no such literal. */
  parseLiteral(sql: string): LiteralValue | undefined;
}

/** A piece of JavaScript that can be laid out. */
export type CodeNode =
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'string'; readonly text: string }
  /** A template literal of several lines. */
  | { readonly kind: 'template'; readonly text: string }
  | CallNode
  | ListNode
  | { readonly kind: 'arrow'; readonly head: string; readonly body: ListNode | BlockNode }
  | BlockNode
  | { readonly kind: 'object'; readonly entries: readonly CodeEntry[] };

/** A call of a function. */
export interface CallNode {
  readonly kind: 'call';
  readonly callee: string;
  readonly args: readonly CodeNode[];
}

/** The body of a function: one statement on a line. */
export interface BlockNode {
  readonly kind: 'block';
  readonly statements: readonly CodeNode[];
}

/** A list literal. */
export interface ListNode {
  readonly kind: 'list';
  readonly items: readonly CodeNode[];
}

/** A member of an object literal; `key` is printed already. */
export interface CodeEntry {
  readonly key: string;
  readonly value: CodeNode;
}

/** The call of a method of `op`, `t` or `batch` as code. */
export function callNode(owner: string, call: OperationCall, context: RenderContext): CallNode {
  return {
    kind: 'call',
    callee: `${owner}.${call.method}`,
    args: call.args.map((arg) => argumentNode(arg, context)),
  };
}

/** A string as code, for header constants. */
export function stringNode(text: string): CodeNode {
  return { kind: 'string', text: stringLiteral(text) };
}

function argumentNode(arg: CallArgument, context: RenderContext): CodeNode {
  if (typeof arg === 'string') return stringNode(arg);
  if (typeof arg === 'number' || typeof arg === 'bigint') return numberNode(arg);
  if (typeof arg !== 'object' || arg === null) return { kind: 'word', text: String(arg) };
  if (isList(arg)) return { kind: 'list', items: arg.map((item) => argumentNode(item, context)) };
  return isMarked(arg) ? markedNode(arg, context) : objectNode(Object.entries(arg), context);
}

type Marked = Extract<CallArgument, { readonly code: string }>;

function markedNode(arg: Marked, context: RenderContext): CodeNode {
  switch (arg.code) {
    case 'sql':
      return sqlNode(arg.sql);
    case 'value':
      return valueNode(arg, context);
    case 'text':
      return textNode(arg.text);
    case 'name':
      return nameNode(arg.name, context);
    case 'row':
      return objectNode(arg.entries, context);
    case 'raw':
      return rawNode(arg.text);
    case 'batchBody': {
      const statements = arg.calls.map((one) => callNode('batch', one, context));
      return { kind: 'arrow', head: '(batch) => ', body: { kind: 'block', statements } };
    }
    case 'tableBody': {
      const items = arg.items.map((item) =>
        'code' in item ? rawNode(item.text) : callNode('t', item, context),
      );
      return { kind: 'arrow', head: '(t) => ', body: { kind: 'list', items } };
    }
  }
}

/** Code of several lines is never joined to one. */
function rawNode(text: string): CodeNode {
  return { kind: text.includes('\n') ? 'template' : 'word', text };
}

function nameNode(name: string, { finalNames = false }: RenderContext): CodeNode {
  const text = stringNode(name);
  return finalNames ? { kind: 'call', callee: 'op.f', args: [text] } : text;
}

function objectNode(
  entries: readonly (readonly [string, CallArgument])[],
  context: RenderContext,
): CodeNode {
  const said = entries.filter(([, value]) => value !== undefined);
  return {
    kind: 'object',
    entries: said.map(([name, value]) => ({
      key: propertyKey(name),
      value: argumentNode(value, context),
    })),
  };
}

function valueNode({ sql, allowsNull }: ValueCode, context: RenderContext): CodeNode {
  const value = context.parseLiteral(sql);
  if (value === undefined || (value === null && !allowsNull)) return sqlNode(sql);
  if (typeof value === 'string') return stringNode(value);
  if (typeof value === 'number' || typeof value === 'bigint') return numberNode(value);
  return { kind: 'word', text: String(value) };
}

function numberNode(value: number | bigint): CodeNode {
  if (typeof value === 'bigint') return { kind: 'word', text: `${value}n` };
  const text = Object.is(value, -0) ? '-0' : String(value).replace('e+', 'e');
  return { kind: 'word', text };
}

function sqlNode(sql: string): CodeNode {
  return { kind: 'call', callee: 'op.sql', args: [textNode(sql)] };
}

function textNode(text: string): CodeNode {
  const template = templateLiteral(text);
  return template === undefined ? stringNode(text) : { kind: 'template', text: template };
}

/** `__proto__: x` in a literal sets the prototype; a computed key makes a member of that name. */
function propertyKey(name: string): string {
  if (name === '__proto__') return "['__proto__']";
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : stringLiteral(name);
}

function isList(arg: object): arg is readonly CallArgument[] {
  return Array.isArray(arg);
}

function isMarked(arg: object): arg is Marked {
  return 'code' in arg;
}
