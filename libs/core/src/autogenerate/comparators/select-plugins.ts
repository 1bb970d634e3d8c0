import { MigrationError } from '../../errors/migration-error.js';

/**
 * The names that patterns select, as Alembic's `autogenerate_plugins` (PLG-05): `*` stands for one or more characters, dots
 * included; what `~` excludes is out wherever it stands. A list of exclusions only starts from all names.
 * @throws MigrationError E9002 for what is no pattern, and for one that selects nothing
 */
export function selectPlugins(
  names: readonly string[],
  patterns: readonly string[],
): ReadonlySet<string> {
  assertPatterns(patterns);
  const excluded = patterns.filter(isExclusion).map((one) => matcher(one.slice(1)));
  const included = patterns.filter((one) => !isExclusion(one));
  const allowed = names.filter((name) => !excluded.some((matches) => matches(name)));
  if (included.length === 0) return new Set(patterns.length === 0 ? [] : allowed);
  const selected = included.map((pattern) => [pattern, allowed.filter(matcher(pattern))] as const);
  const idle = selected.flatMap(([pattern, found]) => (found.length === 0 ? [pattern] : []));
  if (idle.length > 0) throw selectsNothing(idle, names);
  return new Set(selected.flatMap(([, found]) => found));
}

/**
 * Refuses what is no pattern.
 * @throws MigrationError E9002 that names it
 */
export function assertPatterns(patterns: readonly string[]): void {
  const wrong = patterns.find((pattern) => !PATTERN.test(pattern));
  if (wrong === undefined) return;
  throw new MigrationError('E9002', {
    problem: `option "autogeneratePlugins" has the invalid pattern "${wrong}"`,
    advice:
      'Write a dotted name, with "*" for any part of it and "~" in front to exclude: "~nest-alembic.check-constraints".',
    facts: { option: 'autogeneratePlugins', pattern: wrong },
  });
}

const PATTERN = /^~?(?:\*|[\w-]+)(?:\.(?:\*|[\w-]+))*$/;
const isExclusion = (pattern: string): boolean => pattern.startsWith('~');

function matcher(pattern: string): (name: string) => boolean {
  const words = pattern.split('*').map((word) => word.replaceAll('.', '\\.'));
  const whole = new RegExp(`^${words.join('.+')}$`);
  return (name) => whole.test(name);
}

function selectsNothing(patterns: readonly string[], names: readonly string[]): MigrationError {
  const quoted = patterns.map((pattern) => `"${pattern}"`).join(', ');
  return new MigrationError('E9002', {
    problem: `option "autogeneratePlugins" has patterns that select nothing: ${quoted}`,
    advice: `Nothing was compared. The names are ${names.toSorted().join(', ')}; one that is excluded cannot be selected.`,
    facts: { option: 'autogeneratePlugins', patterns: [...patterns] },
  });
}
