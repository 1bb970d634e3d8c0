import type { Probe, Slot } from './canonical-slots.js';
import { resolveSlots } from './resolve-slots.js';

/** A server that spells some texts otherwise, and refuses those that it does not know. */
function server(spellings: Readonly<Record<string, string | null>>) {
  const asked: string[][] = [];
  const ask = (probes: readonly Probe[]) => {
    asked.push(probes.map(({ text }) => text));
    const known = probes.filter(({ text }) => spellings[text] !== undefined);
    return Promise.resolve(new Map(known.map((probe) => [probe, spellings[probe.text] ?? null])));
  };
  return { ask, asked };
}

const slot = (text: string, ...counterparts: string[]): Slot => ({
  id: text,
  probe: { kind: 'view', text },
  counterparts,
});

describe('resolveSlots', () => {
  it('takes the spelling that the counterpart has, after one question', async () => {
    const { ask, asked } = server({ a: 'A' });
    expect(await resolveSlots([slot('a', 'A')], ask)).toEqual(new Map([['a', 'A']]));
    expect(asked).toEqual([['a']]);
  });

  it('has nothing for what the server refuses, and null for what it does not store', async () => {
    const { ask } = server({ none: null });
    expect(await resolveSlots([slot('bad', 'A'), slot('none', 'A')], ask)).toEqual(
      new Map([['none', null]]),
    );
  });

  it('reports what is really another text in its first spelling', async () => {
    const { ask, asked } = server({ b: 'B', B: 'B2', B2: 'B2', A: 'A' });
    expect(await resolveSlots([slot('b', 'A')], ask)).toEqual(new Map([['b', 'B']]));
    expect(asked.length).toBeLessThanOrEqual(4);
  });

  it('finds what agrees after being read again, and reports it as the current side has it', async () => {
    const { ask } = server({ written: 'first', first: 'second', second: 'second' });
    expect(await resolveSlots([slot('written', 'second')], ask)).toEqual(
      new Map([['written', 'second']]),
    );
    // The current side may be the one that is spelled anew.
    const other = server({ second: 'second', first: 'second' });
    expect(await resolveSlots([slot('second', 'other', 'first')], other.ask)).toEqual(
      new Map([['second', 'first']]),
    );
  });

  it('stops asking about texts that do not settle', async () => {
    const { ask, asked } = server({ a: 'b', b: 'a', x: 'x' });
    expect(await resolveSlots([slot('a', 'x')], ask)).toEqual(new Map([['a', 'b']]));
    expect(asked).toHaveLength(4);
  });

  it('asks only once about types', async () => {
    const { ask, asked } = server({ int: 'integer', integer: 'integer' });
    const type: Slot = { id: 't', probe: { kind: 'type', text: 'int' }, counterparts: ['text'] };
    expect(await resolveSlots([type], ask)).toEqual(new Map([['t', 'integer']]));
    expect(asked).toEqual([['int']]);
  });
});
