import type { CheckResult } from '@nest-alembic/core';

type Untouched = CheckResult['diff']['untouched'][number];

/** An object that is never touched, in words: `index post.by_hand`, `view shop.report (made by a revision)`. */
function describeUntouched({ kind, schema, table, name, state }: Untouched): string {
  const place = [schema, table, name].filter((part) => part !== null && part !== undefined);
  const origin = state === 'known' ? ' (made by a revision)' : '';
  return `${inWords(kind)} ${place.join('.')}${origin}`;
}

/** What is never touched as lines, those of one table together. */
export function untouchedLines(untouched: readonly Untouched[]): readonly string[] {
  const placeOf = ({ schema, table, name }: Untouched): string =>
    [schema ?? '', table ?? name, table === undefined ? '' : name].join('\0');
  return [...untouched]
    .sort((left, right) => (placeOf(left) < placeOf(right) ? -1 : 1))
    .map(describeUntouched);
}

/** `foreignKey` as `foreign key`. */
function inWords(kind: string): string {
  return kind.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
