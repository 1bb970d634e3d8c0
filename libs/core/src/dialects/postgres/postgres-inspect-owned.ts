import { compareText } from '../../schema/object-name.js';
import type { Table } from '../../schema/schema-model.js';
import type { Policy, RowSecurity, Trigger } from '../../schema/server-objects.js';
import { groupBy } from '../common/group-by.js';
import { commentOf, partitioningByTable } from './postgres-inspect-objects.js';
import type { ObjectRows, PolicyRow, TriggerRow } from './postgres-object-rows.js';
import { withoutOuterParentheses } from './postgres-parentheses.js';

/** What tables and views have besides their columns, constraints and indexes. */
export type OwnedParts = Pick<Table, 'partitionBy' | 'rowSecurity' | 'policies' | 'triggers'>;

/** Triggers, policies and partitioning by the id of their table or view; absent where there are none. */
export function ownedByTable(rows: ObjectRows): (id: string) => OwnedParts {
  const triggers = groupBy(rows.triggers ?? [], ({ table }) => table);
  const policies = groupBy(rows.policies ?? [], ({ table }) => table);
  const security = new Map((rows.rowSecurity ?? []).map((row) => [row.table, row]));
  const partitioning = partitioningByTable(rows);
  const isPlain = triggers.size + policies.size + security.size + partitioning.size === 0;
  return (id) => {
    if (isPlain) return NOTHING;
    const partitionBy = partitioning.get(id);
    const own = security.get(id);
    return {
      ...(partitionBy && { partitionBy }),
      ...(own && { rowSecurity: toRowSecurity(own) }),
      ...(policies.has(id) && { policies: sorted((policies.get(id) ?? []).map(toPolicy)) }),
      ...(triggers.has(id) && { triggers: sorted((triggers.get(id) ?? []).map(toTrigger)) }),
    };
  };
}

/** Of most tables there is nothing of the kind. */
const NOTHING: OwnedParts = Object.freeze({});

function sorted<T extends { readonly name: string }>(members: readonly T[]): readonly T[] {
  return [...members].sort((left, right) => compareText(left.name, right.name));
}

function toRowSecurity(row: { readonly enabled: boolean; readonly forced: boolean }): RowSecurity {
  return { ...(row.enabled && { enabled: true }), ...(row.forced && { forced: true }) };
}

const COMMANDS = { r: 'select', a: 'insert', w: 'update', d: 'delete', '*': undefined } as const;

function toPolicy(row: PolicyRow): Policy {
  const command = COMMANDS[row.command];
  return {
    name: row.name,
    ...(command && { command }),
    ...(!row.permissive && { restrictive: true }),
    ...(row.roles && { roles: row.roles }),
    ...(row.using !== null && { using: withoutOuterParentheses(row.using) }),
    ...(row.check !== null && { check: withoutOuterParentheses(row.check) }),
    ...commentOf(row),
  };
}

const EVENTS = [
  ['insert', 4],
  ['delete', 8],
  ['update', 16],
  ['truncate', 32],
] as const;
const STATES = { O: undefined, D: 'disabled', R: 'replica', A: 'always' } as const;

function toTrigger(row: TriggerRow): Trigger {
  const has = (bit: number): boolean => (row.type & bit) !== 0;
  const state = STATES[row.state];
  return {
    name: row.name,
    timing: has(64) ? 'instead of' : has(2) ? 'before' : 'after',
    events: EVENTS.filter(([, bit]) => has(bit)).map(([event]) => event),
    ...(row.columns && { columns: row.columns }),
    ...(has(1) && { forEach: 'row' }),
    ...transitionTables(row),
    ...textsOf(row.definition),
    ...(row.constraint && { constraint: true }),
    ...(row.deferrable && {
      deferrable: row.deferred ? 'initially deferred' : 'initially immediate',
    }),
    ...(state && { state }),
    ...commentOf(row),
  };
}

function transitionTables({
  oldTable,
  newTable,
}: TriggerRow): Pick<Trigger, 'oldTable' | 'newTable'> {
  return { ...(oldTable !== null && { oldTable }), ...(newTable !== null && { newTable }) };
}

/** The condition and the call are in no column of the catalog, only in the text that the server makes of the whole. */
function textsOf(definition: string): Pick<Trigger, 'when' | 'execute'> {
  const found = /(?:ROW|STATEMENT)(?: WHEN \((.*)\))? EXECUTE FUNCTION (.*)$/su.exec(definition);
  const [, when, execute = ''] = found ?? [];
  return { ...(when !== undefined && { when: withoutOuterParentheses(when) }), execute };
}
