import type { LiteralValue } from '../../schema/literal-value.js';
import type { PortableSql } from '../../schema/portable-type.js';
import type { NamingConvention } from '../naming-convention.js';
import type { Operation } from '../operation.js';
import type { OwnDefinition } from '../own/own-operation.js';

/** What the directives of `op` need from outside. */
export interface DirectiveContext {
  /** Names of constraints and indexes (OP-04). @default names as they are given */
  readonly namingConvention?: NamingConvention;
  /** Operations of one's own, which become methods. @default none */
  readonly operations?: readonly OwnDefinition[];
  /** Writes a value as a literal of the dialect. */
  literal(value: LiteralValue): string;
  /** Spells what `op.type` and `op.now` make. @default they are refused */
  readonly portable?: PortableSql;
  /** Queues an operation; the promise resolves when it has run. */
  submit(operation: Operation): Promise<void>;
  /** Runs what a function submits outside of a transaction. @default it is run as it is */
  autocommitBlock?(body: () => unknown): Promise<void>;
}
