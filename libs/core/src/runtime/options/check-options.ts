import { closestName } from '../../errors/closest-name.js';
import { MigrationError } from '../../errors/migration-error.js';

/** What the value of an option must be. */
export interface OptionRule {
  /** Ends the sentence "… must be". */
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
  /** True for an option that has no default. */
  readonly required?: true;
  /** Looks closer at a value that is accepted. @throws MigrationError E9001, E9002, E9003 that names the option itself */
  readonly examine?: (value: never, place: string) => void;
}

/** The rules of an object, by the names that it may have. */
export type OptionRules = Readonly<Record<string, OptionRule>>;

/**
 * A copy of the options with own, known and well-formed members only; what is undefined is left out.
 *
 * @param place where the options stand, for messages: `MigrationsModule.forRoot`
 * @throws MigrationError E9001 for a name such as `__proto__`, E9002 for a wrong value or a missing one, E9003 for an unknown name
 * @internal for `@nest-alembic/nestjs`
 */
export function checkOptions(
  options: unknown,
  rules: OptionRules,
  place: string,
): Readonly<Record<string, unknown>> {
  if (typeof options !== 'object' || options === null || Array.isArray(options))
    throw new MigrationError('E9002', {
      problem: `the options of ${place} are not an object`,
      advice: 'Pass an object.',
    });
  const valid: [string, unknown][] = [];
  for (const name of Object.getOwnPropertyNames(options)) {
    const value = (options as Record<string, unknown>)[name];
    refuseDangerousName(name, place);
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (!rule) throw unknownName(name, rules, place);
    if (value === undefined) continue;
    if (!rule.accepts(value)) throw wrongValue(name, rule, place);
    rule.examine?.(value as never, place);
    valid.push([name, value]);
  }
  refuseMissing(new Set(valid.map(([name]) => name)), rules, place);
  return Object.freeze(Object.fromEntries(valid));
}

function refuseMissing(given: ReadonlySet<string>, rules: OptionRules, place: string): void {
  const missing = Object.keys(rules).find((name) => rules[name]?.required && !given.has(name));
  if (missing === undefined) return;
  throw new MigrationError('E9002', {
    problem: `${place} needs the option "${missing}"`,
    advice: `It must be ${rules[missing]?.expected}.`,
    facts: { option: missing },
  });
}

/** Names that would reach an object's prototype when options are merged carelessly (B137). */
function refuseDangerousName(name: string, place: string): void {
  if (!['__proto__', 'constructor', 'prototype'].includes(name)) return;
  throw new MigrationError('E9001', {
    problem: `an option of ${place} is named "${name}"`,
    advice: 'Remove it: this name is never an option.',
    facts: { option: name },
  });
}

function unknownName(name: string, rules: OptionRules, place: string): MigrationError {
  const known = Object.keys(rules);
  const suggestion = closestName(name, known);
  return new MigrationError('E9003', {
    problem: `${place} has no option "${name}"`,
    advice: suggestion
      ? `Did you mean "${suggestion}"?`
      : `Its options are ${known.toSorted().join(', ')}.`,
    facts: { option: name, ...(suggestion !== undefined && { suggestion }) },
  });
}

function wrongValue(name: string, rule: OptionRule, place: string): MigrationError {
  return new MigrationError('E9002', {
    problem: `option "${name}" of ${place} must be ${rule.expected}`,
    advice: 'Correct it, or leave it out for its default.',
    facts: { option: name },
  });
}
