/** Freezes plain data, a tree of objects and lists, to its leaves, and gives it back. */
export function deepFreeze<T>(data: T): T {
  if (typeof data !== 'object' || data === null) return data;
  for (const value of Object.values(data)) deepFreeze(value);
  return Object.freeze(data);
}
