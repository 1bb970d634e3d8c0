import type { CheckResult } from '@nest-alembic/core';

type Untouched = CheckResult['diff']['untouched'][number];

/** An object that is never touched, in words: `index post.by_hand`, `view shop.report (made by a revision)`. */
export function describeUntouched({ kind, schema, table, name, state }: Untouched): string {
  const place = [schema, table, name].filter((part) => part !== null && part !== undefined);
  const origin = state === 'known' ? ' (made by a revision)' : '';
  return `${inWords(kind)} ${place.join('.')}${origin}`;
}

/** `foreignKey` as `foreign key`. */
function inWords(kind: string): string {
  return kind.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
