/** One JSON document, indented for people; `undefined` members are left out, BigInt becomes text. */
export function toJson(value: unknown): string {
  return JSON.stringify(
    value,
    (_key, member: unknown) => (typeof member === 'bigint' ? String(member) : member),
    2,
  );
}
