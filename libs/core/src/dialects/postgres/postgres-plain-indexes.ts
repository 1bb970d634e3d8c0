import type { Column, Index, IndexElement } from '../../schema/schema-model.js';
import { baseOf, canonicalType, elementOf } from './postgres-types.js';

/** An index as the inspector tells it: without the method, the order of NULLs and the operator classes that are the default anyway. */
export function plainIndex(index: Index, columns: readonly Column[]): Index {
  if (index.method === undefined && index.elements.every(isPlain)) return index;
  const { method, ...rest } = index;
  return {
    ...rest,
    ...(method !== undefined && method.toLowerCase() !== 'btree' && { method }),
    elements: index.elements.map((element) => plainElement(element, columns)),
  };
}

const isPlain = ({ nulls, opclass }: IndexElement): boolean =>
  nulls === undefined && opclass === undefined;

function plainElement(element: IndexElement, columns: readonly Column[]): IndexElement {
  const { nulls, opclass, ...rest } = element;
  const implied = element.order === 'desc' ? 'first' : 'last';
  const type = columns.find(({ name }) => name === element.column)?.type;
  const isDefault = type !== undefined && opclass === defaultOpclass(type);
  return {
    ...rest,
    ...(nulls !== undefined && nulls !== implied && { nulls }),
    ...(opclass !== undefined && !isDefault && { opclass }),
  };
}

/** The name is the same for all methods that have one for the type. */
function defaultOpclass(type: string): string | undefined {
  const canonical = canonicalType(type);
  return elementOf(canonical) === undefined
    ? DEFAULT_OPCLASSES.get(baseOf(canonical))
    : 'array_ops';
}

/** `\dAc` of PostgreSQL 16 says these of the types that indexes are mostly made on. */
const DEFAULT_OPCLASSES: ReadonlyMap<string, string> = new Map([
  ['smallint', 'int2_ops'],
  ['integer', 'int4_ops'],
  ['bigint', 'int8_ops'],
  ['real', 'float4_ops'],
  ['double precision', 'float8_ops'],
  ['numeric', 'numeric_ops'],
  ['boolean', 'bool_ops'],
  ['text', 'text_ops'],
  ['character varying', 'text_ops'],
  ['character', 'bpchar_ops'],
  ['bytea', 'bytea_ops'],
  ['uuid', 'uuid_ops'],
  ['date', 'date_ops'],
  ['time without time zone', 'time_ops'],
  ['time with time zone', 'timetz_ops'],
  ['timestamp without time zone', 'timestamp_ops'],
  ['timestamp with time zone', 'timestamptz_ops'],
  ['interval', 'interval_ops'],
  ['inet', 'inet_ops'],
  ['cidr', 'inet_ops'],
  ['macaddr', 'macaddr_ops'],
  ['jsonb', 'jsonb_ops'],
  ['tsvector', 'tsvector_ops'],
  ['citext', 'citext_ops'],
  ['hstore', 'hstore_ops'],
]);
