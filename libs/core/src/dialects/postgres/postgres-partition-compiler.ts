import type { OperationOf } from '../../operations/operation.js';
import { writtenPolicies, writtenTriggers } from '../../operations/written-table.js';
import type { Table, View } from '../../schema/schema-model.js';
import type { PartitionBounds, Partitioning } from '../../schema/server-objects.js';
import { closed, impossible, words } from '../common/ddl-clauses.js';
import { recallAnew, rememberAnew } from './postgres-made-anew.js';
import { PostgresRoutineCompiler } from './postgres-routine-compiler.js';

/** Partitions and views, after the PostgreSQL manual. */
export abstract class PostgresPartitionCompiler extends PostgresRoutineCompiler {
  /** Policies and triggers of a new table come after it. */
  override createTable(operation: OperationOf<'createTable'>): readonly string[] {
    const { table } = operation;
    const parts = [...writtenPolicies(table), ...writtenTriggers(table, table.triggers)];
    return [...super.createTable(operation), ...parts.flatMap((part) => this.compile(part))];
  }

  protected override tableOptions(table: Table): string {
    const { partitionBy } = table;
    return words(partitionBy && this.partitioning(partitionBy), super.tableOptions(table));
  }

  override createPartition(operation: OperationOf<'createPartition'>): readonly string[] {
    const { partition, ifNotExists } = operation;
    const { of, bounds, partitionBy } = partition;
    return [
      words(
        'CREATE TABLE',
        ifNotExists && 'IF NOT EXISTS',
        `${this.table(partition)} PARTITION OF ${this.table(of)} ${boundsClause(bounds)}`,
        partitionBy && this.partitioning(partitionBy),
      ),
    ];
  }

  override dropPartition({ name, ifExists }: OperationOf<'dropPartition'>): readonly string[] {
    return [words('DROP TABLE', ifExists && 'IF EXISTS', this.table(name))];
  }

  override attachPartition(operation: OperationOf<'attachPartition'>): readonly string[] {
    const { name, of, bounds } = operation;
    return [this.alterTable(of, `ATTACH PARTITION ${this.table(name)} ${boundsClause(bounds)}`)];
  }

  override detachPartition(operation: OperationOf<'detachPartition'>): readonly string[] {
    const { name, of, concurrently } = operation;
    if (concurrently) this.demandVersion(14, 'DETACH PARTITION … CONCURRENTLY');
    return [
      this.alterTable(
        of,
        words(`DETACH PARTITION ${this.table(name)}`, concurrently && 'CONCURRENTLY'),
      ),
    ];
  }

  override attachIndex({ name, of }: OperationOf<'attachIndex'>): readonly string[] {
    return [`ALTER INDEX ${this.table(of)} ATTACH PARTITION ${this.table(name)}`];
  }

  private partitioning({ strategy, elements }: Partitioning): string {
    const parts = elements.map((element) => this.indexElement(element));
    return `PARTITION BY ${strategy.toUpperCase()} (${parts.join(', ')})`;
  }

  override createView(operation: OperationOf<'createView'>): readonly string[] {
    const { view, orReplace, replaces, anew } = operation;
    const isReplacing = orReplace || replaces;
    if (isReplacing && view.materialized) throw irreplaceable(view);
    const noun = view.materialized ? 'MATERIALIZED VIEW' : 'VIEW';
    const name = this.table(view);
    return [
      `${words('CREATE', isReplacing && 'OR REPLACE', noun, name, this.viewClauses(view))} AS\n${
        view.withNoData ? `${closed(view.definition)}\nWITH NO DATA` : view.definition
      }`,
      ...view.indexes.flatMap((index) =>
        this.createIndex({ kind: 'createIndex', table: view, index }),
      ),
      ...writtenTriggers(view, view.triggers).flatMap((part) => this.compile(part)),
      ...(view.comment === undefined ? [] : [this.commentOn(noun, name, view.comment)]),
      ...(anew ? [recallAnew({ name })] : []),
      ...(view.columnComments ?? []).map(({ column, comment }) =>
        this.columnComment(view, column, comment),
      ),
    ];
  }

  override dropView(operation: OperationOf<'dropView'>): readonly string[] {
    const { anew, except, name } = operation;
    return [
      ...(anew ? [rememberAnew({ name: this.table(name) }, except)] : []),
      ...super.dropView(operation),
    ];
  }

  private viewClauses(view: View): string {
    if (view.securityInvoker) this.demandVersion(15, 'security_invoker of a view');
    const options = [
      view.securityBarrier && 'security_barrier=true',
      view.securityInvoker && 'security_invoker=true',
      view.checkOption && `check_option=${view.checkOption}`,
      ...(view.storage ?? []),
    ].filter(Boolean);
    return words(
      view.columns && this.names(view.columns),
      options.length > 0 && `WITH (${options.join(', ')})`,
    );
  }

  override refreshView(operation: OperationOf<'refreshView'>): readonly string[] {
    const { name, concurrently, withNoData } = operation;
    return [
      words(
        'REFRESH MATERIALIZED VIEW',
        concurrently && 'CONCURRENTLY',
        this.table(name),
        withNoData && 'WITH NO DATA',
      ),
    ];
  }
}

function boundsClause(bounds: PartitionBounds): string {
  if ('default' in bounds) return 'DEFAULT';
  if ('in' in bounds) return `FOR VALUES IN (${values(bounds.in)})`;
  return 'from' in bounds
    ? `FOR VALUES FROM (${values(bounds.from)}) TO (${values(bounds.to)})`
    : `FOR VALUES WITH (MODULUS ${bounds.modulus}, REMAINDER ${bounds.remainder})`;
}

const values = (texts: readonly string[]): string => texts.map(closed).join(', ');

const irreplaceable = ({ name }: View): Error =>
  impossible(
    `materialized view "${name}" cannot be replaced in place`,
    'Drop it and create it anew: op.dropView, op.createView.',
  );
