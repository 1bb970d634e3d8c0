import { call } from '../operations/call-arguments.js';
import type { CallArgument, OperationCall, RawCode } from '../operations/operation-call.js';
import type { Operation } from '../operations/operation.js';
import { allConstraints } from '../operations/table-body-call.js';
import type { ObjectName } from '../schema/object-name.js';
import type { Table } from '../schema/schema-model.js';
import type { RenderContext } from './code-node.js';

/** The call of an operation with the user's code in the place of types, defaults and the items of a new table. */
export function withOwnCode(
  written: OperationCall,
  operation: Operation,
  { codeFor }: RenderContext,
): OperationCall {
  if (codeFor === undefined) return written;
  const { method, args } = written;
  switch (operation.kind) {
    case 'createTable':
      return call(method, ...args.map((arg) => inBody(arg, operation.table, codeFor)));
    case 'addColumn': {
      const [table, name, ...rest] = args;
      const place = { table: operation.table, column: operation.column.name };
      return call(method, table, name, ...inColumn(rest, place, codeFor));
    }
    case 'alterColumn': {
      const [table, name, to, options = {}] = args;
      const place = { table: operation.table, column: operation.name };
      const changed = inAttributes(to, place, codeFor);
      if (!isOptions(options)) return written;
      const { from, ...others } = options;
      const before = from === undefined ? {} : { from: inAttributes(from, place, codeFor) };
      return call(method, table, name, changed, { ...before, ...others });
    }
    default:
      return written;
  }
}

type CodeFor = NonNullable<RenderContext['codeFor']>;
type Options = Readonly<Record<string, CallArgument>>;
interface Place {
  readonly table: ObjectName;
  readonly column: string;
  /** Native type of the column, where it is known. */
  readonly type?: string;
}

/** The items of a body stand in the order of the columns and then of all constraints. */
function inBody(arg: CallArgument, table: Table, codeFor: CodeFor): CallArgument {
  if (!isMarked(arg) || arg.code !== 'tableBody') return arg;
  const { schema, name } = table;
  const constraints = allConstraints(table);
  const items = arg.items.flatMap((item, place): readonly (OperationCall | RawCode)[] => {
    const column = table.columns[place];
    const constraint = constraints[place - table.columns.length];
    const code =
      column !== undefined
        ? codeFor({ kind: 'column', table: { schema, name }, column })
        : constraint && codeFor({ kind: 'constraint', table: { schema, name }, constraint });
    if (code === null) return [];
    if (code !== undefined) return [raw(code)];
    if (column === undefined || 'code' in item) return [item];
    const [written, ...rest] = item.args;
    const at = { table: { schema, name }, column: column.name };
    return [call(item.method, written, ...inColumn(rest, at, codeFor))];
  });
  return { code: 'tableBody', items };
}

/** Type and options of a column. */
function inColumn(
  [type, options]: readonly CallArgument[],
  place: Place,
  codeFor: CodeFor,
): readonly CallArgument[] {
  const code = codeOf('type', type, { place, codeFor });
  const written = code == null ? type : raw(code);
  const at = typeof type === 'string' ? { ...place, type } : place;
  return options === undefined ? [written] : [written, inAttributes(options, at, codeFor)];
}

function inAttributes(attributes: CallArgument, place: Place, codeFor: CodeFor): CallArgument {
  if (!isOptions(attributes)) return attributes;
  const type = typeof attributes['type'] === 'string' ? attributes['type'] : place.type;
  const at = { ...place, ...(type !== undefined && { type }) };
  const entries = Object.entries(attributes).flatMap(
    ([key, value]): readonly (readonly [string, CallArgument])[] => {
      const code = codeOf(key, value, { place: at, codeFor });
      if (code === null) return [];
      return [[key, code === undefined ? value : raw(code)]];
    },
  );
  return Object.fromEntries(entries);
}

function codeOf(
  key: string,
  value: CallArgument,
  { place, codeFor }: { readonly place: Place; readonly codeFor: CodeFor },
): string | null | undefined {
  const { table, column } = place;
  if (key === 'type' && typeof value === 'string')
    return codeFor({ kind: 'type', table, column, type: value });
  if (key === 'default' && isMarked(value) && value.code === 'value')
    return codeFor({ kind: 'default', ...place, default: value.sql });
  return undefined;
}

const raw = (text: string): RawCode => ({ code: 'raw', text });

type Marked = Extract<CallArgument, { readonly code: string }>;

const isMarked = (arg: CallArgument): arg is Marked =>
  typeof arg === 'object' && arg !== null && 'code' in arg;

const isOptions = (arg: CallArgument): arg is Options =>
  typeof arg === 'object' && arg !== null && !Array.isArray(arg) && !('code' in arg);
