import type { Deferrable } from '../../schema/schema-model.js';
import type { Trigger, TriggerEvent, TriggerState } from '../../schema/server-objects.js';
import type { DropOptions, EntityOption, SchemaOption, SqlFragment } from './common-options.js';

/** What a trigger is. */
export interface TriggerDefinition {
  readonly timing: Trigger['timing'];
  readonly events: readonly TriggerEvent[];
  /** Columns of `UPDATE OF`. */
  readonly columns?: readonly string[];
  /** @default 'statement' */
  readonly forEach?: 'row' | 'statement';
  /** Names of the transition tables. */
  readonly oldTable?: string;
  readonly newTable?: string;
  readonly when?: string | SqlFragment;
  /** The call of its function: `touch()`. */
  readonly execute: string | SqlFragment;
  /** A constraint trigger, which can be `deferrable`; it is `after` and for each row. */
  readonly constraint?: boolean;
  readonly deferrable?: Deferrable;
}

/** The directives about triggers. */
export interface TriggerDirectives {
  /**
   * Makes a trigger of a table or view. `previous` is what is replaced, for the way back; `orReplace` alone has none.
   * @example op.createTrigger('touch', 'account', { timing: 'before', events: ['update'], forEach: 'row', execute: 'touch()' });
   */
  createTrigger(
    name: string,
    table: string,
    options: TriggerDefinition &
      SchemaOption &
      EntityOption & {
        readonly orReplace?: boolean;
        readonly previous?: TriggerDefinition;
        readonly comment?: string;
      },
  ): Promise<void>;
  /** @example op.dropTrigger('touch', 'account'); */
  dropTrigger(name: string, table: string, options?: DropOptions): Promise<void>;
  /** @example op.renameTrigger('touch', 'account_touch', 'account'); */
  renameTrigger(
    from: string,
    to: string,
    table: string,
    options?: SchemaOption & EntityOption,
  ): Promise<void>;
  /**
   * Enables or disables a trigger. `from` is what it was, for the way back.
   * @example op.setTriggerState('touch', 'account', 'disabled');
   */
  setTriggerState(
    name: string,
    table: string,
    state: TriggerState | 'enabled',
    options?: SchemaOption & {
      /** @default 'enabled', or 'disabled' when it becomes enabled */
      readonly from?: TriggerState | 'enabled';
    },
  ): Promise<void>;
}
