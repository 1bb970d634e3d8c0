/** Amounts are counted in cents as bigint: exact, and free of the database's text form. */
export type Cents = bigint;

/** Reads `12`, `12.5` or `12.50`. @throws Error for anything else */
export function toCents(amount: string): Cents {
  const [, units, fraction = ''] = /^(\d+)(?:\.(\d{1,2}))?$/.exec(amount) ?? [];
  if (units === undefined) throw new Error(`"${amount}" is not an amount`);
  return BigInt(units) * 100n + BigInt(fraction.padEnd(2, '0'));
}

/** Writes cents as the database does: `12.50`. */
export function fromCents(cents: Cents): string {
  const digits = String(cents).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** A percentage with up to two decimals of an amount, rounded half up to the cent. */
export function percentOf(cents: Cents, percent: string): Cents {
  return (cents * toCents(percent) + 5_000n) / 10_000n;
}
