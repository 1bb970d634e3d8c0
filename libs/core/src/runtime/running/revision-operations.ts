import type { Dialect } from '../../dialects/common/dialect.js';
import { createOperations } from '../../operations/create-operations.js';
import type { NamingConvention } from '../../operations/naming-convention.js';
import type { Operation } from '../../operations/operation.js';
import type { Operations } from '../../operations/operations-api.js';
import type { OwnDefinition } from '../../operations/own/own-operation.js';

/** What the directives of `op` depend on: the same for all revisions of a run. */
export interface OperationsOptions {
  readonly dialect: Pick<Dialect, 'quoting' | 'portable'>;
  readonly namingConvention: NamingConvention | undefined;
  /** Operations of the app's own. */
  readonly operations: readonly OwnDefinition[];
}

/** A revision that calls directives. */
export interface DirectiveCaller {
  /** Queues an operation of it; the promise resolves when it has run. */
  submit(operation: Operation): Promise<void>;
  /** Queues a block of it. */
  autocommitBlock(body: () => unknown): Promise<void>;
  /** Told of a directive that refuses its arguments. */
  refused(error: unknown): void;
}

/**
 * The `op` of one revision. A directive that refuses its arguments fails the revision, whatever the code around it does with the
 * error. All directives are made once for a run: a revision calls few of them, and to make a hundred for each takes longer
 * than to run it.
 */
export function operationsOf(options: OperationsOptions, caller: DirectiveCaller): Operations {
  const { directives, names, callAs } = sharedDirectives(options);
  const guarded = new Map<PropertyKey, unknown>();
  const guard = (name: PropertyKey): unknown => {
    const directive: unknown = Reflect.get(directives, name);
    if (typeof directive !== 'function' || name === 'sql') return directive;
    return (...args: readonly unknown[]): unknown => {
      try {
        return callAs(caller, () => (directive as (...all: typeof args) => unknown)(...args));
      } catch (error) {
        caller.refused(error);
        return new Promise(() => undefined);
      }
    };
  };
  return new Proxy(names as unknown as Operations, {
    get: (_, name) => {
      if (!guarded.has(name)) guarded.set(name, guard(name));
      return guarded.get(name);
    },
    set: () => false,
    defineProperty: () => false,
    deleteProperty: () => false,
    setPrototypeOf: () => false,
    preventExtensions: () => false,
  });
}

interface SharedDirectives {
  readonly directives: Operations;
  /** An object with the names of all directives, for who asks which there are. */
  readonly names: object;
  /** Calls a directive, which submits at once or not at all, in the name of a revision. */
  readonly callAs: <T>(caller: DirectiveCaller, call: () => T) => T;
}

let last: { readonly options: OperationsOptions; readonly made: SharedDirectives } | undefined;

function sharedDirectives(options: OperationsOptions): SharedDirectives {
  if (last === undefined || !areSame(last.options, options)) {
    const { dialect, namingConvention, operations } = options;
    last = { options: { dialect, namingConvention, operations }, made: makeDirectives(options) };
  }
  return last.made;
}

const areSame = (one: OperationsOptions, other: OperationsOptions): boolean =>
  one.dialect === other.dialect &&
  one.namingConvention === other.namingConvention &&
  one.operations === other.operations;

function makeDirectives(options: OperationsOptions): SharedDirectives {
  const { dialect, namingConvention, operations } = options;
  let current: DirectiveCaller | undefined;
  const called = (): DirectiveCaller => current as DirectiveCaller;
  const directives = createOperations({
    ...(namingConvention && { namingConvention }),
    operations,
    literal: dialect.quoting.literal,
    portable: dialect.portable,
    submit: (operation) => called().submit(operation),
    autocommitBlock: (body) => called().autocommitBlock(body),
  });
  return {
    directives,
    names: { ...directives },
    callAs: (caller, call) => {
      const before = current;
      current = caller;
      try {
        return call();
      } finally {
        current = before;
      }
    },
  };
}
