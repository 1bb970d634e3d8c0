import { type ColumnType, JoinTable, ManyToMany } from 'typeorm';
import { entityOf } from './entity-of.fixture.js';

/** Two entities with a join table that is an entity as well, and has a column of its own. @param integer the type of the keys */
export const joinedByEntity = (integer: ColumnType) => [
  entityOf({
    name: 'A',
    table: 'a',
    properties: { bs: [ManyToMany('B'), JoinTable({ name: 'b_a' })] },
  }),
  entityOf({ name: 'B', table: 'b' }),
  entityOf({
    name: 'JoinRow',
    table: 'b_a',
    columns: {
      aId: { type: integer, primary: true },
      bId: { type: integer, primary: true },
      extra: { type: integer, default: 0 },
    },
  }),
];
