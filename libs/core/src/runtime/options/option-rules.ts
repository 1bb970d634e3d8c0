import { assertPatterns } from '../../autogenerate/comparators/select-plugins.js';
import { checkFileTemplate } from '../../revisions/file-template.js';
import { isNamingConvention } from '../../operations/naming-convention.js';
import { isRegistrable, registerOperations } from '../../operations/own/register-operations.js';
import type { OptionRule } from './check-options.js';
import {
  callback,
  isArrayOf,
  isFunction,
  isRecord,
  isText,
  isWhole,
  milliseconds,
  text,
  texts,
  yesOrNo,
  yesOrNoOrCallback,
} from './common-rules.js';
import { examineComparators } from './comparator-rules.js';
import { examineHooks } from './hook-rules.js';
import type { MigratorOptions } from '../migrator-options.js';
import { isRegisteredObject } from '../comparing/registered-objects.js';
import { timeZoneOf } from './writing-settings.js';

/**
 * What every option of an environment must be: the one table, also for those who pass options on to the engine.
 * @internal for `@nest-alembic/nestjs`
 */
export const MIGRATOR_OPTION_RULES: {
  readonly [Name in keyof Required<MigratorOptions>]: OptionRule;
} = {
  name: text,
  dialect: {
    expected: 'a dialect, or a function that returns one',
    accepts: (value) => isFunction(value) || isRecord(value),
    required: true,
  },
  connect: { ...callback, required: true },
  targetSchema: callback,
  rootDirectory: text,
  directory: text,
  versionLocations: {
    expected: 'an array with at least one path',
    accepts: (value) => isArrayOf(value, isText) && (value as unknown[]).length > 0,
  },
  recursiveVersionLocations: yesOrNo,
  allowOutside: yesOrNo,
  revisions: {
    expected: 'an array of revision modules',
    accepts: (value) => isArrayOf(value, (one) => typeof one === 'object' && one !== null),
  },
  versionTable: text,
  versionTableSchema: text,
  importSource: text,
  fileTemplate: { ...text, examine: checkFileTemplate },
  truncateSlugLength: { expected: 'a whole number, 0 or more', accepts: isWhole },
  timezone: { ...text, examine: timeZoneOf },
  revisionTemplate: text,
  templateArgs: {
    expected: 'an object of texts, or a function that returns one',
    accepts: (value) =>
      isFunction(value) ||
      (isRecord(value) && Object.values(value).every((one) => typeof one === 'string')),
  },
  revisionEnvironment: yesOrNo,
  processRevisionDirectives: callback,
  renderItem: callback,
  renderAsBatch: yesOrNo,
  portableTypes: yesOrNo,
  portableHints: callback,
  postWriteHooks: { expected: 'an array', accepts: Array.isArray, examine: examineHooks },
  namingConvention: {
    expected: 'an object of names with tokens by "ix", "uq", "ck", "fk", "pk" and "ex"',
    accepts: isNamingConvention,
  },
  operations: {
    expected: 'an array of what defineOperation and replaceOperation make',
    accepts: (value) => isArrayOf(value, isRegistrable),
    examine: registerOperations,
  },
  headsLock: yesOrNo,
  followSymlinks: yesOrNo,
  strictPermissions: yesOrNo,
  strict: yesOrNo,
  lockTimeoutMs: milliseconds,
  statementLockTimeoutMs: milliseconds,
  statementTimeoutMs: milliseconds,
  transactionPerRevision: yesOrNo,
  revisionTries: {
    expected: 'a whole number, 1 or more',
    accepts: (value) => isWhole(value) && value !== 0,
  },
  retryPauseMs: milliseconds,
  revisionTimeoutMs: milliseconds,
  includeSchemas: {
    expected: 'true, false or an array of texts',
    accepts: (value) => texts.accepts(value) || yesOrNo.accepts(value),
  },
  includeName: callback,
  includeObject: callback,
  compareType: yesOrNoOrCallback,
  compareServerDefault: yesOrNoOrCallback,
  comparators: {
    expected: 'an array of comparators: { name, compare }',
    accepts: Array.isArray,
    examine: examineComparators,
  },
  autogeneratePlugins: { ...texts, examine: assertPatterns },
  objects: {
    expected: "an array of SQL texts and sqlFile('path')",
    accepts: (value) => isArrayOf(value, isRegisteredObject),
  },
  ignoredTables: {
    expected: 'an array of { schema, name }',
    accepts: (value) => isArrayOf(value, (one) => isRecord(one) && isText(one['name'])),
  },
  x: {
    expected: 'an object of texts',
    accepts: (value) =>
      isRecord(value) && Object.values(value).every((one) => typeof one === 'string'),
  },
  onEvent: callback,
  now: callback,
  newId: callback,
};
