const NOW = /^(?:current_timestamp|now|localtime|localtimestamp)(?:\s*\(\s*(\d?)\s*\))?$/i;

/** The spelling of the current time that MariaDB gives: `NOW(6)` is `current_timestamp(6)`. Any other text stays. */
export function canonicalNow(sql: string): string {
  const found = NOW.exec(sql.trim());
  if (found === null) return sql;
  const digits = found[1] === '0' ? '' : (found[1] ?? '');
  return `current_timestamp(${digits})`;
}
