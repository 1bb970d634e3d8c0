import type { GivenName } from '../naming-convention.js';
import type { SchemaOption } from './common-options.js';
import type { DropConstraintType } from './constraint-api.js';

/** Objects that stand by themselves and have a comment. The comment of a table is set by `op.setTableComment`, that of a column of a table by `op.alterColumn`. */
export type CommentedObjectType =
  'schema' | 'extension' | 'enum' | 'sequence' | 'domain' | 'view' | 'materializedView';

/** Parts of a table that have a comment. */
export type CommentedPartType = 'index' | DropConstraintType;

/** Options of a comment. */
export interface CommentOptions extends SchemaOption {
  /** The comment that is there, for the way back. @default none */
  readonly from?: string | null;
}

/** Options of a comment on a part of a table or view. */
export interface PartCommentOptions extends CommentOptions {
  /** The table; of a column of a view, and of a trigger of one, the view. */
  readonly table: string;
}

/** Options of a comment on a function or procedure. */
export interface RoutineCommentOptions extends CommentOptions {
  /** What stands between the parentheses; types alone will do. */
  readonly arguments: string;
}

/** Options of a comment on a check of a domain. */
export interface DomainCheckCommentOptions extends CommentOptions {
  readonly domain: string;
}

/** The directives about comments. */
export interface CommentDirectives {
  /**
   * Sets the comment of an object; `null` removes it.
   * @example
   * op.setComment('sequence', 'invoice_number', 'Without gaps.');
   * op.setComment('index', 'ix_account_email', 'For the login.', { table: 'account' });
   * op.setComment('viewColumn', 'total', 'In cents.', { table: 'turnover' });
   * op.setComment('domainCheck', 'has_at', 'Nothing else is checked.', { domain: 'email' });
   * op.setComment('function', 'add', 'The sum.', { arguments: 'integer, integer' });
   */
  setComment(
    type: CommentedObjectType,
    name: string,
    comment: string | null,
    options?: CommentOptions,
  ): Promise<void>;
  setComment(
    type: CommentedPartType,
    name: GivenName,
    comment: string | null,
    options: PartCommentOptions,
  ): Promise<void>;
  setComment(
    type: 'trigger' | 'policy' | 'viewColumn',
    name: string,
    comment: string | null,
    options: PartCommentOptions,
  ): Promise<void>;
  setComment(
    type: 'domainCheck',
    name: string,
    comment: string | null,
    options: DomainCheckCommentOptions,
  ): Promise<void>;
  setComment(
    type: 'function' | 'procedure',
    name: string,
    comment: string | null,
    options: RoutineCommentOptions,
  ): Promise<void>;
}
