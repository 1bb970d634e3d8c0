import type { OperationOf } from '../../operations/operation.js';
import type { ObjectName } from '../../schema/object-name.js';
import type { Renaming } from '../../schema/rename-in-schema.js';
import type { SqlText } from '../../schema/schema-model.js';
import type { Policy, Routine, Trigger } from '../../schema/server-objects.js';
import { type RoutineKey, signatureOf } from '../../schema/signature.js';
import { closed, impossible, words } from '../common/ddl-clauses.js';
import { recallAnew, rememberAnew } from './postgres-made-anew.js';
import type { MadeAnew } from './postgres-made-anew.js';
import { PostgresTypeCompiler } from './postgres-type-compiler.js';

const STATES = {
  enabled: 'ENABLE',
  disabled: 'DISABLE',
  replica: 'ENABLE REPLICA',
  always: 'ENABLE ALWAYS',
} as const;

/** Functions, procedures, triggers and row-level security, after the PostgreSQL manual. */
export abstract class PostgresRoutineCompiler extends PostgresTypeCompiler {
  override createRoutine(operation: OperationOf<'createRoutine'>): readonly string[] {
    const { routine, orReplace, replaces, anew } = operation;
    const { comment, arguments: argumentList, definition } = routine;
    const create = words('CREATE', (orReplace || replaces) && 'OR REPLACE', nounOf(routine));
    return [
      `${create} ${this.table(routine)}(${closed(argumentList)})\n${definition}`,
      ...(comment === undefined
        ? []
        : [this.commentOn(nounOf(routine), this.signed(routine, argumentList), comment)]),
      ...(anew ? [recallAnew(this.madeAnew(routine))] : []),
    ];
  }

  override dropRoutine(operation: OperationOf<'dropRoutine'>): readonly string[] {
    const { name, arguments: argumentList, ifExists, anew } = operation;
    return [
      ...(anew ? [rememberAnew(this.madeAnew({ ...name, arguments: argumentList }))] : []),
      words(`DROP ${nounOf(operation)}`, ifExists && 'IF EXISTS', this.signed(name, argumentList)),
    ];
  }

  override renameRoutine(operation: OperationOf<'renameRoutine'>): readonly string[] {
    const { from, to, arguments: argumentList } = operation;
    const call = `(${signatureOf(argumentList)})`;
    return this.rename({ noun: nounOf(operation), call }, from, to);
  }

  private madeAnew(routine: RoutineKey): MadeAnew {
    return { name: this.table(routine), signature: signatureOf(routine.arguments) };
  }

  private signed(name: ObjectName, argumentList: SqlText): string {
    return `${this.table(name)}(${signatureOf(argumentList)})`;
  }

  override createTrigger(operation: OperationOf<'createTrigger'>): readonly string[] {
    const { table, trigger } = operation;
    const { state, comment } = trigger;
    const own = `${this.name(trigger.name)} ON ${this.table(table)}`;
    const isReplacing = operation.orReplace === true || operation.replaces !== undefined;
    const canReplace = this.canReplace(operation);
    return [
      ...(isReplacing && !canReplace ? [`DROP TRIGGER IF EXISTS ${own}`] : []),
      this.trigger(trigger, { own: this.table(table), isReplacing: isReplacing && canReplace }),
      ...(state === undefined ? [] : [this.stateOf(table, trigger.name, state)]),
      ...(comment === undefined ? [] : [this.commentOn('TRIGGER', own, comment)]),
    ];
  }

  /** A constraint trigger cannot be replaced, and before version 14 none can: it is dropped first. */
  private canReplace({ trigger, replaces }: OperationOf<'createTrigger'>): boolean {
    const isConstraint = trigger.constraint ?? replaces?.constraint ?? false;
    return !isConstraint && (this.syntax.serverMajor ?? NEWEST) >= 14;
  }

