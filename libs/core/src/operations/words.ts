import type { ObjectName } from '../schema/object-name.js';

/** A name in a description: as it stands where it is plain, else quoted with its odd characters escaped. */
export function nameInWords(name: ObjectName | string): string {
  if (typeof name === 'string')
    return /^[\p{L}\p{N}_$-]+$/u.test(name) ? name : JSON.stringify(name);
  const schema = name.schema === null ? '' : `${nameInWords(name.schema)}.`;
  return schema + nameInWords(name.name);
}

/** The name of a part of a table in a description: `account.email`. */
export function partInWords(table: ObjectName, name: string): string {
  return `${nameInWords(table)}.${nameInWords(name)}`;
}

/** A constraint or index of a table in a description: `ix_account_email of account`. */
export function memberInWords(table: ObjectName, name: string): string {
  return `${nameInWords(name)} of ${nameInWords(table)}`;
}

/** A list of texts in a description: `a, b, c`. */
export function listInWords(names: readonly string[]): string {
  return names.map(nameInWords).join(', ');
}
