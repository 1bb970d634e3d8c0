import type { MigrationError } from '../../errors/migration-error.js';
import type { Operation, OperationKind, OperationOf } from '../../operations/operation.js';
import type { Table } from '../../schema/schema-model.js';
import { CommentCompiler } from './comment-compiler.js';
import { impossible, words } from './ddl-clauses.js';

type ObjectKinds = Extract<
  OperationKind,
  | `${string}Extension`
  | `${string}Domain`
  | `${string}Routine`
  | `${string}Trigger`
  | `${string}Policy`
  | `${string}Partition`
  | 'setTriggerState'
  | 'attachIndex'
  | 'setRowSecurity'
  | `${'create' | 'drop' | 'rename'}Schema`
  | 'refreshView'
>;
type ObjectCompilers = {
  [K in ObjectKinds]: (operation: OperationOf<K>) => readonly string[];
};

/**
 * Schemas in standard SQL, and the operations on what that does not have, or each server says in its own words: a dialect
 * overrides those that it can do.
 */
export abstract class ObjectCompiler extends CommentCompiler implements ObjectCompilers {
  createSchema(operation: OperationOf<'createSchema'>): readonly string[] {
    this.demand('schemas', 'schemas');
    const { name, ifNotExists: once, authorization } = operation;
    return [
      words(
        'CREATE SCHEMA',
        once && 'IF NOT EXISTS',
        this.name(name),
        authorization !== undefined && `AUTHORIZATION ${this.name(authorization)}`,
      ),
    ];
  }

  dropSchema(operation: OperationOf<'dropSchema'>): readonly string[] {
    this.demand('schemas', 'schemas');
    return [words('DROP SCHEMA', operation.ifExists && 'IF EXISTS', this.name(operation.name))];
  }

  renameSchema(operation: OperationOf<'renameSchema'>): readonly string[] {
    throw lacking(operation, 'a name of a schema that can change');
  }

  refreshView(operation: OperationOf<'refreshView'>): readonly string[] {
    throw lacking(operation, 'materialized views');
  }

  createExtension(operation: OperationOf<'createExtension'>): readonly string[] {
    throw lacking(operation, 'extensions');
  }

  dropExtension(operation: OperationOf<'dropExtension'>): readonly string[] {
    throw lacking(operation, 'extensions');
  }

  alterExtension(operation: OperationOf<'alterExtension'>): readonly string[] {
    throw lacking(operation, 'extensions');
  }

  createDomain(operation: OperationOf<'createDomain'>): readonly string[] {
    throw lacking(operation, 'domains');
  }

  dropDomain(operation: OperationOf<'dropDomain'>): readonly string[] {
    throw lacking(operation, 'domains');
  }

  alterDomain(operation: OperationOf<'alterDomain'>): readonly string[] {
    throw lacking(operation, 'domains');
  }

  renameDomain(operation: OperationOf<'renameDomain'>): readonly string[] {
    throw lacking(operation, 'domains');
  }

  createRoutine(operation: OperationOf<'createRoutine'>): readonly string[] {
    throw lacking(operation, 'functions and procedures that a migration can make');
  }

  dropRoutine(operation: OperationOf<'dropRoutine'>): readonly string[] {
    throw lacking(operation, 'functions and procedures that a migration can drop');
  }

  renameRoutine(operation: OperationOf<'renameRoutine'>): readonly string[] {
    throw lacking(operation, 'functions and procedures that a migration can rename');
  }

  createTrigger(operation: OperationOf<'createTrigger'>): readonly string[] {
    throw lacking(operation, 'triggers that a migration can make');
  }

  dropTrigger(operation: OperationOf<'dropTrigger'>): readonly string[] {
    throw lacking(operation, 'triggers that a migration can drop');
  }

  renameTrigger(operation: OperationOf<'renameTrigger'>): readonly string[] {
    throw lacking(operation, 'triggers that a migration can rename');
  }

  setTriggerState(operation: OperationOf<'setTriggerState'>): readonly string[] {
    throw lacking(operation, 'triggers that can be disabled');
  }

  setRowSecurity(operation: OperationOf<'setRowSecurity'>): readonly string[] {
    throw lacking(operation, 'row-level security');
  }

  createPolicy(operation: OperationOf<'createPolicy'>): readonly string[] {
    throw lacking(operation, 'row-level security');
  }

  dropPolicy(operation: OperationOf<'dropPolicy'>): readonly string[] {
    throw lacking(operation, 'row-level security');
  }

  renamePolicy(operation: OperationOf<'renamePolicy'>): readonly string[] {
    throw lacking(operation, 'row-level security');
  }

  alterPolicy(operation: OperationOf<'alterPolicy'>): readonly string[] {
    throw lacking(operation, 'row-level security');
  }

  createPartition(operation: OperationOf<'createPartition'>): readonly string[] {
    throw lacking(operation, 'partitions');
  }

  dropPartition(operation: OperationOf<'dropPartition'>): readonly string[] {
    throw lacking(operation, 'partitions');
  }

  attachPartition(operation: OperationOf<'attachPartition'>): readonly string[] {
    throw lacking(operation, 'partitions');
  }

  detachPartition(operation: OperationOf<'detachPartition'>): readonly string[] {
    throw lacking(operation, 'partitions');
  }

  attachIndex(operation: OperationOf<'attachIndex'>): readonly string[] {
    throw lacking(operation, 'partitions with indexes of their own');
  }

  /** Standard SQL has neither options of views nor their replacement. */
  protected demandPlainView({ view, orReplace, replaces }: OperationOf<'createView'>): void {
    const { securityInvoker, securityBarrier, checkOption, storage, withNoData, columnComments } =
      view;
    const options = {
      securityInvoker,
      securityBarrier,
      checkOption,
      storage,
      withNoData,
      columnComments,
    };
    const asked = Object.entries({ ...options, orReplace, replaces }).find(([, value]) => value);
    if (!asked) return;
    throw impossible(`view "${view.name}" cannot be made with ${asked[0]} on this database`);
  }

  /** What a new table has besides must be possible too; a dialect that can do it writes it. */
  protected demandParts({ partitionBy, rowSecurity, policies, triggers }: Partial<Table>): void {
    if (partitionBy) this.demand('partitions', 'partitioned tables');
    if (rowSecurity || policies) this.demand('rowSecurity', 'row-level security');
    if (triggers) this.demand('triggers', 'triggers that a migration can make');
  }
}

function lacking({ kind }: Operation, noun: string): MigrationError {
  return impossible(`this database has no ${noun}`, 'Leave them out for this database.', { kind });
}
