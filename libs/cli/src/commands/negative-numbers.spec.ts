import * as fc from 'fast-check';
import { markNumbers, unmark } from './negative-numbers.js';

const argument = fc.oneof(
  fc.string().map((text) => text.replaceAll('\u0000', '')),
  fc.integer().map(String),
  fc.constantFrom('-1', '-3:current', '--', '-x', '--sql', '+2'),
);

describe('negative numbers on the command line', () => {
  it('whatever was typed comes back', () => {
    fc.assert(
      fc.property(fc.array(argument), (argv) => expect(unmark(markNumbers(argv))).toEqual(argv)),
    );
  });

  it('only what begins like a negative number is changed', () => {
    fc.assert(
      fc.property(argument, (typed) => {
        const [marked] = markNumbers([typed]);
        expect(marked === typed).toBe(!/^-\d/.test(typed));
      }),
    );
  });

  it('values of options and lists of them are undone as well', () => {
    const [marked] = markNumbers(['-1']);
    expect(unmark({ message: marked, x: [marked, 'a'], sql: true })).toEqual({
      message: '-1',
      x: ['-1', 'a'],
      sql: true,
    });
  });
});
