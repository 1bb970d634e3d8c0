import type { Dialect } from '../dialects/common/dialect.js';
import { portableTypeOf } from '../dialects/common/portable-type-of.js';
import type { PortableHint, PortableType } from '../schema/portable-type.js';
import type { RenderContext } from './code-node.js';
import type { RenderedItem } from './rendered-item.js';

/** What portable code is made with. */
export interface PortableDialect {
  readonly dialect: Pick<Dialect, 'portable' | 'quoting'>;
  /** What the model says of types. A hint that the dialect spells otherwise than the column is counts for nothing. */
  readonly hints: readonly PortableHint[];
}

/**
 * Writes types as `op.type.…` and the moment of the statement as `op.now()`, where the dialect spells them exactly as the operation has
 * them; undefined for everything else, which keeps its own code.
 */
export function portableCode({
  dialect,
  hints,
}: PortableDialect): NonNullable<RenderContext['codeFor']> {
  const known = new Map<string, PortableType | undefined>();
  const typeOf = (native: string): PortableType | undefined => {
    if (!known.has(native)) known.set(native, portableTypeOf(native, dialect));
    return known.get(native);
  };
  const hinted = new Map(hints.map((hint) => [placeKey(hint), hint.type]));
  return (item) => {
    switch (item.kind) {
      case 'type': {
        const hint = hinted.get(placeKey(item));
        const isHeld = hint !== undefined && dialect.portable.type(hint) === item.type;
        const type = isHeld ? hint : typeOf(item.type);
        return type && typeCode(type);
      }
      case 'default':
        return defaultCode(item, dialect, item.type === undefined ? undefined : typeOf(item.type));
      default:
        return undefined;
    }
  };
}

const placeKey = ({ table, column }: Pick<PortableHint, 'table' | 'column'>): string =>
  JSON.stringify([table.schema, table.name, column]);

function defaultCode(
  item: Extract<RenderedItem, { readonly kind: 'default' }>,
  { portable, quoting }: PortableDialect['dialect'],
  type: PortableType | undefined,
): string | undefined {
  if (item.default === portable.now(item.type)) return 'op.now()';
  if (type?.portable !== 'boolean') return undefined;
  return [true, false].find((value) => quoting.literal(value) === item.default)?.toString();
}

/** The call that makes a portable type: `op.type.decimal(12, 2)`. */
export function typeCode(type: PortableType): string {
  return `op.type.${type.portable}(${argumentsOf(type)})`;
}

function argumentsOf(type: PortableType): string {
  switch (type.portable) {
    case 'string':
      return type.length === undefined ? '' : String(type.length);
    case 'decimal':
      return type.scale === 0 ? String(type.precision) : `${type.precision}, ${type.scale}`;
    default: {
      const { portable: _name, ...options } = type;
      const said = Object.entries(options).map(([name, value]) => `${name}: ${String(value)}`);
      return said.length === 0 ? '' : `{ ${said.join(', ')} }`;
    }
  }
}
