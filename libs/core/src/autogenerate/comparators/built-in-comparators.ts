/** What autogenerate compares by itself, by the name after `nest-alembic.`. */
export const BUILT_IN_COMPARATORS = [
  /** Schemas that come and go. */
  'schemas',
  /** Tables and columns that come, go, and get another name. */
  'tables',
  /** Types and collations of columns. */
  'types',
  'nullability',
  /** Defaults, generated expressions, identities and counters of columns. */
  'defaults',
  'primary-keys',
  'unique-constraints',
  'check-constraints',
  'exclusion-constraints',
  'foreign-keys',
  'indexes',
  /** Comments of tables and columns. */
  'comments',
  'enums',
  'sequences',
  'views',
  'extensions',
  'domains',
  'routines',
  'partitions',
  'triggers',
  /** Row-level security. */
  'policies',
] as const;

/** The name of one of them. */
export type BuiltInComparator = (typeof BUILT_IN_COMPARATORS)[number];

/** The name that `autogeneratePlugins` knows it by. */
export const pluginName = (comparator: BuiltInComparator): string => `nest-alembic.${comparator}`;
