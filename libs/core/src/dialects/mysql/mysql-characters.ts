import type { Column } from '../../schema/schema-model.js';

/** The character set of a collation is its first word: `utf8mb4_bin` (MySQL 8.0 manual, 10.3.1). */
export const charsetOf = (collation: string): string => collation.split('_', 1)[0] ?? collation;

/**
 * What a column of text says of its characters, as a model has it: nothing where they are those of its table, and the character set
 * only where that is another one.
 */
export function ownCharacters(
  collation: string,
  tableCollation: string | null | undefined,
): Pick<Column, 'charset' | 'collation'> {
  if (collation === tableCollation) return {};
  const charset = charsetOf(collation);
  const isOther = tableCollation == null || charset !== charsetOf(tableCollation);
  return { ...(isOther && { charset }), collation };
}
