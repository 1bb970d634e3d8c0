import type { CommentedObject } from '../../operations/comment-operations.js';
import type { OperationOf } from '../../operations/operation.js';
import type { ObjectName } from '../../schema/object-name.js';
import { signatureOf } from '../../schema/signature.js';
import { DataCompiler } from './data-compiler.js';

/** Comments, as PostgreSQL and most others say them: the standard has none. */
export abstract class CommentCompiler extends DataCompiler {
  setComment({ object, to }: OperationOf<'setComment'>): readonly string[] {
    return [this.commentOn(...this.commented(object), to)];
  }

  protected commentOfNew(object: CommentedObject, comment: string | undefined): readonly string[] {
    return comment === undefined ? [] : [this.commentOn(...this.commented(object), comment)];
  }

  protected columnComment(table: ObjectName, column: string, comment?: string | null): string {
    return this.commentOn('COLUMN', `${this.table(table)}.${this.name(column)}`, comment);
  }

  /** Sets a comment, or removes it where it is absent or null. `target` is quoted. */
  protected commentOn(noun: string, target: string, comment?: string | null): string {
    this.demand('comments', 'comments');
    return `COMMENT ON ${noun} ${target} IS ${this.syntax.quoting.literal(comment ?? null)}`;
  }

  /** The noun and the quoted name of what a comment is on. */
  protected commented(object: CommentedObject): readonly [noun: string, target: string] {
    return [COMMENT_NOUNS[object.type] ?? 'CONSTRAINT', this.commentTarget(object)];
  }

  private commentTarget(object: CommentedObject): string {
    if ('table' in object) {
      const { type, table, name } = object;
      if (type === 'viewColumn') return `${this.table(table)}.${this.name(name)}`;
      return type === 'index'
        ? this.table({ schema: table.schema, name })
        : `${this.name(name)} ON ${this.table(table)}`;
    }
    if ('domain' in object)
      return `${this.name(object.name)} ON DOMAIN ${this.table(object.domain)}`;
    if (typeof object.name === 'string') return this.name(object.name);
    const signature = 'arguments' in object ? `(${signatureOf(object.arguments)})` : '';
    return this.table(object.name) + signature;
  }
}

/** The nouns of COMMENT ON; all others are constraints. */
const COMMENT_NOUNS: Readonly<Partial<Record<CommentedObject['type'], string>>> = {
  schema: 'SCHEMA',
  extension: 'EXTENSION',
  enum: 'TYPE',
  sequence: 'SEQUENCE',
  domain: 'DOMAIN',
  view: 'VIEW',
  materializedView: 'MATERIALIZED VIEW',
  function: 'FUNCTION',
  procedure: 'PROCEDURE',
  trigger: 'TRIGGER',
  policy: 'POLICY',
  index: 'INDEX',
  viewColumn: 'COLUMN',
};
