import { nameKey } from '../../schema/object-name.js';
import type { ObjectName } from '../../schema/object-name.js';
import type { CommentTarget, ObjectHead, ObjectStatement } from '../common/object-texts.js';

/** The statements of one object: that which makes it, and those that say more of it. */
export interface ObjectGroup {
  readonly key: string;
  readonly statements: readonly ObjectStatement[];
}

/**
 * Statements by the object that they are about, in their order. Routines of one name are one group, as a comment may be of any of
 * them; row-level security is one of its table. Those about extensions are in none. Pure.
 */
export function groupStatements(statements: readonly ObjectStatement[]): readonly ObjectGroup[] {
  const groups = new Map<string, ObjectStatement[]>();
  for (const statement of statements) {
    const key = keyOf(statement.head, statements);
    if (key === undefined) continue;
    groups.set(key, [...(groups.get(key) ?? []), statement]);
  }
  return [...groups].map(([key, own]) => ({ key, statements: own }));
}

function keyOf(head: ObjectHead, all: readonly ObjectStatement[]): string | undefined {
  if (head.kind === 'comment') return commentKey(head.on, all);
  if (head.kind === 'extension') return undefined;
  return 'table' in head ? partKey(head) : `${head.kind} ${nameKey(head.name)}`;
}

function partKey(head: Extract<ObjectHead, { readonly table: ObjectName }>): string {
  const table = nameKey(head.table);
  switch (head.kind) {
    case 'triggerState':
      return `trigger ${table} ${head.trigger}`;
    case 'rowSecurity':
      return `rowSecurity ${table}`;
    case 'index':
      return `view ${table}`;
    default:
      return `${head.kind} ${table} ${head.name}`;
  }
}

const KINDS: Readonly<Partial<Record<CommentTarget['noun'], string>>> = {
  view: 'view',
  'materialized view': 'view',
  function: 'routine',
  procedure: 'routine',
  routine: 'routine',
  domain: 'domain',
  sequence: 'sequence',
};

function commentKey(on: CommentTarget, all: readonly ObjectStatement[]): string | undefined {
  const { noun, name, table } = on;
  if (table) return `${noun} ${nameKey(table)} ${name.name}`;
  const heads = all.map(({ head }) => head);
  if (noun === 'index') {
    const made = heads.find((head) => head.kind === 'index' && head.index === name.name);
    return made && keyOf(made, all);
  }
  if (noun !== 'type') return KINDS[noun] && `${KINDS[noun]} ${nameKey(name)}`;
  const type = heads.find(
    (head) =>
      (head.kind === 'enum' || head.kind === 'domain') && nameKey(head.name) === nameKey(name),
  );
  return type && keyOf(type, all);
}
