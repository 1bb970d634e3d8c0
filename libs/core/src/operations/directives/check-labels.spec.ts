import { literal } from '../../schema/literal.fixture.js';
import type { AlterEnumOptions } from '../api/enum-api.js';
import { createOperations } from '../create-operations.js';

const labels = ['new', 'lost', 'paid'];

/** Changes the labels of an enum. */
function alter(to: readonly string[], options: AlterEnumOptions): Promise<void> {
  const op = createOperations({ literal, submit: async () => undefined });
  return op.alterEnum('state', labels, to, { uses: [], ...options });
}

describe('op.alterEnum refuses what would not happen', () => {
  it.each<readonly [string, readonly string[], AlterEnumOptions, RegExp]>([
    [
      'a rename of no label',
      ['new', 'lost', 'paid', 'sent'],
      { renames: [{ from: 'nwe', to: 'sent' }] },
      /"options.renames\[0\]" .* names "nwe", which "from" does not have/,
    ],
    [
      'a rename to a label that goes',
      ['new', 'paid'],
      { renames: [{ from: 'lost', to: 'gone' }] },
      /"options.renames\[0\]" .* names "gone", which "to" does not have/,
    ],
    [
      'a rename onto a label that is there',
      ['new', 'paid'],
      { renames: [{ from: 'lost', to: 'paid' }] },
      /names "paid", which is another label already/,
    ],
    [
      'a replacement of no label',
      ['new', 'paid'],
      { replacements: [{ from: 'lots', to: 'paid' }] },
      /"options.replacements\[0\]" .* names "lots", which "from" does not have/,
    ],
    [
      'a replacement of a label that stays',
      labels,
      { replacements: [{ from: 'lost', to: 'paid' }] },
      /names "lost", which stays: nothing takes its place\. Change rows with op\.execute/,
    ],
    [
      'a replacement by a label that goes',
      ['new', 'paid'],
      { replacements: [{ from: 'lost', to: 'gone' }] },
      /names "gone", which "to" does not have/,
    ],
  ])('%s', (_, to, options, message) => {
    expect(() => alter(to, options)).toThrow(
      expect.objectContaining({ code: 'E3013', message: expect.stringMatching(message) }),
    );
  });

  it.each<readonly [string, readonly string[], AlterEnumOptions]>([
    ['a replacement', ['new', 'paid'], { replacements: [{ from: 'lost', to: 'paid' }] }],
    [
      'two labels that change places, over a third name',
      labels,
      {
        renames: [
          { from: 'new', to: 'x' },
          { from: 'paid', to: 'new' },
          { from: 'x', to: 'paid' },
        ],
      },
    ],
    [
      'a replacement by a label with a new name',
      ['open', 'paid'],
      { renames: [{ from: 'new', to: 'open' }], replacements: [{ from: 'lost', to: 'open' }] },
    ],
  ])('but takes %s', async (_, to, options) => {
    await expect(alter(to, options)).resolves.toBeUndefined();
  });
});
