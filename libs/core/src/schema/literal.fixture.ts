import type { LiteralValue } from './literal-value.js';

/** Literals of standard SQL, for specs of code that takes a dialect's. */
export function literal(value: LiteralValue): string {
  if (value === null) return 'NULL';
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
}

/** The value that {@link literal} turns into exactly this text. */
export function parseLiteral(sql: string): LiteralValue | undefined {
  const words: Readonly<Record<string, LiteralValue>> = { NULL: null, true: true, false: false };
  if (Object.hasOwn(words, sql)) return words[sql];
  if (/^'(?:[^']|'')*'$/.test(sql)) return sql.slice(1, -1).replaceAll("''", "'");
  if (!/^-?\d+(?:\.\d+)?(?:e[+-]\d+)?$/.test(sql)) return undefined;
  const value = /^-?\d{16,}$/.test(sql) ? BigInt(sql) : Number(sql);
  return literal(value) === sql ? value : undefined;
}
