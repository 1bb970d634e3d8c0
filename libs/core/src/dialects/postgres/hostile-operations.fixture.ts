import { createOperations } from '../../operations/create-operations.js';
import type { Operation } from '../../operations/operation.js';
import type { Operations } from '../../operations/operations-api.js';
import { postgresQuoting } from './postgres-quoting.js';

/** What the operations are made of: a name for everything that has one, and a text for everything that says one. */
export interface Hostile {
  readonly name: string;
  readonly text: string;
}

/**
 * Operations that make, change and rename objects of every kind, all with the same name or one that begins with it. With
 * their reverses they are of every kind.
 */
export function hostileOperations(hostile: Hostile): readonly Operation[] {
  const operations: Operation[] = [];
  const op = createOperations({
    literal: postgresQuoting.literal,
    submit: async (operation) => void operations.push(operation),
  });
  const places = placesOf(hostile.name);
  for (const family of FAMILIES) family(op, { ...hostile, ...places });
  return operations;
}

interface Places {
  /** Another name, which begins with the given one. */
  own(suffix: string): string;
  /** One of the schemas. */
  at(suffix: string): { readonly schema: string };
}

type Family = (op: Operations, hostile: Hostile & Places) => void;

function placesOf(name: string): Places {
  const own = (suffix: string): string => `${[...name].slice(0, 12).join('')} ${suffix}`;
  return { own, at: (suffix) => ({ schema: own(suffix) }) };
}

const schemas: Family = (op, { name, text, own }) => {
  for (const suffix of ['t', 'e', 's', 'd', 'v', 'p', 'f', 'x']) void op.createSchema(own(suffix));
  void op.createSchema(name);
  void op.renameSchema(own('x'), own('y'));
  void op.setComment('schema', name, text);
  void op.createExtension('citext', { schema: name, comment: text });
  void op.alterExtension('citext', { schema: own('y') }, { from: { schema: name } });
};

const types: Family = (op, { name, text, own, at }) => {
  void op.createEnum(name, [text, 'b'], { ...at('e'), comment: text });
  void op.alterEnum(name, [text, 'b'], [text, 'b', own('c')], {
    ...at('e'),
    uses: [],
    comment: text,
  });
  void op.createEnum(own('a'), [], at('e'));
  void op.renameEnum(own('a'), own('r'), at('e'));
  const checks = [{ name, expression: `VALUE <> 'x'` }];
  void op.createDomain(name, 'text', { ...at('d'), checks, default: text, comment: text });
  void op.alterDomain(name, { default: null }, { ...at('d'), from: { default: text } });
  void op.addDomainCheck(name, 'VALUE IS NOT NULL', {
    ...at('d'),
    name: own('c'),
    notValid: true,
    comment: text,
  });
  void op.renameDomainCheck(name, own('c'), own('k'), at('d'));
  void op.createDomain(own('a'), 'text', at('d'));
  void op.renameDomain(own('a'), own('r'), at('d'));
};

const sequences: Family = (op, { name, text, own, at }) => {
  void op.createSequence(name, { ...at('s'), comment: text });
  void op.alterSequence(name, { increment: '2' }, { ...at('s'), from: { increment: '1' } });
  void op.createSequence(own('a'), at('s'));
  void op.renameSequence(own('a'), own('r'), at('s'));
};

const tables: Family = (op, { name, text, own, at }) => {
  const body = { ...at('t'), comment: text, storage: ['fillfactor=80'] };
  void op.createTable(
    name,
    (t) => [
      t.column(name, 'int', { nullable: false, comment: text }),
      t.column(own('c'), 'text', { default: text, collation: 'C' }),
      t.primaryKey([name], { name: own('pk') }),
      t.check('true', { name, comment: text }),
      t.index(own('i'), [own('c')], { comment: text }),
    ],
    body,
  );
  void op.setTableComment(name, own('x'), { ...at('t'), from: text });
  const from = { storage: ['fillfactor=80'] };
  void op.setTableStorage(name, { storage: ['fillfactor=70'] }, { ...at('t'), from });
  void op.createTable(own('a'), (t) => [t.column(name, 'int')], at('t'));
  void op.renameTable(own('a'), own('b'), at('t'));
  void op.bulkInsert(name, [{ [name]: 1, [own('c')]: text }], at('t'));
  void op.execute('SELECT :text', { text });
};

