import type {
  PortableName,
  PortableSql,
  PortableType,
  PortableTypeOf,
} from '../../schema/portable-type.js';

/** The spelling of each portable type in one dialect; a forgotten one does not compile. */
export type PortableSpellings = {
  readonly [Name in PortableName]: (type: PortableTypeOf<Name>) => string;
};

/** What a dialect says about portable types and values. */
export interface PortableParts extends Pick<PortableSql, 'now'> {
  readonly spellings: PortableSpellings;
  /** Of the dialect. */
  canonicalType(type: string): string;
}

/** Makes the portable part of a dialect out of its spellings. */
export function portableSql({ spellings, now, canonicalType }: PortableParts): PortableSql {
  return Object.freeze<PortableSql>({
    type: (type) => {
      const spell = spellings[type.portable] as (type: PortableType) => string;
      return canonicalType(spell(type));
    },
    now,
  });
}

/** A type with the numbers that are said, in parentheses: `varchar(50)`, `numeric(10,2)`, `text`. */
export function withNumbers(name: string, ...numbers: readonly (number | undefined)[]): string {
  const said = numbers.filter((number) => number !== undefined);
  return said.length === 0 ? name : `${name}(${said.join(',')})`;
}
