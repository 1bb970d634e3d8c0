import * as fc from 'fast-check';
import { orderRenames } from './order-renames.js';

const rules = (present: readonly string[], target: readonly string[]) => ({
  present,
  target,
  keyOf: (name: string) => name,
  spare: (number: number) => `between${number}`,
});
const arrows = (texts: readonly string[]) =>
  texts.map((text) => {
    const [from = '', to = ''] = text.split('>');
    return { from, to };
  });
const story = (present: string, target: string, ...wanted: string[]) => {
  const { ordered, blocked } = orderRenames(
    arrows(wanted),
    rules(present.split(' '), target.split(' ')),
  );
  const text = (list: typeof ordered) => list.map(({ from, to }) => `${from}>${to}`).join(' ');
  return [text(ordered), text(blocked)];
};

describe('orderRenames', () => {
  it.each([
    ['one by itself', 'a', 'b', ['a>b'], 'a>b', ''],
    ['a chain from its end', 'a b', 'b c', ['a>b', 'b>c'], 'b>c a>b', ''],
    [
      'a circle of two over a spare name',
      'a b',
      'b a',
      ['a>b', 'b>a'],
      'a>between1 b>a between1>b',
      '',
    ],
    [
      'two circles, and one beside them',
      'a b c d e',
      'b a d c f',
      ['a>b', 'b>a', 'c>d', 'd>c', 'e>f'],
      'e>f a>between1 b>a between1>b c>between2 d>c between2>d',
      '',
    ],
    ['none to a name that stays taken', 'a b', 'b', ['a>b'], '', 'a>b'],
    ['none from a name that something new wants', 'a', 'a b', ['a>b'], '', 'a>b'],
    ['none of a chain that is blocked at its end', 'a b c', 'b c', ['a>b', 'b>c'], '', 'a>b b>c'],
  ])('puts in order %s', (_, present, target, wanted, ordered, blocked) => {
    expect(story(present, target, ...wanted)).toEqual([ordered, blocked]);
  });

  it('leads every object to its name, and never to one that is taken', () => {
    const names = fc.uniqueArray(fc.constantFrom(...'abcdefgh'), { minLength: 1 });
    fc.assert(
      fc.property(names, names, (present, others) => {
        const wanted = present
          .map((from, place) => ({ from, to: others[place] ?? from }))
          .filter(({ from, to }) => from !== to);
        const { ordered, blocked } = orderRenames(wanted, rules(present, others));
        const held = new Map(present.map((name) => [name, name]));
        for (const { from, to } of ordered) {
          expect(held.has(to)).toBe(false);
          held.set(to, held.get(from) ?? '?');
          held.delete(from);
        }
        for (const rename of wanted) {
          const isBlocked = blocked.includes(rename);
          expect(held.get(isBlocked ? rename.from : rename.to)).toBe(rename.from);
        }
      }),
    );
  });
});
