import { EMPTY_SCHEMA } from '../../schema/schema-model.js';
import type { Column, Index, SchemaModel, Table } from '../../schema/schema-model.js';
import { collectSlots, spellTarget } from './canonical-slots.js';

const id: Column = { name: 'id', type: 'int', nullable: false };

function table(name: string, parts: Partial<Table> = {}): Table {
  return {
    schema: null,
    name,
    columns: [id],
    foreignKeys: [],
    uniques: [],
    checks: [],
    exclusions: [],
    indexes: [],
    ...parts,
  };
}

const withTables = (...tables: Table[]): SchemaModel => ({ ...EMPTY_SCHEMA, tables });

/** Kind, text and counterparts of each slot between two states of one table. */
function slotsOf(current: Partial<Table>, target: Partial<Table>) {
  const models = {
    current: withTables(table('t', current)),
    target: withTables(table('t', target)),
  };
  return collectSlots(models).map(({ probe, counterparts }) => [
    probe.kind,
    probe.text,
    counterparts,
  ]);
}

describe('collectSlots', () => {
  const column = (parts: Partial<Column>): Partial<Table> => ({
    columns: [id, { name: 'c', type: 'text', nullable: true, ...parts }],
  });
  const check = (expression: string, name?: string): Partial<Table> => ({
    checks: [{ expression, ...(name !== undefined && { name }) }],
  });
  const index = (parts: Partial<Index>): Partial<Table> => ({
    indexes: [{ name: 'i', elements: [{ column: 'id' }], unique: false, ...parts }],
  });

  it.each<[string, Partial<Table>, Partial<Table>, unknown]>([
    ['nothing for equal columns', column({ default: 'x' }), column({ default: 'x' }), []],
    [
      'another spelling of a type',
      column({ type: 'integer' }),
      column({ type: 'int' }),
      [['type', 'int', ['integer']]],
    ],
    [
      'another default',
      column({ default: 'y' }),
      column({ default: 'x' }),
      [['default', 'x', ['y']]],
    ],
    [
      'a default that is new: it may be NULL',
      column({}),
      column({ default: 'NULL' }),
      [['default', 'NULL', []]],
    ],
    ['nothing for a default that is gone', column({ default: 'x' }), column({}), []],
    [
      'a collation that is new: it may be the default',
      column({}),
      column({ collation: 'C' }),
      [['collation', 'C', []]],
    ],
    [
      'another generated expression',
      column({ generated: { expression: 'a', stored: true } }),
      column({ generated: { expression: 'b', stored: true } }),
      [['generated', 'b', ['a']]],
    ],
    [
      'nothing for an expression of a column that was plain',
      column({}),
      column({ generated: { expression: 'b', stored: true } }),
      [],
    ],
    ['a check of the same name', check('a', 'k'), check('b', 'k'), [['check', 'b', ['a']]]],
    ['a check of another name', check('a', 'k'), check('b', 'other'), [['check', 'b', ['a']]]],
    ['a check without a name', check('a', 'k'), check('b'), [['check', 'b', ['a']]]],
    ['nothing for the same check under another name', check('a', 'k'), check('a', 'o'), []],
    ['nothing for a check that is new', {}, check('b', 'k'), []],
    [
      'another predicate',
      index({ where: 'a' }),
      index({ where: 'b' }),
      [['predicate', 'b', ['a']]],
    ],
    ['nothing for a predicate that is new', index({}), index({ where: 'b' }), []],
    [
      'another predicate of an index of another name',
      index({ where: 'a' }),
      index({ name: 'o', where: 'b' }),
      [['predicate', 'b', ['a']]],
    ],
    [
      'another element, wherever it stands',
      index({ elements: [{ column: 'id' }, { expression: 'a' }] }),
      index({ elements: [{ expression: 'b' }, { expression: 'a' }] }),
      [['element', 'b', ['a']]],
    ],
    [
      'another exclusion',
      { exclusions: [{ name: 'e', definition: 'a' }] },
      { exclusions: [{ name: 'e', definition: 'b' }] },
      [['exclusion', 'b', ['a']]],
    ],
  ])('finds %s', (_, current, target, expected) => {
    expect(slotsOf(current, target)).toEqual(expected);
  });

  it('compares a new column with those that are gone: it may be one of them, renamed', () => {
    const gone = { columns: [id, { name: 'old', type: 'text', nullable: true, default: 'a' }] };
    const fresh = { columns: [id, { name: 'new', type: 'varchar', nullable: true, default: 'b' }] };
    expect(slotsOf(gone, fresh)).toEqual([
      ['default', 'b', ['a']],
      ['type', 'varchar', ['text']],
    ]);
    expect(slotsOf({}, fresh)).toEqual([]);
  });

  it('compares a new table with the most similar one that is gone, and with none that is not', () => {
    const columns = (type: string, ...names: string[]): Column[] =>
      names.map((name) => ({ name, type, nullable: true }));
    const current = withTables(
      table('kept', { columns: columns('kept', 'a', 'b', 'c') }),
      table('little', { columns: columns('little', 'a', 'b', 'x') }),
      table('alike', { columns: columns('alike', 'a', 'b', 'c') }),
    );
    const target = withTables(
      table('kept', { columns: columns('kept', 'a', 'b', 'c') }),
      table('fresh', { columns: columns('int', 'a', 'b', 'c') }),
      table('alien', { columns: columns('int', 'q', 'r', 'a') }),
    );
    const slots = collectSlots({ current, target });
    expect(slots.map(({ counterparts }) => counterparts)).toEqual([
      ['alike'],
      ['alike'],
      ['alike'],
    ]);
  });

  it('finds views of the same name only', () => {
    const view = (name: string, definition: string) => {
      return { schema: null, name, definition, materialized: false, dependsOn: [], indexes: [] };
    };
    const current = { ...EMPTY_SCHEMA, views: [view('v', 'a'), view('w', 'a')] };
    const target = { ...EMPTY_SCHEMA, views: [view('v', 'b'), view('x', 'b')] };
    const slots = collectSlots({ current, target });
    expect(slots.map(({ probe, counterparts }) => [probe, counterparts])).toEqual([
      [{ kind: 'view', text: 'b' }, ['a']],
    ]);
  });

  it('gives every slot an id of its own, also where the model has a name twice', () => {
    const twice: Partial<Table> = {
      checks: [{ expression: 'x' }, { expression: 'y' }],
      indexes: [
        { name: 'i', elements: [{ expression: 'x' }], unique: false, where: 'x' },
        { name: 'i', elements: [{ expression: 'y' }], unique: false, where: 'y' },
      ],
    };
    const before: Partial<Table> = {
      checks: [{ name: 'k', expression: 'a' }],
      indexes: [{ name: 'i', elements: [{ expression: 'a' }], unique: false, where: 'a' }],
    };
    const slots = collectSlots({
      current: withTables(table('t', before)),
      target: withTables(table('t', twice)),
    });
    expect(slots).toHaveLength(6);
    expect(new Set(slots.map((slot) => slot.id)).size).toBe(6);
  });
});

describe('spellTarget', () => {
  const models = {
    current: withTables(table('t', { columns: [{ ...id, type: 'integer', default: '1' }] })),
    target: withTables(table('t', { columns: [{ ...id, default: 'one' }] })),
  };

  it('puts the spelling into the slot', () => {
    const spelled = spellTarget(models, ({ probe }) => `<${probe.text}>`);
    expect(spelled.tables[0]?.columns).toEqual([{ ...id, type: '<int>', default: '<one>' }]);
  });

  it('leaves a default out where the server stores none', () => {
    const spelled = spellTarget(models, ({ probe }) =>
      probe.kind === 'default' ? null : 'integer',
    );
    expect(spelled.tables[0]?.columns).toEqual([{ ...id, type: 'integer' }]);
  });

  it('changes nothing else', () => {
    expect(spellTarget(models, ({ probe }) => probe.text)).toEqual(models.target);
  });
});
