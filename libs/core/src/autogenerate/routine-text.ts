import type { Routine } from '../schema/server-objects.js';

/**
 * What of a routine must exist when it is made: all of an SQL function, whose body the server checks; of others what stands
 * before the body.
 */
export function boundText({ arguments: argumentList, definition }: Routine): string {
  const isChecked = /\blanguage\s+sql\b/i.test(definition);
  const [head = ''] = definition.split(/\bAS\s+[$'eE]/);
  return `${argumentList}\n${isChecked ? definition : head}`;
}

/** What of a routine the server remembers to stand on something: its types, and a body that it keeps as it was understood. */
export function typeText({ arguments: argumentList, definition }: Routine): string {
  const [head = ''] = definition.split(/\bAS\s+[$'eE]/);
  return `${argumentList}\n${head}`;
}
