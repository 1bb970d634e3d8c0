import type { LiteralValue } from '../../schema/literal-value.js';
import type { Place } from '../directives/place.js';
import type { CallArgument } from '../operation-call.js';

/** How a dialect writes a value, for arguments that become SQL. */
export interface LiteralWriter {
  literal(value: LiteralValue): string;
}

/**
 * How one argument of an own operation is read from a call, kept as data, and printed in a call again. `Given` is what a
 * caller may pass, `Kept` is what the operation has in its `data`. Made by {@link argument}.
 */
export interface ArgumentType<Given, Kept> {
  /**
   * Reads what a caller passed, which may be anything: JavaScript has no types.
   * @throws MigrationError E3013 and its like, with the place
   */
  read(value: unknown, place: Place, writer: LiteralWriter): Kept;
  /**
   * Checks what a program put into the data itself.
   * @throws MigrationError E3013 and its like, with the place
   */
  check(data: unknown, place: Place): void;
  /** The argument of the call that is read as this again. */
  print(kept: Kept): CallArgument;
  /** Only for types: what a caller may pass. */
  readonly given?: Given;
}

/** An argument that need not be given. */
export type OptionalArgument<Given, Kept> = ArgumentType<Given, Kept> & {
  readonly presence: 'optional';
};

/** An option that must be given. */
export type RequiredArgument<Given, Kept> = ArgumentType<Given, Kept> & {
  readonly presence: 'required';
};

/** Any type of an argument; what it keeps is known only where it was made. */
export type AnyArgumentType = ArgumentType<unknown, unknown> & {
  readonly presence?: 'optional' | 'required';
};

/** An argument by its place in the call: `['role', argument.name]`. */
export type PositionalParameter = readonly [name: string, type: AnyArgumentType];

/** The options object at the end of a call, by the names of its members. */
export type OptionParameters = Readonly<Record<string, AnyArgumentType>>;

/** The parameters of an operation, in the order of the call; options come last. */
export type OperationParameters =
  readonly PositionalParameter[] | readonly [...PositionalParameter[], OptionParameters];

type GivenBy<T> = T extends ArgumentType<infer Given, unknown> ? Given : never;
type KeptBy<T> = T extends ArgumentType<unknown, infer Kept> ? Exclude<Kept, undefined> : never;

type RequiredKeys<O> = {
  [K in keyof O]: O[K] extends { readonly presence: 'required' } ? K : never;
}[keyof O];

type Flat<T> = { [K in keyof T]: T[K] };

type GivenOptions<O> = Flat<
  { readonly [K in RequiredKeys<O>]: GivenBy<O[K]> } & {
    readonly [K in Exclude<keyof O, RequiredKeys<O>>]?: GivenBy<O[K]>;
  }
>;
type KeptOptions<O> = { readonly [K in RequiredKeys<O>]: KeptBy<O[K]> } & {
  readonly [K in Exclude<keyof O, RequiredKeys<O>>]?: KeptBy<O[K]>;
};

/** The arguments of the method that parameters make. */
export type ArgumentsOf<P extends OperationParameters> = P extends readonly [
  infer First,
  ...infer Rest,
]
  ? [...ArgumentOf<First>, ...(Rest extends OperationParameters ? ArgumentsOf<Rest> : [])]
  : [];

type ArgumentOf<P> = P extends readonly [string, infer Type]
  ? Type extends { readonly presence: 'optional' }
    ? [argument?: GivenBy<Type> | undefined]
    : [argument: GivenBy<Type>]
  : [RequiredKeys<P>] extends [never]
    ? [options?: GivenOptions<P>]
    : [options: GivenOptions<P>];

/** The data of an operation with these parameters: every positional argument and every option by its name. */
export type DataOf<P extends OperationParameters> = Flat<PartsOf<P>>;

type PartsOf<P> = P extends readonly [infer First, ...infer Rest]
  ? PartOf<First> & PartsOf<Rest>
  : unknown;

type PartOf<P> = P extends readonly [infer Name extends string, infer Type]
  ? Type extends { readonly presence: 'optional' }
    ? { readonly [K in Name]?: KeptBy<Type> }
    : { readonly [K in Name]: KeptBy<Type> }
  : KeptOptions<P>;
