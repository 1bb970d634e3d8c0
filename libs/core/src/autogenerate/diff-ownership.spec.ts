import { effectsOf } from '../operations/operation-definitions.js';
import { reverseAll } from '../operations/reverse-all.js';
import {
  account,
  diff,
  effectsToMake,
  index,
  isMade,
  kinds,
  memoryOf,
  unmarked,
} from './diff.fixture.js';
import { column, model, ofEntity, table } from './model.fixture.js';
import { NO_MEMORY, replayLog } from './replay-log.js';

describe('ownership (design D8)', () => {
  const current = model([
    account([column('a', 'int')], {
      indexes: [index('ix_a', ['a'])],
      checks: [{ name: 'ck', expression: '(a > 0)' }],
    }),
    table('other', [column('x', 'int')]),
  ]);
  const target = model([account([column('a', 'int')])]);

  it('drops what was made from the model', () => {
    expect(kinds(current, target)).toEqual(['dropIndex', 'dropConstraint']);
  });

  it('leaves what it does not know, and lists it', () => {
    const { operations, questions, untouched } = diff(current, target, { memory: NO_MEMORY });
    expect([operations, questions]).toEqual([[], []]);
    expect(untouched.map(({ kind, name, state }) => [kind, name, state])).toEqual([
      ['check', 'ck', 'foreign'],
      ['index', 'ix_a', 'foreign'],
      ['table', 'other', 'foreign'],
    ]);
  });

  it('leaves what a hand-written revision made', () => {
    const memory = replayLog([
      { action: 'made', kind: 'index', schema: null, table: 'account', name: 'ix_a' },
    ]);
    expect(diff(current, target, { memory }).untouched).toContainEqual(
      expect.objectContaining({ name: 'ix_a', state: 'known' }),
    );
  });

  it('what it drops is managed again after the way back, as it was', () => {
    const made = model(
      [
        account(
          [column('id', 'int', { nullable: false }), column('mail', 'text', { property: 'email' })],
          {
            primaryKey: { name: 'pk', columns: ['id'], entity: 'Account' },
            indexes: [index('ix', ['mail'])],
            checks: [{ name: 'ck', expression: 'id > 0' }],
          },
        ),
        ofEntity('Kept', table('kept', [column('gone', 'text', { property: 'was' })])),
      ],
      {
        schemas: ['s'],
        enums: [{ schema: null, name: 'kind', labels: ['a'], entity: 'Account' }],
        views: [
          {
            schema: null,
            name: 'v',
            definition: 'SELECT 1',
            materialized: true,
            dependsOn: [],
            indexes: [index('ix_v', ['a'])],
            entity: 'V',
          },
        ],
      },
    );
    const making = effectsToMake(made);
    const dropping = diff(unmarked(made), model([ofEntity('Kept', table('kept', []))]), {
      memory: replayLog(making),
      allowDestructive: true,
    }).operations;
    const back = reverseAll(dropping).operations.flatMap(effectsOf);
    const memory = replayLog([...making, ...dropping.flatMap(effectsOf), ...back]);
    const found = making.filter(isMade).map(({ action: _, entity, property, ...ref }) => ({
      ref,
      owner: memory.of(ref),
      expected: {
        state: entity === undefined ? 'known' : 'managed',
        ...(entity !== undefined && { entity }),
        ...(property !== undefined && { property }),
      },
    }));
    expect(found.length).toBe(12);
    for (const { ref, owner, expected } of found)
      expect({ ref, owner }).toEqual({ ref, owner: expected });
  });

  it('asks before it drops a table whose entity is gone (DL-43)', () => {
    const { operations, questions } = diff(current, model([]));
    expect(operations).toEqual([]);
    expect(questions.map(({ id }) => id)).toEqual(['drop-table:account']);
  });

  it('keeps a schema in which something stays', () => {
    const inside = model([table('x', [], { schema: 's' })], { schemas: ['s'] });
    const memory = memoryOf(
      model([ofEntity('X', table('y', [], { schema: 's' }))], { schemas: ['s'] }),
    );
    expect(kinds(inside, model([]), { memory })).toEqual([]);
    expect(kinds(model([], { schemas: ['s'] }), model([]), { memory })).toEqual(['dropSchema']);
  });
});
