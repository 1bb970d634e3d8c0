import type { SqlText } from '../schema/schema-model.js';

/** A label that is called otherwise. */
interface Rename {
  readonly from: string;
  readonly to: string;
}

/** A literal, with a cast or without. */
const LITERAL = /^'((?:[^']|'')*)'(?=$|::)/;
/** A list of labels that need no quotes. */
const LIST = /^\{([^"\\{}]*)\}$/;

/**
 * The default of a column whose enum gets other labels, by their new names: `'open'::state` becomes `'new'::state`. What
 * is no literal stays as it is, and so does what no rename names.
 */
export function renamedDefault(
  text: SqlText,
  { renames, array = false }: { readonly renames: readonly Rename[]; readonly array?: boolean },
): SqlText {
  const nameAfter = (label: string): string =>
    renames.reduce((name, rename) => (rename.from === name ? rename.to : name), label);
  return text.replace(LITERAL, (_, quoted: string) => {
    const value = quoted.replaceAll("''", "'");
    const list = array ? LIST.exec(value)?.[1] : undefined;
    const after = list === undefined ? nameAfter(value) : listOf(list.split(',').map(nameAfter));
    return `'${after.replaceAll("'", "''")}'`;
  });
}

const listOf = (labels: readonly string[]): string => `{${labels.map(listed).join(',')}}`;

/** Labels with signs of a list stand in quotes. */
const listed = (label: string): string =>
  /[\s",\\{}]|^null$/i.test(label)
    ? `"${label.replaceAll(/["\\]/g, (sign) => `\\${sign}`)}"`
    : label;
