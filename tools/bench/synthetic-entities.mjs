// The synthetic schema: n tables of 12 columns, as TypeORM entities.
import { EntitySchema } from 'typeorm';

/**
 * On each table 2 foreign keys to earlier ones (the first has them to itself), 2 indexes (one unique, one partial where the
 * database has such), 1 unique and 1 check. Types are called as by the TypeORM driver. Nothing is in it that TypeORM would not
 * leave as it is: it finds differences in enums of SQLite.
 */
export function syntheticEntities(count, driver = 'postgres') {
  return Array.from({ length: count }, (_, number) => entity(number, DRIVERS[driver]));
}

const LABELS = ['new', 'open', 'done'];

/** What the drivers call their types, and what they have of the rest. */
const DRIVERS = {
  postgres: {
    id: { type: 'bigint', generated: 'identity', generatedIdentity: 'ALWAYS' },
    time: { type: 'timestamptz', default: () => 'now()' },
    number: 'numeric',
    flag: { type: 'boolean', default: true },
    json: 'jsonb',
    token: { type: 'uuid' },
    enum: 'enum',
    list: { type: 'int', array: true },
    where: '"active" = true',
    check: '"amount" >= 0',
  },
  mariadb: {
    id: { type: 'bigint', generated: 'increment' },
    time: { type: 'datetime', precision: 6, default: () => 'CURRENT_TIMESTAMP(6)' },
    number: 'decimal',
    flag: { type: 'tinyint', default: 1 },
    json: 'longtext',
    token: { type: 'char', length: 36 },
    enum: 'enum',
    list: { type: 'int' },
    check: '`amount` >= 0',
  },
  'better-sqlite3': {
    id: { type: 'integer', generated: 'increment' },
    time: { type: 'datetime', default: () => 'CURRENT_TIMESTAMP' },
    number: 'decimal',
    flag: { type: 'boolean', default: true },
    json: 'text',
    token: { type: 'varchar', length: 36 },
    where: '"active" = 1',
    list: { type: 'integer' },
    check: '"amount" >= 0',
  },
};

const nameOf = (number) => `t${String(number).padStart(4, '0')}`;

function entity(number, driver) {
  const name = nameOf(number);
  const { where, check } = driver;
  return new EntitySchema({
    name: `T${number}`,
    tableName: name,
    columns: columns(number, driver),
    relations: relations(number),
    indices: [
      { name: `ix_${name}_code`, columns: ['code'], unique: true },
      { name: `ix_${name}_open`, columns: ['createdAt'], ...(where && { where }) },
    ],
    uniques: [{ name: `uq_${name}`, columns: ['token', 'code'] }],
    checks: [{ name: `ck_${name}`, expression: check }],
  });
}

/** 10 columns; the two foreign keys make 12. */
function columns(number, driver) {
  const { id, time, number: type, flag, json, token, list } = driver;
  const isTenth = number % 10 === 0;
  return {
    id: { ...id, primary: true },
    code: { type: 'varchar', length: 40 },
    notes: { type: 'text', nullable: true },
    createdAt: { ...time, name: 'created_at' },
    amount: { type, precision: 12, scale: 2 },
    active: flag,
    data: { type: json, nullable: true },
    token,
    kind:
      isTenth && driver.enum
        ? { type: driver.enum, enum: LABELS, default: 'new' }
        : { type: 'varchar', length: 20, nullable: true },
    scores: { ...(isTenth ? list : { type: 'int' }), nullable: true },
  };
}

function relations(number) {
  const to = (offset, column) => ({
    type: 'many-to-one',
    target: `T${Math.max(0, number - offset)}`,
    joinColumn: { name: column },
    nullable: true,
    onDelete: 'CASCADE',
    // TypeORM does not take what MariaDB calls RESTRICT for NO ACTION.
    onUpdate: 'CASCADE',
  });
  return { first: to(1, 'first_id'), second: to(7, 'second_id') };
}
