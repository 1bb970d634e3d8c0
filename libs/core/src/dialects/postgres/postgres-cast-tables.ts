const NUMERIC = ['smallint', 'integer', 'bigint', 'real', 'double precision', 'numeric'];
const RANGES = ['int4range', 'int8range', 'numrange', 'tsrange', 'tstzrange', 'daterange'];

/** Types of the string category: every type is cast to them on assignment, and from them only explicitly. */
export const STRINGS: ReadonlySet<string> = new Set([
  'text',
  'character varying',
  'character',
  'bpchar',
  'name',
]);

/** The number types that are cast to each other on assignment. */
export const NUMBERS: ReadonlySet<string> = new Set(NUMERIC);

/** Rows of `pg_cast` that apply on assignment, without those to strings and those between numbers' system types. */
export const ASSIGNMENT_CASTS: ReadonlyMap<string, ReadonlySet<string>> = castTable({
  smallint: NUMERIC,
  integer: [...NUMERIC, 'money', 'oid'],
  bigint: [...NUMERIC, 'money', 'oid'],
  real: NUMERIC,
  'double precision': NUMERIC,
  numeric: [...NUMERIC, 'money'],
  money: ['numeric'],
  oid: ['integer', 'bigint'],
  json: ['jsonb'],
  jsonb: ['json'],
  bit: ['bit varying'],
  'bit varying': ['bit'],
  cidr: ['inet'],
  inet: ['cidr'],
  macaddr: ['macaddr8'],
  macaddr8: ['macaddr'],
  date: ['timestamp without time zone'],
  'timestamp without time zone': ['date', 'time without time zone'],
  'time without time zone': ['interval'],
  'time with time zone': ['time without time zone'],
  interval: ['time without time zone'],
  box: ['polygon'],
  path: ['polygon'],
  point: ['box'],
  polygon: ['path'],
});

/** Rows of `pg_cast` that apply only where the cast is written. */
export const EXPLICIT_CASTS: ReadonlyMap<string, ReadonlySet<string>> = castTable({
  integer: ['bit', 'boolean'],
  bigint: ['bit'],
  bit: ['integer', 'bigint'],
  jsonb: [...NUMERIC, 'boolean'],
  box: ['circle', 'lseg', 'point'],
  circle: ['box', 'point', 'polygon'],
  lseg: ['point'],
  polygon: ['box', 'circle', 'point'],
  ...Object.fromEntries(RANGES.map((range) => [range, [range.replace('range', 'multirange')]])),
});

/** Types whose casts the tables know; between two of them no other cast exists. */
export const BUILT_IN_TYPES: ReadonlySet<string> = new Set([
  ...STRINGS,
  ...ASSIGNMENT_CASTS.keys(),
  ...EXPLICIT_CASTS.keys(),
  ...RANGES.map((range) => range.replace('range', 'multirange')),
  'boolean',
  'bytea',
  'line',
  'pg_lsn',
  'timestamp with time zone',
  'tsquery',
  'tsvector',
  'uuid',
  'xml',
]);

function castTable(
  table: Readonly<Record<string, readonly string[]>>,
): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(Object.entries(table).map(([source, targets]) => [source, new Set(targets)]));
}
