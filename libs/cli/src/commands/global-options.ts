import { MigrationError } from '@nest-alembic/core';
import type { CommanderCommand } from './commander-command.js';
import { unmark } from './negative-numbers.js';

/** Options of `migrate` itself, accepted before and after the name of a command. `--raiseerr` is read where errors are told. */
export interface GlobalOptions {
  /** The environment; undefined for the only one. */
  readonly name: string | undefined;
  /** Options files, as written; later ones win. */
  readonly configFiles: readonly string[];
  readonly x: Readonly<Record<string, string>>;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly version: boolean;
  /** Takes the document of `--json` instead of stdout, where a command runs in several environments. */
  readonly collect?: (document: object) => void;
}

/** Values as commander hands them out, of one command. */
interface RawOptions {
  readonly name?: string;
  readonly config?: readonly string[];
  readonly xArg?: readonly string[];
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly version?: boolean;
}

/**
 * Reads the options that were given before the name of the command, and those after it. Of a single value the later one
 * counts; lists go on.
 *
 * @throws MigrationError E7007 for an `-x` without a key, E9001 for one named `__proto__`
 */
export function readGlobalOptions(
  before: CommanderCommand | null,
  after: CommanderCommand | null = null,
): GlobalOptions {
  const [first, second] = [rawOptions(before), rawOptions(after)];
  const given = { ...first, ...second };
  return {
    name: given.name,
    configFiles: [...list(first.config), ...list(second.config)],
    x: Object.fromEntries([...list(first.xArg), ...list(second.xArg)].map(readPair)),
    json: given.json ?? false,
    quiet: given.quiet ?? false,
    version: given.version ?? false,
  };
}

function rawOptions(command: CommanderCommand | null): RawOptions {
  return command === null ? {} : unmark(command.opts());
}

function list(values: readonly string[] | undefined): readonly string[] {
  return values ?? [];
}

/** `key=value`; `key` alone has the empty value, as Alembic's `get_x_argument(as_dictionary=True)`. */
function readPair(text: string): readonly [string, string] {
  const [key, value] = /^([^=]*)=?([\s\S]*)$/.exec(text)?.slice(1) ?? [];
  if (!key)
    throw new MigrationError('E7007', {
      problem: `-x "${text}" has no key`,
      advice: 'Write -x key=value.',
    });
  if (key === '__proto__')
    throw new MigrationError('E9001', {
      problem: 'a key of -x is named "__proto__"',
      advice: 'Choose another key.',
    });
  return [key, value ?? ''];
}
