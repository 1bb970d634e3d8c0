import type {
  Column,
  ForeignKey,
  Index,
  IndexElement,
  ReferentialAction,
  Table,
  UniqueConstraint,
} from '@nest-alembic/core';
import type { TestedDialect } from '../tested-dialects.js';

/** What a type is, with what it can have. */
export interface TypeFamily {
  /** Types that values can go between, narrower ones first. */
  readonly types: readonly string[];
  readonly defaults: readonly string[];
  /** SQL of a value that is different for each `n` from 1 on, and that every check of ours accepts. */
  value(n: number): string;
  /** A check of a column that is given as SQL, where the family has one. */
  check?(column: string): string;
  /** Collations of which a column may say one. @default none */
  readonly collations?: readonly string[];
}

/** A form of index that one dialect has, over one column. */
export interface SpecialIndex {
  /** What its name tells. */
  readonly tag: string;
  readonly types: readonly string[];
  readonly method?: string;
  /** It stands on columns that are never NULL only. @default false */
  readonly needsNotNull?: boolean;
  element(column: string): IndexElement;
}

/** True for a column that keys and plain indexes can stand on. */
export function canBeInKey(
  { keyTypes, indexesVirtual }: DrawnDialect,
  { type, generated }: Column,
): boolean {
  return keyTypes.has(type) && (indexesVirtual || generated?.stored !== false);
}

/** All that a generator of schemas has to know of a dialect; what the database can do at all say its capabilities. */
export interface DrawnDialect {
  readonly tested: TestedDialect;
  /** The families of types, with parameters. */
  readonly families: readonly TypeFamily[];
  /** Types whose values are all different, and that keys and plain indexes can stand on. */
  readonly keyTypes: ReadonlySet<string>;
  /** Whether an index can hold what is computed when it is read, without more costs for every later change of the table. */
  readonly indexesVirtual: boolean;
  /**
   * Every table gets a primary key where it can, as TypeORM has it: InnoDB arranges one without by another key, and to change that is a
   * copy.
   */
  readonly needsKeys: boolean;
  /** Types of a key that counts by itself. @default none does */
  readonly counterTypes: readonly string[];
  /** Words that names begin with. */
  readonly words: readonly string[];
  readonly actions: readonly (ReferentialAction | undefined)[];
  /** What foreign keys can say besides. */
  readonly keyOptions: readonly Partial<ForeignKey>[];
  readonly uniqueOptions: readonly Partial<UniqueConstraint>[];
  /** What the parts of an index can say besides, with a letter for each. */
  readonly elementOptions: Readonly<Record<string, Partial<IndexElement>>>;
  readonly specialIndexes: readonly SpecialIndex[];
  /** What a plain index can say besides. @default nothing */
  indexOptions?(columns: readonly Column[]): readonly Partial<Index>[];
  /** The definition of an exclusion constraint that no rows of ours break, for a column of some type. */
  readonly exclusion?: { readonly type: string; definition(column: string): string };
  /** Whether generated columns may be computed when they are read. */
  readonly hasVirtualColumns: boolean;
  /** The type of whole numbers. */
  readonly integer: string;
  /** What else a column may have. @default nothing */
  extras?(column: Column): readonly Partial<Column>[];
  /** What a kind of table is limited to; every fourth table has no others. @default there is no such kind */
  readonly fewFamilies?: readonly TypeFamily[];
  /** What a table may have besides, as it is drawn. @default nothing */
  tableExtras?(table: Table): readonly Partial<Table>[];
  /** False for a table that the database would refuse. @default true */
  fits?(table: Table): boolean;
  /** SQL for the value of a column, byte for byte, as text. */
  asText(column: string): string;
  /** What an UPDATE ends with that is to change one row of a table. */
  oneRow(table: string): string;
  /** INSERT of a row of which nothing is said. */
  readonly insertNothing: string;
  /** True for an error that says that the rows do not allow a change. */
  isOfRows(error: unknown): boolean;
}
