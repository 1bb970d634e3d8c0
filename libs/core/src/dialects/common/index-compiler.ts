import type { OperationOf } from '../../operations/operation.js';
import { displayName } from '../../schema/object-name.js';
import { ifExists, ifNotExists, impossible, words } from './ddl-clauses.js';
import { refuseUnsaid } from './refuse-unsaid.js';
import { SequenceCompiler } from './sequence-compiler.js';

/** Indexes as most databases say them, and views, materialized ones with their indexes. */
export abstract class IndexCompiler extends SequenceCompiler {
  createIndex(operation: OperationOf<'createIndex'>): readonly string[] {
    const { table, index } = operation;
    refuseUnsaid(`index "${index.name}"`, { parser: index.parser });
    if (operation.concurrently) this.demand('concurrentIndexes', 'CONCURRENTLY');
    if (operation.only) this.demand('partitions', 'partitioned tables');
    return [
      words(
        index.unique ? 'CREATE UNIQUE INDEX' : 'CREATE INDEX',
        operation.concurrently && 'CONCURRENTLY',
        ifNotExists(operation.ifNotExists),
        `${this.name(index.name)} ON ${operation.only ? 'ONLY ' : ''}${this.table(table)}`,
        index.method !== undefined && this.indexMethod(index.method),
        `(${index.elements.map((element) => this.indexElement(element)).join(', ')})`,
        this.indexOptions(index),
      ),
      ...this.commentOfNew({ type: 'index', table, name: index.name }, index.comment),
    ];
  }

  dropIndex(operation: OperationOf<'dropIndex'>): readonly string[] {
    if (operation.concurrently) this.demand('concurrentIndexes', 'CONCURRENTLY');
    return [
      words(
        'DROP INDEX',
        operation.concurrently && 'CONCURRENTLY',
        ifExists(operation.ifExists),
        this.table({ schema: operation.table.schema, name: operation.name }),
      ),
    ];
  }

  renameIndex({ table, from, to, ifExists: maybe }: OperationOf<'renameIndex'>): readonly string[] {
    const name = this.table({ schema: table.schema, name: from });
    return [words('ALTER INDEX', ifExists(maybe), `${name} RENAME TO ${this.name(to)}`)];
  }

  createView(operation: OperationOf<'createView'>): readonly string[] {
    const { view } = operation;
    if (view.materialized) this.demand('materializedViews', 'materialized views');
    this.demandPlainView(operation);
    const noun = view.materialized ? 'MATERIALIZED VIEW' : 'VIEW';
    const name = words(this.table(view), view.columns && this.names(view.columns));
    return [
      `CREATE ${noun} ${name} AS\n${view.definition}`,
      ...view.indexes.flatMap((index) =>
        this.createIndex({ kind: 'createIndex', table: view, index }),
      ),
    ];
  }

  dropView(operation: OperationOf<'dropView'>): readonly string[] {
    if (operation.materialized) this.demand('materializedViews', 'materialized views');
    const noun = operation.materialized ? 'MATERIALIZED VIEW' : 'VIEW';
    return [words(`DROP ${noun}`, ifExists(operation.ifExists), this.table(operation.name))];
  }

  renameView({ from }: OperationOf<'renameView'>): readonly string[] {
    throw impossible(`view "${displayName(from)}" cannot be renamed on this database`);
  }

  protected indexMethod(method: string): string {
    return `USING ${this.name(method)}`;
  }
}
