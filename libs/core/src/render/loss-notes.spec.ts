import type { Operation } from '../operations/operation.js';
import { PRINT_WIDTH } from './print-code.js';
import { lossNotes } from './loss-notes.js';

const account = { schema: null, name: 'account' };
const dropColumn = (name: string, generated?: { expression: string; stored: true }): Operation => ({
  kind: 'dropColumn',
  table: account,
  name,
  dropped: { name, type: 'text', nullable: true, ...(generated && { generated }) },
});
const alterEnum = (replacements?: readonly { from: string; to: string }[]): Operation => ({
  kind: 'alterEnum',
  name: { schema: 'shop', name: 'mood' },
  from: ['sad', 'ok'],
  to: ['ok'],
  ...(replacements && { replacements }),
});

describe('notes for the way back', () => {
  it.each<[string, Operation, readonly string[]]>([
    [
      'the rows of a table',
      { kind: 'dropTable', name: { schema: 'shop', name: 'account' } },
      ['// The rows of shop.account are gone: the table comes back empty.'],
    ],
    [
      'the values of a column',
      dropColumn('nick'),
      ['// The values of account.nick are gone: the column comes back without them.'],
    ],
    [
      'nothing of a generated column',
      dropColumn('upper', { expression: 'upper(nick)', stored: true }),
      [],
    ],
    [
      'labels that rows were taken from',
      alterEnum([
        { from: 'sad', to: 'ok' },
        { from: 'glad', to: 'ok' },
      ]),
      ['// Rows that held sad, glad keep the label that they were given.'],
    ],
    ['nothing of a label that nobody had', alterEnum(), []],
    ['nothing of what loses nothing', { kind: 'createSchema', name: 'shop' }, []],
  ])('tell of %s', (_, operation, notes) => {
    expect(lossNotes([operation], 2)).toEqual(notes);
  });

  it('come in the order of the operations', () => {
    expect(
      lossNotes([dropColumn('b'), dropColumn('a')], 2).map((note) => note.slice(0, 28)),
    ).toEqual(['// The values of account.b a', '// The values of account.a a']);
  });

  it('are one line each, within the width, whatever the names are', () => {
    const [note = '', ...more] = lossNotes(
      [dropColumn(`*/\n process.exit() \u2028${'x'.repeat(200)}`)],
      4,
    );
    expect(more).toEqual([]);
    expect(note).toMatch(/^\/\/ [^\n\r\u2028\u2029]*$/);
    expect(note.length).toBeLessThanOrEqual(PRINT_WIDTH - 4);
  });
});
