import { redactPasswords } from './redact-passwords.js';

it.each([
  ['postgres://app:secret@db:5432/app', 'postgres://app:***@db:5432/app'],
  ['B111: postgres://app:p@ss:/?#word@db/app refused', 'B111: postgres://app:***@db/app refused'],
  ['two: mysql://a:x@h and postgres://b:y@h', 'two: mysql://a:***@h and postgres://b:***@h'],
  ['an empty user: redis://:secret@cache', 'an empty user: redis://:***@cache'],
  ['postgres://app@db/app, at 12:30', 'postgres://app@db/app, at 12:30'],
  ['file:///srv/app/main.js:12', 'file:///srv/app/main.js:12'],
])('%s', (text, expected) => {
  expect(redactPasswords(text)).toBe(expected);
});
