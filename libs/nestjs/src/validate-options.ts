import { MIGRATOR_OPTION_RULES, checkOptions } from '@nest-alembic/core';
import type { OptionRule } from '@nest-alembic/core';
import type {
  MigrationsEnvironmentOptions,
  MigrationsModuleOptions,
} from './migrations-module-options.js';

/**
 * A copy of the options with own, known and well-formed members only; what is undefined is left out, as are those that say
 * which environment it is.
 *
 * @param place where the options stand, for messages: `MigrationsModule.forRoot`
 * @throws MigrationError E9001 for a name such as `__proto__`, E9002 for a wrong value, E9003 for an unknown name
 */
export function validateOptions(options: unknown, place: string): MigrationsModuleOptions {
  const valid = checkOptions(options, { ...MODULE_OPTION_RULES, ...environmentRules }, place);
  return Object.freeze(
    Object.fromEntries(Object.entries(valid).filter(([name]) => !(name in environmentRules))),
  );
}

const oneOf = (...values: readonly unknown[]): OptionRule => ({
  expected: `one of ${values.map((value) => JSON.stringify(value)).join(', ')}`,
  accepts: (value) => values.includes(value),
});

/** What the module adds or does itself. */
const {
  name,
  dialect: _dialect,
  connect: _connect,
  targetSchema: _targetSchema,
  portableHints: _portableHints,
  ignoredTables: _ignoredTables,
  x: _x,
  now: _now,
  newId: _newId,
  ...passedOn
} = MIGRATOR_OPTION_RULES;

const environmentRules: {
  readonly [Name in keyof Required<MigrationsEnvironmentOptions>]: OptionRule;
} = {
  // "all" is what -n takes for every environment.
  name: {
    expected: 'a text that is not empty, and not "all"',
    accepts: (value) => name.accepts(value) && value !== 'all',
  },
  dataSource: name,
};

/** The rules of the module's options: those of the engine, and the module's own. */
export const MODULE_OPTION_RULES: {
  readonly [Name in keyof Required<MigrationsModuleOptions>]: OptionRule;
} = {
  ...passedOn,
  autoUpgrade: oneOf(false, 'upgrade', 'verify', 'wait'),
  onUnknownRevision: oneOf('warn', 'error'),
};
