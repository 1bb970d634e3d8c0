import type { DropOptions, EntityOption, SchemaOption, SqlFragment } from './common-options.js';

/** Options of {@link RoutineDirectives.createFunction} and `createProcedure`. */
export interface RoutineOptions extends SchemaOption, EntityOption {
  /** Replaces what is there. Without `previous` there is no way back. */
  readonly orReplace?: boolean;
  /** What is replaced, for the way back; it makes the call `orReplace`. */
  readonly previous?: {
    /** @default the same arguments */
    readonly arguments?: string;
    readonly definition: string | SqlFragment;
  };
  readonly comment?: string;
  /** It has the owner and the rights of the one that was dropped with `anew` in this run. */
  readonly anew?: boolean;
}

/** Options of {@link RoutineDirectives.dropFunction} and `dropProcedure`. */
export interface DropRoutineOptions extends DropOptions {
  /** One of the same name and arguments comes behind, with `anew` too: it gets owner and rights of this one. */
  readonly anew?: boolean;
}

/** Options of {@link RoutineDirectives.renameFunction} and `renameProcedure`. */
export interface RenameRoutineOptions extends SchemaOption, EntityOption {
  readonly toSchema?: string | null;
}

/** The directives about functions and procedures. */
export interface RoutineDirectives {
  /**
   * Makes a function. `args` is what stands between the parentheses, `definition` all that follows them; neither is
   * taken apart.
   * @example op.createFunction('add', 'a integer, b integer', 'RETURNS integer LANGUAGE sql AS $$SELECT a + b$$');
   */
  createFunction(
    name: string,
    args: string,
    definition: string | SqlFragment,
    options?: RoutineOptions,
  ): Promise<void>;
  /** @example op.createProcedure('prune', 'days integer', 'LANGUAGE sql AS $$DELETE FROM event WHERE age > days$$'); */
  createProcedure(
    name: string,
    args: string,
    definition: string | SqlFragment,
    options?: RoutineOptions,
  ): Promise<void>;
  /**
   * Drops the function with these arguments; their types will do.
   * @example op.dropFunction('add', 'integer, integer');
   */
  dropFunction(name: string, args: string, options?: DropRoutineOptions): Promise<void>;
  /** @example op.dropProcedure('prune', 'integer'); */
  dropProcedure(name: string, args: string, options?: DropRoutineOptions): Promise<void>;
  /** @example op.renameFunction('add', 'integer, integer', 'sum_of'); */
  renameFunction(
    from: string,
    args: string,
    to: string,
    options?: RenameRoutineOptions,
  ): Promise<void>;
  /** @example op.renameProcedure('prune', 'integer', 'forget'); */
  renameProcedure(
    from: string,
    args: string,
    to: string,
    options?: RenameRoutineOptions,
  ): Promise<void>;
}
