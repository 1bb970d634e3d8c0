import type { EntitySchemaColumnOptions } from 'typeorm';
import type { KeptCase } from './data-loss-case.js';
import { entity } from './data-loss-case.js';
import { OTHER_TABLE, columnCasesOn, everywhereKept, varchar } from './everywhere-cases.js';
import { LOSS_SQLITE } from './loss-dialect.js';
import { RENAME_CASES } from './rename-cases.js';

const optional = { nullable: true } as const;
const sqlite = columnCasesOn(LOSS_SQLITE);

/** Changes on SQLite after which every value is still there, but for those that are asked about first. */
export const SQLITE_KEPT_CASES: readonly KeptCase[] = [
  ...RENAME_CASES,
  ...everywhereKept(LOSS_SQLITE),
  sqlite({
    id: 'DL-1',
    change: 'varchar(10) becomes varchar(20)',
    from: varchar(10),
    to: varchar(20),
    values: [["'abc'", 'abc']],
  }),
  sqlite({
    id: 'DL-8',
    change: 'float becomes numeric',
    from: { type: 'double', ...optional },
    to: { type: 'numeric', ...optional },
    values: [['1.25', '1.25']],
  }),
  sqlite({
    id: 'DL-13',
    change: 'int becomes boolean',
    from: { type: 'int', ...optional },
    to: { type: 'boolean', ...optional },
    values: [
      ['0', '0'],
      ['7', '7'],
    ],
  }),
  OTHER_TABLE,
  {
    id: 'DL-37',
    change: 'a parent is made anew, and its children would go with it',
    before: parentAndChild(varchar(10)),
    after: parentAndChild({ ...varchar(20), nullable: true }),
    insert: `INSERT INTO dl_37 (name) VALUES ('a'), ('b'); INSERT INTO dl_37_child (parent) VALUES (2)`,
    query: 'SELECT c.id, p.name FROM dl_37_child c JOIN dl_37 p ON p.id = c.parent',
    found: [{ id: 1, name: 'b' }],
  },
  {
    id: 'DL-43',
    change: 'an entity is not registered any more',
    before: [entity({ name: 'dl_43' }), entity({ name: 'dl_43_gone' })],
    after: [entity({ name: 'dl_43' })],
    insert: 'INSERT INTO dl_43 DEFAULT VALUES; INSERT INTO dl_43_gone DEFAULT VALUES',
    query: 'SELECT id FROM dl_43',
    found: [{ id: 1 }],
    answers: { 'drop-table:dl_43_gone': 'drop' },
  },
];

function parentAndChild(name: EntitySchemaColumnOptions) {
  const parent = {
    type: 'many-to-one',
    target: 'dl_37',
    onDelete: 'CASCADE',
    joinColumn: { name: 'parent' },
  } as const;
  return [
    entity({ name: 'dl_37', columns: { name } }),
    entity({ name: 'dl_37_child', relations: { parent } }),
  ];
}
