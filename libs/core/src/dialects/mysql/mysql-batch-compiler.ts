import type { BatchedOperation } from '../../operations/batch/batched-operation.js';
import { definitionOfBatched } from '../../operations/batch/batched-operation.js';
import type { AlterWays } from '../../operations/batch-operations.js';
import type { OperationOf } from '../../operations/operation.js';
import type { ObjectName } from '../../schema/object-name.js';
import type { Table } from '../../schema/schema-model.js';
import { MysqlCompiler } from './mysql-compiler.js';
import type { Cost } from './mysql-costs.js';
import { greatest, ORDER } from './mysql-costs.js';
import { waysOn } from './mysql-ways.js';

/** What one operation of a batch says in an ALTER TABLE. */
interface Alteration {
  readonly operation: BatchedOperation;
  readonly statement: string;
  /** The statement without its head and its cost. */
  readonly actions: string;
  readonly cost: Cost;
}

/**
 * A batch is one ALTER TABLE wherever its changes do not build on each other: the server makes all of them or none, and copies the table once
 * at most. A counter needs it, which the server takes only together with its key.
 */
export class MysqlBatchCompiler extends MysqlCompiler {
  override batchAlterTable(operation: OperationOf<'batchAlterTable'>): readonly string[] {
    // Says what cannot be done here, and knows no more of a batch than its parts.
    super.batchAlterTable(operation);
    const { algorithm, lock, ...rest } = operation;
    if ((algorithm ?? lock) !== undefined)
      return new MysqlBatchCompiler({
        ...this.syntax,
        saidCost: clausesOf({ ALGORITHM: algorithm, LOCK: lock }),
      }).batchAlterTable(rest);
    const statements: string[] = [];
    let together: Alteration[] = [];
    const end = (): void => {
      statements.push(...this.joined(together, operation.table));
      together = [];
    };
    for (const one of operation.operations) {
      const alteration = this.alteration(one, operation);
      if (alteration === undefined || together.some((other) => clash(other.operation, one))) end();
      if (alteration === undefined) statements.push(...this.compile(one));
      else together.push(alteration);
    }
    end();
    return statements;
  }

  /** Undefined for what has to be a statement of its own. */
  private alteration(
    operation: BatchedOperation,
    { table }: OperationOf<'batchAlterTable'>,
  ): Alteration | undefined {
    if (!canJoin(operation)) return undefined;
    const [statement, ...others] = this.compile(operation);
    const head = this.alterTable(table, '');
    if (statement === undefined || others.length > 0 || !statement.startsWith(head))
      return undefined;
    const cost = ORDER.findLast((one) => statement.endsWith(this.costText(one)));
    if (cost === undefined) return undefined;
    const actions = statement.slice(head.length, statement.length - this.costText(cost).length);
    return { operation, statement, actions, cost };
  }

  private joined(alterations: readonly Alteration[], table: ObjectName): readonly string[] {
    const cost = costOfAll(alterations);
    return alterations.length < 2 || cost === undefined
      ? alterations.map(({ statement }) => statement)
      : [
          this.alter(
            table,
            alterations.map(({ actions }) => actions),
            cost,
          ),
        ];
  }

  /** See `Dialect.waysOn`. */
  waysOn(table: Table, operations: readonly BatchedOperation[]): AlterWays | undefined {
    return waysOn(table, operations, (one) => this.copies(one));
  }

  /** This way or back, which says the same. */
  private copies(operation: BatchedOperation): boolean {
    const back = definitionOfBatched(operation).reverse(operation);
    return [operation, ...(back ? [back] : [])]
      .flatMap((one) => this.compile(one))
      .some((statement) => statement.includes('ALGORITHM=COPY'));
  }
}

/** What the revision says itself; `default` says nothing. */
const clausesOf = (said: Readonly<Record<string, string | undefined>>): readonly string[] =>
  Object.entries(said).flatMap(([name, value]) =>
    value === undefined || value === 'default' ? [] : [`${name}=${value.toUpperCase()}`],
  );

/** What names something by the name that it gets elsewhere in the batch, or keeps what it drops under another name. */
const canJoin = (operation: BatchedOperation): boolean =>
  !/^rename/.test(operation.kind) &&
  !('usingIndex' in operation) &&
  !('index' in operation && operation.kind === 'dropConstraint');

/** A column that two changes are about, and a constraint that is made under the name of one that goes (measured on MariaDB 10.11). */
function clash(earlier: BatchedOperation, later: BatchedOperation): boolean {
  const column = columnOf(earlier);
  if (column !== undefined && column === columnOf(later)) return true;
  return (
    earlier.kind === 'dropConstraint' &&
    later.kind === 'addConstraint' &&
    later.added.type !== 'primaryKey' &&
    later.added.constraint.name === earlier.name
  );
}

function columnOf(operation: BatchedOperation): string | undefined {
  if (operation.kind === 'addColumn') return operation.column.name;
  return operation.kind === 'alterColumn' || operation.kind === 'dropColumn'
    ? operation.name
    : undefined;
}

/**
 * The cost of all together; undefined where each by itself costs less: with a column that comes or goes no index is built without a rebuild.
 * One primary key in place of another is a rebuild (`my-drop-primary-key`).
 */
function costOfAll(alterations: readonly Alteration[]): Cost | undefined {
  const operations = alterations.map(({ operation }) => operation);
  const getsKey = operations.some(isNewPrimaryKey);
  const cost = greatest(
    alterations.map(({ operation, cost: own }) =>
      getsKey && isOldPrimaryKey(operation) ? 'rebuild' : own,
    ),
  );
  const movesColumns = operations.some(({ kind }) => kind === 'addColumn' || kind === 'dropColumn');
  return cost === 'index' && movesColumns && operations.some(buildsIndex) ? undefined : cost;
}

const isNewPrimaryKey = (operation: BatchedOperation): boolean =>
  (operation.kind === 'addConstraint' && operation.added.type === 'primaryKey') ||
  (operation.kind === 'addColumn' && operation.primaryKey !== undefined);

const isOldPrimaryKey = (operation: BatchedOperation): boolean =>
  operation.kind === 'dropConstraint' && operation.type === 'primaryKey';

const buildsIndex = ({ kind }: BatchedOperation): boolean =>
  kind === 'createIndex' || kind === 'addConstraint';
