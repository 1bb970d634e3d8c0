import { closestName } from '../../errors/closest-name.js';
import { MigrationError } from '../../errors/migration-error.js';
import type { OptionRule } from './check-options.js';
import { checkOptions } from './check-options.js';
import { callback, isArrayOf, isText, isWhole, text } from './common-rules.js';
import type { PostWriteHook } from '../migrator-options.js';

/**
 * Checks the members of each post-write hook (HOOK-06).
 * @throws MigrationError E9002 for a missing or wrong member or an unknown type, E9003 for an unknown member, E9001
 */
export function examineHooks(hooks: readonly unknown[], place: string): void {
  hooks.forEach((hook, index) => {
    const { name, type } = (hook ?? {}) as Readonly<Record<string, unknown>>;
    if (!isText(name)) throw lacking(`post-write hook ${index + 1}`, 'name', place);
    const which = `post-write hook "${String(name)}"`;
    if (type === undefined) throw lacking(which, 'type', place);
    const rules = RULES.get(type);
    if (rules === undefined) throw unknownType(which, String(type), place);
    const missing = Object.keys(rules.needed).find(
      (member) => !Object.hasOwn(hook as object, member),
    );
    if (missing !== undefined) throw lacking(which, missing, place);
    checkOptions(hook, { ...rules.needed, ...rules.optional }, `${which} of ${place}`);
  });
}

const common = {
  timeoutMs: {
    expected: 'a whole number of milliseconds from 1 to 2147483647',
    accepts: (value: unknown) => isWhole(value) && value > 0 && value <= 2 ** 31 - 1,
  },
};
const program = {
  ...common,
  options: {
    expected: 'an array of arguments, each a text: there is no shell that would split one',
    accepts: (value: unknown) =>
      isArrayOf(value, (one) => typeof one === 'string' && !one.includes('\0')),
  },
  cwd: text,
};
const base = { name: text, type: text };
interface HookRules {
  readonly needed: Readonly<Record<string, OptionRule>>;
  readonly optional: Readonly<Record<string, OptionRule>>;
}

const BY_TYPE: { readonly [Type in PostWriteHook['type']]: HookRules } = {
  exec: { needed: { ...base, executable: text }, optional: program },
  bin: { needed: { ...base, bin: text }, optional: program },
  module: { needed: { ...base, module: text }, optional: program },
  function: { needed: { ...base, run: callback }, optional: common },
};
const RULES: ReadonlyMap<unknown, HookRules> = new Map(Object.entries(BY_TYPE));

const lacking = (which: string, member: string, place: string): MigrationError =>
  new MigrationError('E9002', {
    problem: `${which} of ${place} lacks "${member}"`,
    advice: 'Each hook has a name, a type and what the type needs.',
    facts: { option: 'postWriteHooks', member },
  });

function unknownType(which: string, type: string, place: string): MigrationError {
  const suggestion = closestName(type, [...RULES.keys()].map(String));
  return new MigrationError('E9002', {
    problem: `${which} of ${place} has the unknown type "${type}"`,
    advice: suggestion
      ? `Did you mean "${suggestion}"?`
      : `Its type is one of ${[...RULES.keys()].join(', ')}.`,
    facts: { option: 'postWriteHooks', type },
  });
}
