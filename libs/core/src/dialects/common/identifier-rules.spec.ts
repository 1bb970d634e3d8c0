import { byteLength, checkIdentifier, clipToBytes } from './identifier-rules.js';
import { HOSTILE_NAMES, REFUSED_NAMES } from './hostile-texts.fixture.js';

describe('checkIdentifier', () => {
  it.each(HOSTILE_NAMES)('%s: allows %j', (_, name) => {
    expect(() => checkIdentifier(name, { maxBytes: 63 })).not.toThrow();
  });

  it.each(REFUSED_NAMES)('%s: refuses %j with %s', (_, name, code) => {
    expect(() => checkIdentifier(name, { maxBytes: 63 })).toThrow(
      expect.objectContaining({ code }),
    );
  });

  it('says how long the name is, and how long it may be', () => {
    expect(() => checkIdentifier('é'.repeat(32), { maxBytes: 63 })).toThrow(
      /has 64 bytes, and the database keeps 63\. Choose a shorter name\./,
    );
  });
});

describe('clipToBytes', () => {
  it.each([
    ['abc', 2, 'ab'],
    ['abc', 3, 'abc'],
    ['aéé', 4, 'aé'],
    ['🐘🐘', 7, '🐘'],
    ['', 3, ''],
  ])('cuts %s to %i bytes: %s', (text, bytes, clipped) => {
    expect(clipToBytes(text, bytes)).toBe(clipped);
    expect(byteLength(clipped)).toBeLessThanOrEqual(bytes);
  });
});
