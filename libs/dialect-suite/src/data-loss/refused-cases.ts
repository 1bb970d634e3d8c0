import { columnCase, entity } from './data-loss-case.js';
import type { DataLossCase } from './data-loss-case.js';

/** A change that a person has to decide on, or that the rows do not allow: nothing may be lost by trying. */
export interface RefusedCase extends DataLossCase {
  /** What the server says, where the revision is written; the file has to be edited then. */
  readonly refusal?: RegExp;
  /** What is told of the rows when the revision is written. */
  readonly inTheWay?: string;
  /** Id of the question that no option answers: nothing is written. */
  readonly question?: string;
}

const text = { type: 'text' } as const;
const labels = (...names: readonly string[]) => ({ type: 'enum', enum: [...names] }) as const;

/** Changes that are not made. */
export const REFUSED_CASES: readonly RefusedCase[] = [
  {
    ...columnCase({
      id: 'DL-15',
      change: 'an enum loses a label that a row has, and no other was chosen',
      from: labels('a', 'b'),
      to: labels('a'),
      values: [["'b'", 'b']],
    }),
    refusal: /invalid input value for enum/,
    inTheWay: 'dl_15.c has labels that enum dl_15_c_enum loses (1)',
  },
  {
    ...columnCase({
      id: 'DL-27',
      change: 'int becomes uuid',
      from: { type: 'int' },
      to: { type: 'uuid' },
      values: [['1', '1']],
    }),
    question: 'no-cast:dl_27.c',
  },
  {
    ...columnCase({
      id: 'DL-29',
      change: 'a plain column becomes a generated one',
      from: text,
      to: { type: 'text', asExpression: `'x'::text`, generatedType: 'STORED' },
      values: [["'a'", 'a']],
    }),
    question: 'to-generated:dl_29.c',
  },
  {
    id: 'DL-30',
    change: 'a column that must not be null comes without a default',
    before: [entity({ name: 'dl_30' })],
    after: [entity({ name: 'dl_30', columns: { c: text } })],
    insert: 'INSERT INTO dl_30 DEFAULT VALUES',
    refusal: /contains null values/,
    inTheWay: 'dl_30.c must not be null, and there are rows (1)',
  },
  {
    ...columnCase({
      id: 'DL-32',
      change: 'values that are there twice must be unique',
      from: text,
      to: { ...text, unique: true },
      values: [
        ["'a'", 'a'],
        ["'a'", 'a'],
      ],
    }),
    refusal: /could not create unique index/,
    inTheWay: 'of dl_32: values are there twice (1)',
  },
  {
    id: 'DL-33',
    change: 'a foreign key has rows that refer to nothing',
    before: [
      entity({ name: 'dl_33' }),
      entity({ name: 'dl_33_child', columns: { parent: { type: 'int' } } }),
    ],
    after: [
      entity({ name: 'dl_33' }),
      entity({
        name: 'dl_33_child',
        relations: {
          parent: {
            type: 'many-to-one',
            target: 'dl_33',
            nullable: false,
            joinColumn: { name: 'parent' },
          },
        },
      }),
    ],
    insert: 'INSERT INTO dl_33_child (parent) VALUES (7)',
    refusal: /violates foreign key constraint/,
    inTheWay: 'of dl_33_child: rows refer to what is not there (1)',
  },
  {
    id: 'DL-34',
    change: 'a check is violated by a row',
    before: [entity({ name: 'dl_34', columns: { c: { type: 'int' } } })],
    after: [
      entity({
        name: 'dl_34',
        columns: { c: { type: 'int' } },
        checks: [{ name: 'ck_dl_34', expression: 'c > 0' }],
      }),
    ],
    insert: 'INSERT INTO dl_34 (c) VALUES (-1)',
    refusal: /is violated by some row/,
    inTheWay: 'ck_dl_34 of dl_34 does not hold (1)',
  },
];

/** Some of the cases, in the order asked for. @throws Error for an id that there is not */
export function casesById(...ids: readonly string[]): readonly [RefusedCase, ...RefusedCase[]] {
  const found = ids.map((id) => REFUSED_CASES.find((item) => item.id === id));
  if (found.length === 0 || found.includes(undefined)) throw new Error('the case is gone');
  return found as unknown as readonly [RefusedCase, ...RefusedCase[]];
}
