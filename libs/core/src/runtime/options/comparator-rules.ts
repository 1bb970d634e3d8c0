import {
  BUILT_IN_COMPARATORS,
  pluginName,
} from '../../autogenerate/comparators/built-in-comparators.js';
import type { Comparator } from '../../autogenerate/comparators/comparator.js';
import { MigrationError } from '../../errors/migration-error.js';
import type { OptionRule } from './check-options.js';
import { checkOptions } from './check-options.js';
import { callback, text, texts } from './common-rules.js';

/**
 * Checks the comparators of the app, and that no two have one name (PLG-01).
 * @throws MigrationError E9002 for a missing or wrong member or a name that is taken, E9003 for an unknown member, E9001
 */
export function examineComparators(comparators: readonly unknown[], place: string): void {
  const taken = new Set<string>(BUILT_IN_COMPARATORS.map(pluginName));
  comparators.forEach((comparator, index) => {
    const valid = checkOptions(comparator, RULES, `comparator ${index + 1} of ${place}`);
    const name = String(valid['name']);
    if (taken.has(name)) throw nameIsTaken(name);
    taken.add(name);
  });
}

const PRIORITIES: readonly unknown[] = ['first', 'medium', 'last'];

const RULES: { readonly [Name in keyof Required<Comparator>]: OptionRule } = {
  name: {
    expected: 'a dotted name such as "acme.grants", and not one of "nest-alembic."',
    accepts: (value) =>
      text.accepts(value) && /^[\w-]+(?:\.[\w-]+)*$/.test(String(value)) && !isOurs(String(value)),
    required: true,
  },
  dialects: texts,
  priority: {
    expected: '"first", "medium" or "last"',
    accepts: (value) => PRIORITIES.includes(value),
  },
  compare: { ...callback, required: true },
};

const isOurs = (name: string): boolean => name.startsWith('nest-alembic.');

const nameIsTaken = (name: string): MigrationError =>
  new MigrationError('E9002', {
    problem: `a comparator named "${name}" is already registered`,
    advice: 'Give each comparator a name of its own.',
    facts: { option: 'comparators', name },
  });
