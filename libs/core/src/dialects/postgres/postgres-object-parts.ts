import { sameName } from '../../schema/object-name.js';
import type { CommentTarget, ObjectHead } from '../common/object-texts.js';
import type { WordReader } from './postgres-words.js';

/** What stands after COMMENT ON, as far as it can be registered. */
export function commentTarget(words: WordReader): CommentTarget | undefined {
  const noun = NOUNS.find((one) => words.take(...one.split(' ')));
  if (noun === undefined) return undefined;
  if (noun === 'trigger' || noun === 'policy') {
    const name = words.name();
    const table = words.take('on') ? words.qualified() : undefined;
    return name === undefined || !table ? undefined : { noun, name: { schema: null, name }, table };
  }
  const name = words.qualified();
  return name && { noun, name };
}

const NOUNS: readonly CommentTarget['noun'][] = [
  'materialized view',
  'view',
  'function',
  'procedure',
  'routine',
  'trigger',
  'policy',
  'extension',
  'domain',
  'type',
  'sequence',
  'index',
];

/** Whether what a statement says more of is made by another one of the list; true for one that makes an object itself. */
export function saysOfOwn(head: ObjectHead, heads: readonly ObjectHead[]): boolean {
  switch (head.kind) {
    case 'index':
      return heads.some(
        (one) => one.kind === 'view' && one.materialized && sameName(one.name, head.table),
      );
    case 'triggerState':
      return heads.some(
        (one) =>
          one.kind === 'trigger' && one.name === head.trigger && sameName(one.table, head.table),
      );
    case 'comment':
      return heads.some((one) => isCommented(head.on, one));
    default:
      return true;
  }
}

function isCommented({ noun, name, table }: CommentTarget, head: ObjectHead): boolean {
  if (!nounsFor(head).includes(noun)) return false;
  const own = head.kind === 'index' ? head.index : 'name' in head && head.name;
  if (typeof own === 'object') return sameName(own, name);
  return own === name.name && (!table || ('table' in head && sameName(head.table, table)));
}

/** How a comment may call an object. */
function nounsFor(head: ObjectHead): readonly string[] {
  switch (head.kind) {
    case 'view':
      return [head.materialized ? 'materialized view' : 'view'];
    case 'routine':
      return [head.type, 'routine'];
    case 'enum':
      return ['type'];
    case 'domain':
      return ['domain', 'type'];
    default:
      return [head.kind];
  }
}