  private trigger(
    trigger: Trigger,
    { own, isReplacing }: { readonly own: string; readonly isReplacing: boolean },
  ): string {
    const { constraint, oldTable, newTable, when } = trigger;
    return words(
      'CREATE',
      isReplacing && 'OR REPLACE',
      constraint && 'CONSTRAINT',
      `TRIGGER ${this.name(trigger.name)}`,
      `${trigger.timing.toUpperCase()} ${this.events(trigger)} ON ${own}`,
      this.deferrable(trigger.deferrable),
      (oldTable ?? newTable) !== undefined && 'REFERENCING',
      oldTable !== undefined && `OLD TABLE AS ${this.name(oldTable)}`,
      newTable !== undefined && `NEW TABLE AS ${this.name(newTable)}`,
      `FOR EACH ${trigger.forEach === 'row' || constraint ? 'ROW' : 'STATEMENT'}`,
      when !== undefined && `WHEN (${closed(when)})`,
      `EXECUTE FUNCTION ${trigger.execute}`,
    );
  }

  private events({ events, columns }: Trigger): string {
    const named = columns ? ` OF ${columns.map((name) => this.name(name)).join(', ')}` : '';
    return events
      .map((event) => event.toUpperCase() + (event === 'update' ? named : ''))
      .join(' OR ');
  }

  override dropTrigger(operation: OperationOf<'dropTrigger'>): readonly string[] {
    const { table, name, ifExists } = operation;
    const own = `${this.name(name)} ON ${this.table(table)}`;
    return [words('DROP TRIGGER', ifExists && 'IF EXISTS', own)];
  }

  override renameTrigger({ table, from, to }: OperationOf<'renameTrigger'>): readonly string[] {
    return [this.renamePart('TRIGGER', table, { from, to })];
  }

  override renamePolicy({ table, from, to }: OperationOf<'renamePolicy'>): readonly string[] {
    return [this.renamePart('POLICY', table, { from, to })];
  }

  private renamePart(noun: string, table: ObjectName, { from, to }: Renaming<string>): string {
    return `ALTER ${noun} ${this.name(from)} ON ${this.table(table)} RENAME TO ${this.name(to)}`;
  }

  override setTriggerState(operation: OperationOf<'setTriggerState'>): readonly string[] {
    return [this.stateOf(operation.table, operation.name, operation.to)];
  }

  private stateOf(table: ObjectName, name: string, state: keyof typeof STATES): string {
    return this.alterTable(table, `${STATES[state]} TRIGGER ${this.name(name)}`);
  }

  override setRowSecurity({ table, to }: OperationOf<'setRowSecurity'>): readonly string[] {
    const { enabled, forced } = to;
    return [
      enabled !== undefined && (enabled ? 'ENABLE' : 'DISABLE'),
      forced !== undefined && (forced ? 'FORCE' : 'NO FORCE'),
    ]
      .filter((verb) => verb !== false)
      .map((verb) => this.alterTable(table, `${verb} ROW LEVEL SECURITY`));
  }

  override createPolicy({ table, policy }: OperationOf<'createPolicy'>): readonly string[] {
    const { name, command, restrictive, comment } = policy;
    const own = `${this.name(name)} ON ${this.table(table)}`;
    return [
      words(
        `CREATE POLICY ${own}`,
        restrictive && 'AS RESTRICTIVE',
        command !== undefined && `FOR ${command.toUpperCase()}`,
        this.policyClauses(policy),
      ),
      ...(comment === undefined ? [] : [this.commentOn('POLICY', own, comment)]),
    ];
  }

  override dropPolicy(operation: OperationOf<'dropPolicy'>): readonly string[] {
    const { table, name, ifExists } = operation;
    const own = `${this.name(name)} ON ${this.table(table)}`;
    return [words('DROP POLICY', ifExists && 'IF EXISTS', own)];
  }

  override alterPolicy({ table, name, to }: OperationOf<'alterPolicy'>): readonly string[] {
    if (Object.keys(to).length === 0)
      throw impossible(`policy "${name}" is altered to nothing else`);
    return [
      words(`ALTER POLICY ${this.name(name)} ON ${this.table(table)}`, this.policyClauses(to)),
    ];
  }

  private policyClauses({
    roles,
    using,
    check,
  }: Pick<Policy, 'roles' | 'using' | 'check'>): string {
    const names = roles?.map((role) => (role === 'public' ? 'PUBLIC' : this.name(role)));
    return words(
      names && `TO ${names.length === 0 ? 'PUBLIC' : names.join(', ')}`,
      using !== undefined && `USING (${closed(using)})`,
      check !== undefined && `WITH CHECK (${closed(check)})`,
    );
  }
}

/** A script that no server is known for is for the newest. */
const NEWEST = Infinity;

const nounOf = ({ type }: Pick<Routine, 'type'>): string => type.toUpperCase();
