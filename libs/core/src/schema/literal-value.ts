/** A value that a literal can be made of. */
export type LiteralValue = string | number | bigint | boolean | null;