const columns: Family = (op, { name, text, own, at }) => {
  void op.addColumn(own('b'), own('n'), 'int', { ...at('t'), default: 1, comment: text });
  const from = { type: 'int', default: 1, comment: text };
  const to = { type: 'bigint', default: 2, comment: null };
  void op.alterColumn(own('b'), own('n'), to, { ...at('t'), from });
  void op.renameColumn(own('b'), name, own('z'), at('t'));
  void op.batchAlterTable(own('b'), at('t'), (batch) => {
    void batch.addColumn(own('q'), 'text', { default: text });
    void batch.renameColumn(own('q'), own('r'));
  });
};

const constraints: Family = (op, { name, text, own, at }) => {
  const table = own('b');
  const columns = [own('z')];
  void op.createUniqueConstraint(table, columns, { ...at('t'), name: own('u'), comment: text });
  void op.renameConstraint(table, own('u'), own('w'), 'unique', at('t'));
  void op.setComment('unique', own('w'), null, { ...at('t'), table, from: text });
  const key = { name, referencedSchema: own('t'), notValid: true, onDelete: 'cascade' } as const;
  void op.createForeignKey(table, columns, name, [name], { ...at('t'), ...key });
  void op.validateConstraint(table, name, 'foreignKey', at('t'));
  const deferred = { deferrable: 'initially deferred' } as const;
  void op.alterConstraint(table, name, deferred, { ...at('t'), from: { deferrable: null } });
  const elements = [{ column: own('z'), with: '=' }];
  const exclusion = { using: 'btree', elements };
  void op.createExclusionConstraint(table, exclusion, { ...at('t'), name: own('x') });
  const index = { ...at('t'), where: 'true', include: columns, comment: text };
  void op.createIndex(own('j'), table, [{ column: own('n'), order: 'desc' }], index);
  void op.renameIndex(own('j'), own('l'), table, at('t'));
};

const views: Family = (op, { name, text, own, at }) => {
  void op.createView(name, 'SELECT 1 AS a', { ...at('v'), columns: [name], comment: text });
  void op.setComment('viewColumn', name, text, { ...at('v'), table: name });
  void op.createView(own('m'), 'SELECT 1 AS a', { ...at('v'), materialized: true, comment: text });
  void op.refreshView(own('m'), at('v'));
  void op.renameView(own('m'), own('o'), { ...at('v'), materialized: true });
};

const routines: Family = (op, { name, text, own, at }) => {
  const body = op.inlineLiteral(`SELECT ${op.inlineLiteral(text).sql}::text`).sql;
  const definition = `RETURNS text LANGUAGE sql AS ${body}`;
  void op.createFunction(name, '', definition, { ...at('f'), comment: text });
  void op.createProcedure(own('a'), 'a int', `LANGUAGE sql AS ''`, at('f'));
  void op.renameProcedure(own('a'), 'int', own('r'), at('f'));
  const trigger = `RETURNS trigger LANGUAGE plpgsql AS 'begin return new; end'`;
  void op.createFunction(own('t'), '', trigger, at('f'));
  void op.createTrigger(own('g'), name, {
    ...at('t'),
    timing: 'before',
    events: ['update'],
    columns: [own('c')],
    forEach: 'row',
    execute: `${postgresQuoting.qualified({ ...at('f'), name: own('t') })}()`,
    comment: text,
  });
  void op.setTriggerState(own('g'), name, 'disabled', at('t'));
  void op.renameTrigger(own('g'), name, name, at('t'));
};

const policies: Family = (op, { name, text, own, at }) => {
  void op.setRowSecurity(name, { enabled: true }, at('t'));
  void op.createPolicy(own('p'), name, { ...at('t'), using: 'true', comment: text });
  void op.alterPolicy(own('p'), name, { using: 'false' }, { ...at('t'), from: { using: 'true' } });
  void op.renamePolicy(own('p'), name, name, at('t'));
};

const partitions: Family = (op, { name, text, own, at }) => {
  const partitionBy = { strategy: 'list', columns: [name] } as const;
  void op.createTable(name, (t) => [t.column(name, 'text')], { ...at('p'), partitionBy });
  void op.createPartition(own('a'), name, { in: [text] }, at('p'));
  void op.createIndex(own('i'), name, [name], { ...at('p'), only: true });
  void op.createIndex(own('j'), own('a'), [name], at('p'));
  void op.attachIndex(own('j'), own('i'), at('p'));
  void op.createTable(own('b'), (t) => [t.column(name, 'text')], at('p'));
  void op.attachPartition(own('b'), name, { default: true }, at('p'));
  void op.detachPartition(own('b'), name, { ...at('p'), bounds: { default: true } });
};

const FAMILIES: readonly Family[] = [
  schemas,
  types,
  sequences,
  tables,
  columns,
  constraints,
  views,
  routines,
  policies,
  partitions,
];
