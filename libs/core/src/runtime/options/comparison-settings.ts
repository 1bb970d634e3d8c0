import {
  BUILT_IN_COMPARATORS,
  type BuiltInComparator,
  pluginName,
} from '../../autogenerate/comparators/built-in-comparators.js';
import type { Comparator } from '../../autogenerate/comparators/comparator.js';
import type {
  CompareColumn,
  ComparisonRules,
} from '../../autogenerate/comparators/comparison-rules.js';
import { selectPlugins } from '../../autogenerate/comparators/select-plugins.js';
import type { IncludeName, IncludeObject } from '../../autogenerate/filters/filter-types.js';
import { MigrationError } from '../../errors/migration-error.js';
import type { MigratorOptions } from '../migrator-options.js';

/** What the options say of comparing the database with the model. */
export interface ComparisonSettings {
  readonly includeSchemas: 'all' | readonly string[];
  readonly includeName?: IncludeName;
  readonly includeObject?: IncludeObject;
  readonly rules: ComparisonRules;
  /** Those of the app that take part, in the order to ask them in. */
  readonly comparators: readonly Comparator[];
}

/**
 * Fills in the defaults of what is compared, and has the answers of filters and hooks checked.
 * @throws MigrationError E9002 for a pattern that selects no comparator
 */
export function comparisonSettings(options: MigratorOptions): ComparisonSettings {
  const { includeSchemas = [], includeName, includeObject, comparators = [] } = options;
  const enabled = enabledPlugins(options);
  return {
    includeSchemas:
      typeof includeSchemas === 'boolean' ? (includeSchemas ? 'all' : []) : includeSchemas,
    ...(includeName && { includeName: answering('includeName', includeName, isYesOrNo) }),
    ...(includeObject && { includeObject: answering('includeObject', includeObject, isYesOrNo) }),
    rules: {
      builtIn: new Set(BUILT_IN_COMPARATORS.filter((name) => enabled.has(pluginName(name)))),
      ...hook('compareType', options.compareType),
      ...hook('compareServerDefault', options.compareServerDefault),
    },
    comparators: PRIORITIES.flatMap((priority) =>
      comparators.filter((one) => (one.priority ?? 'medium') === priority && enabled.has(one.name)),
    ),
  };
}

const PRIORITIES = ['first', 'medium', 'last'] as const;

function enabledPlugins(options: MigratorOptions): ReadonlySet<string> {
  const { comparators = [], autogeneratePlugins } = options;
  const names = [
    ...BUILT_IN_COMPARATORS.map((name: BuiltInComparator) => pluginName(name)),
    ...comparators.map(({ name }) => name),
  ];
  return autogeneratePlugins ? selectPlugins(names, autogeneratePlugins) : new Set(names);
}

const isYesOrNo = (answer: unknown): boolean => typeof answer === 'boolean';
const isDecision = (answer: unknown): boolean => answer === undefined || isYesOrNo(answer);

/** A hook that always says "the same" is what `false` means. */
function hook<Name extends 'compareType' | 'compareServerDefault'>(
  name: Name,
  option: boolean | CompareColumn = true,
): { readonly [N in Name]?: CompareColumn } {
  if (option === true) return {};
  const decide = option === false ? () => false : answering(name, option, isDecision);
  return { [name]: decide } as { readonly [N in Name]?: CompareColumn };
}

/** A promise would be taken for yes, and a forgotten `return` for no: then what differs would go unsaid. */
function answering<A extends readonly unknown[], R>(
  option: string,
  ask: (...given: A) => R,
  isAnswer: (answer: unknown) => boolean,
): (...given: A) => R {
  return (...given) => {
    const answer = ask(...given);
    if (isAnswer(answer)) return answer;
    const name = answer instanceof Promise ? 'a promise' : String(answer);
    throw new MigrationError('E9002', {
      problem: `option "${option}" returned ${name}`,
      advice: `Nothing was written. It must return true${isAnswer(undefined) ? ', false or undefined' : ' or false'}, at once.`,
      facts: { option },
    });
  };
}
