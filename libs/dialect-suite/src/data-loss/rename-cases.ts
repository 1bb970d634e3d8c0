import { entity } from './data-loss-case.js';
import type { KeptCase } from './data-loss-case.js';

const text = { type: 'varchar', length: 40 } as const;

/** Columns and tables that are called otherwise: for certain where the property stays, else as was answered. */
export const RENAME_CASES: readonly KeptCase[] = [
  {
    id: 'DL-20a',
    change: 'a property has another column, and there is a new one',
    before: [entity({ name: 'dl_20a', columns: { a: text } })],
    after: [
      entity({
        name: 'dl_20a',
        columns: { a: { ...text, name: 'b' }, c: { ...text, default: 'new' } },
      }),
    ],
    insert: `INSERT INTO dl_20a (a) VALUES ('old')`,
    query: 'SELECT b, c FROM dl_20a',
    found: [{ b: 'old', c: 'new' }],
  },
  {
    id: 'DL-20b',
    change: 'a property is called otherwise, and there is a new one',
    before: [entity({ name: 'dl_20b', columns: { a: text } })],
    after: [entity({ name: 'dl_20b', columns: { b: text, c: { ...text, default: 'new' } } })],
    insert: `INSERT INTO dl_20b (a) VALUES ('old')`,
    query: 'SELECT b, c FROM dl_20b',
    found: [{ b: 'old', c: 'new' }],
    answers: { 'rename-column:dl_20b.b': 'from:a', 'rename-column:dl_20b.c': 'new' },
  },
  {
    id: 'DL-21a',
    change: 'two properties have other columns',
    before: [
      entity({ name: 'dl_21a', columns: { a: { ...text, name: 'x' }, b: { ...text, name: 'y' } } }),
    ],
    after: [
      entity({ name: 'dl_21a', columns: { a: { ...text, name: 'p' }, b: { ...text, name: 'q' } } }),
    ],
    insert: `INSERT INTO dl_21a (x, y) VALUES ('a', 'b')`,
    query: 'SELECT p, q FROM dl_21a',
    found: [{ p: 'a', q: 'b' }],
  },
  {
    id: 'DL-21b',
    change: 'two properties are called otherwise',
    before: [entity({ name: 'dl_21b', columns: { x: text, y: text } })],
    after: [entity({ name: 'dl_21b', columns: { p: text, q: text } })],
    insert: `INSERT INTO dl_21b (x, y) VALUES ('a', 'b')`,
    query: 'SELECT p, q FROM dl_21b',
    found: [{ p: 'b', q: 'a' }],
    answers: { 'rename-column:dl_21b.p': 'from:y', 'rename-column:dl_21b.q': 'from:x' },
  },
  {
    id: 'DL-22',
    change: 'one property goes and another one of its type comes: it does not get the values',
    before: [entity({ name: 'dl_22', columns: { ssn: { ...text, nullable: true } } })],
    after: [entity({ name: 'dl_22', columns: { favouriteColor: { ...text, nullable: true } } })],
    insert: `INSERT INTO dl_22 (ssn) VALUES ('secret')`,
    query: 'SELECT * FROM dl_22',
    found: [{ id: 1, favouriteColor: null }],
    answers: { 'rename-column:dl_22.favouriteColor': 'new', 'drop-column:dl_22.ssn': 'drop' },
  },
];

/** Tables that are called otherwise, as PostgreSQL shows that their counters go on. */
export const TABLE_RENAME_CASES: readonly KeptCase[] = [
  {
    id: 'DL-23a',
    change: 'an entity has another table',
    before: [entity({ name: 'Dl23a', table: 'dl_23a', columns: { a: text } })],
    after: [entity({ name: 'Dl23a', table: 'dl_23a_renamed', columns: { a: text } })],
    insert: `INSERT INTO dl_23a (a) VALUES ('kept')`,
    query: `INSERT INTO dl_23a_renamed (a) VALUES ('next') RETURNING id, (SELECT a FROM dl_23a_renamed) AS first`,
    found: [{ id: 2, first: 'kept' }],
  },
  {
    id: 'DL-23b',
    change: 'an entity is called otherwise, and so are its table and a property',
    before: [entity({ name: 'dl_23b', columns: { a: text, mood: { type: 'enum', enum: ['x'] } } })],
    after: [
      entity({ name: 'dl_23b_renamed', columns: { b: text, mood: { type: 'enum', enum: ['x'] } } }),
    ],
    insert: `INSERT INTO dl_23b (a, mood) VALUES ('kept', 'x')`,
    query: `INSERT INTO dl_23b_renamed (b, mood) VALUES ('next', 'x') RETURNING id, (SELECT b FROM dl_23b_renamed) AS first`,
    found: [{ id: 2, first: 'kept' }],
    answers: {
      'rename-table:dl_23b_renamed': 'from:dl_23b',
      'rename-column:dl_23b_renamed.b': 'from:a',
    },
  },
];
