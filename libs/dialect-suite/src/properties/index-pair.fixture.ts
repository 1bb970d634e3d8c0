import type { Column, Index, IndexElement } from '@nest-alembic/core';
import * as fc from 'fast-check';
import { arbTwofold, onSide } from './twofold.fixture.js';
import type { Side } from './twofold.fixture.js';

const arbElement = fc.record({
  column: fc.nat(7),
  isExpression: fc.boolean(),
  order: fc.option(fc.constant('desc' as const), { nil: undefined }),
  nulls: fc.option(fc.constantFrom('first' as const, 'last' as const), { nil: undefined }),
});

/** An index in two states. Its method is the same in both: a model that states none leaves it as it is (design D7). */
export const arbIndexPair = fc.record({
  method: fc.constantFrom(undefined, undefined, 'hash', 'gin'),
  state: arbTwofold(
    fc.record({
      elements: fc.array(arbElement, { minLength: 1, maxLength: 3 }),
      isUnique: fc.boolean(),
      where: fc.option(fc.constantFrom('id > 0', '(id<>3)and(first is not null)'), {
        nil: undefined,
      }),
      include: fc.boolean(),
    }),
  ),
});

/** An index in two states. */
export type IndexPair = typeof arbIndexPair extends fc.Arbitrary<infer T> ? T : never;

/** What an index must know of its table. */
export interface IndexPlace {
  readonly side: Side;
  readonly name: string;
  readonly columns: readonly Column[];
}

/** The index in one state; undefined where it is not there. */
export function buildIndex({ method, state }: IndexPair, place: IndexPlace): Index | undefined {
  const found = onSide(state, place.side);
  if (!found) return undefined;
  const { name } = place;
  const where = found.where === undefined ? {} : { where: found.where };
  if (method !== undefined) {
    const element = elementFor(method, place.columns);
    return element && { name, method, elements: [element], unique: false, ...where };
  }
  const elements = found.elements.map((element) => elementOf(element, place.columns));
  return {
    name,
    elements,
    // A plain unique index is as good as a unique constraint (PG-U1), so that neither would replace the other.
    unique: found.isUnique && found.where !== undefined,
    ...where,
    ...(found.include && { include: ['second'] }),
  };
}

function elementFor(method: string, columns: readonly Column[]): IndexElement | undefined {
  const fits = method === 'gin' ? /^(?:jsonb|integer\[\]|text\[\])$/ : /^(?:text|integer|uuid)$/;
  const column = columns.find(({ type }) => fits.test(type));
  return column && { column: column.name };
}

function elementOf(
  {
    column: at,
    isExpression,
    order,
    nulls,
  }: typeof arbElement extends fc.Arbitrary<infer T> ? T : never,
  columns: readonly Column[],
): IndexElement {
  const { name, type } = columns[at % columns.length] as Column;
  const quoted = `"${name.replaceAll('"', '""')}"`;
  const isText = ['text', 'varchar', 'varchar(20)'].includes(type);
  const what = isExpression
    ? { expression: isText ? `lower(${quoted})` : `COALESCE(${quoted}, ${quoted})` }
    : { column: name };
  return { ...what, ...(order && { order }), ...(nulls && { nulls }) };
}
