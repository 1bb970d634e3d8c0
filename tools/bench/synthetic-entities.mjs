// The synthetic schema: n tables of 12 columns, as TypeORM entities.
import { EntitySchema } from 'typeorm';

/** 2 foreign keys to earlier tables, 2 indexes (one unique, one partial), 1 unique and 1 check on each table. */
export function syntheticEntities(count) {
  return Array.from({ length: count }, (_, number) => entity(number));
}

const nameOf = (number) => `t${String(number).padStart(4, '0')}`;

function entity(number) {
  const name = nameOf(number);
  return new EntitySchema({
    name: `T${number}`,
    tableName: name,
    columns: columns(number),
    relations: relations(number),
    indices: [
      { name: `ix_${name}_code`, columns: ['code'], unique: true },
      { name: `ix_${name}_open`, columns: ['createdAt'], where: '"active" = true' },
    ],
    uniques: [{ name: `uq_${name}`, columns: ['token', 'code'] }],
    checks: [{ name: `ck_${name}`, expression: '"amount" >= 0' }],
  });
}

/** 10 columns; the two foreign keys make 12. Tables without an earlier one have plain integers instead. */
function columns(number) {
  const own = {
    id: { type: 'bigint', primary: true, generated: 'identity', generatedIdentity: 'ALWAYS' },
    code: { type: 'varchar', length: 40 },
    notes: { type: 'text', nullable: true },
    createdAt: { name: 'created_at', type: 'timestamptz', default: () => 'now()' },
    amount: { type: 'numeric', precision: 12, scale: 2 },
    active: { type: 'boolean', default: true },
    data: { type: 'jsonb', nullable: true },
    token: { type: 'uuid' },
    kind:
      number % 10 === 0
        ? { type: 'enum', enum: ['new', 'open', 'done'], default: 'new' }
        : { type: 'varchar', length: 20, nullable: true },
    scores:
      number % 10 === 0
        ? { type: 'int', array: true, nullable: true }
        : { type: 'int', nullable: true },
  };
  if (number > 0) return own;
  return {
    ...own,
    firstId: { name: 'first_id', type: 'bigint', nullable: true },
    secondId: { name: 'second_id', type: 'bigint', nullable: true },
  };
}

function relations(number) {
  if (number === 0) return {};
  const to = (offset, column) => ({
    type: 'many-to-one',
    target: `T${Math.max(0, number - offset)}`,
    joinColumn: { name: column },
    nullable: true,
    onDelete: 'CASCADE',
  });
  return { first: to(1, 'first_id'), second: to(7, 'second_id') };
}
