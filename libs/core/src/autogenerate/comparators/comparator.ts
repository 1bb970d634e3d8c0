import type { Connection } from '../../dialects/common/connection.js';
import type { Operation } from '../../operations/operation.js';
import type { SchemaModel } from '../../schema/schema-model.js';
import type { Question } from '../schema-diff.js';

/** What a comparator of the app's own looks at. */
export interface ComparatorContext {
  /** Reads from the database that is compared, in a transaction that cannot write. */
  readonly connection: Pick<Connection, 'query'>;
  /** The database as it was compared: without what the filters left out. */
  readonly current: SchemaModel;
  /** The model as it was compared: expressions spelled as the server does, without what the filters left out. */
  readonly target: SchemaModel;
  /** What was found before this comparator, in the order to run it in. */
  readonly operations: readonly Operation[];
  /** Name of the environment. */
  readonly environment: string;
  /** Values of `-x key=value`. */
  readonly x: Readonly<Record<string, string>>;
}

/** What a comparator finds. */
export interface ComparatorFindings {
  /** Run before everything that was found so far, in this order. @default [] */
  readonly before?: readonly Operation[];
  /** Run after everything that was found so far, in this order. @default [] */
  readonly after?: readonly Operation[];
  /** What a person must decide: with one open nothing is written. @default [] */
  readonly questions?: readonly Question[];
}

/**
 * Compares a kind of object that autogenerate does not know, such as grants, or checks a rule of the house (Alembic's
 * autogenerate plugins). What it finds is listed by `check` and written into revisions like everything else. An error that it throws ends
 * the command unchanged.
 */
export interface Comparator {
  /** Dotted name of its own, for `autogeneratePlugins`: `acme.grants`. The names of `nest-alembic.` are taken. */
  readonly name: string;
  /** Names of the dialects that it is for: `['postgres']`. @default all */
  readonly dialects?: readonly string[];
  /** Its place among the comparators of the app; those of one priority run in the order of the option. @default 'medium' */
  readonly priority?: 'first' | 'medium' | 'last';
  /** Asked once in a comparison, after autogenerate's own. Returns nothing where there is no difference. */
  readonly compare: (
    context: ComparatorContext,
  ) => Promise<ComparatorFindings | undefined> | ComparatorFindings | undefined;
}
