import { closestName } from '../../errors/closest-name.js';
import { MigrationError } from '../../errors/migration-error.js';
import { createOperations } from '../create-operations.js';
import { OPERATION_KINDS } from '../operation-definitions.js';
import type { DefinedOperation } from './define-operation.js';
import { faulty } from './faulty-operation.js';
import type { OwnDefinition } from './own-operation.js';
import type { BuiltInKind, ReplacedOperation } from './replace-operation.js';

/** What the option `operations` takes: what `defineOperation` and `replaceOperation` make. */
export type RegisteredOperation = DefinedOperation | ReplacedOperation;

/** The operations of an environment besides those that are built in. */
export interface OperationRegistry {
  /** The methods of `op` that are added or replaced; each name once. */
  readonly own: readonly OwnDefinition[];
  /** By the kind of the built-in operation. */
  readonly replaced: ReadonlyMap<string, ReplacedOperation>;
}

/** No operations besides those that are built in. */
export const NO_OPERATIONS: OperationRegistry = Object.freeze({ own: [], replaced: new Map() });

/** True for what `defineOperation` and `replaceOperation` make, also of another copy of this package. */
export function isRegistrable(value: unknown): value is RegisteredOperation {
  if (typeof value !== 'object' || value === null || !('registers' in value)) return false;
  return value.registers === 'operation' || value.registers === 'replacement';
}

/**
 * Puts operations together; where one says `replace`, it takes the place of what has its name.
 * @throws MigrationError E9009 for a name that is taken, E3018 for a replacement of what is no built-in operation
 */
export function registerOperations(operations: readonly RegisteredOperation[]): OperationRegistry {
  const own = new Map<string, OwnDefinition>();
  const replaced = new Map<string, ReplacedOperation>();
  for (const operation of operations) {
    if (operation.registers === 'operation') {
      refuseTaken(operation, own);
      own.set(operation.name, operation);
    } else {
      refuseReplaced(operation, replaced);
      replaced.set(operation.kind, operation);
    }
  }
  return Object.freeze({ own: [...own.values()], replaced });
}

/** The methods that every `op` has. */
const builtInMethods = (): readonly string[] =>
  Object.keys(createOperations({ literal: String, submit: () => Promise.resolve() }));

/** What makes no operation, and what JavaScript looks for by itself. */
const RESERVED: ReadonlySet<string> = new Set([
  'autocommitBlock',
  'f',
  'inlineLiteral',
  'sql',
  'then',
  'toJSON',
  ...Object.getOwnPropertyNames(Object.prototype),
]);

function refuseTaken(
  { name, replace }: OwnDefinition,
  before: ReadonlyMap<string, OwnDefinition>,
): void {
  if (RESERVED.has(name)) throw taken(name, 'is a name that no operation can have', RENAME);
  if (replace) return;
  if (before.has(name)) throw taken(name, 'is registered twice', REPLACE);
  if (builtInMethods().includes(name)) throw taken(name, 'is a built-in operation', REPLACE);
}

function refuseReplaced(
  { kind, replace }: ReplacedOperation,
  before: ReadonlyMap<string, ReplacedOperation>,
): void {
  if (!isBuiltIn(kind)) {
    const nearest = closestName(kind, OPERATION_KINDS);
    const meant = nearest === undefined ? '' : `; did you mean "${nearest}"?`;
    const problem = `replaceOperation was given "${kind}", which is no kind of a built-in operation${meant}`;
    throw faulty('replaceOperation', { problem, part: 'kind' });
  }
  if (!replace && before.has(kind)) throw taken(kind, 'is replaced twice', REPLACE);
}

const isBuiltIn = (kind: string): kind is BuiltInKind =>
  kind !== 'own' && (OPERATION_KINDS as readonly string[]).includes(kind);

const REPLACE =
  'Give one of them another name, or say `replace: true` where the later one is defined.';
const RENAME = 'Give it another name.';

const taken = (name: string, what: string, advice: string): MigrationError =>
  new MigrationError('E9009', {
    problem: `"${name}" of the option "operations" ${what}`,
    advice,
    facts: { option: 'operations', operation: name },
  });
