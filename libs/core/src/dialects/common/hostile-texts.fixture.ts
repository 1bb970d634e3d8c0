/** Names that every database must keep as they are (`reliability.md` §6.3), with the id that asks for them. */
export const HOSTILE_NAMES: readonly (readonly [string, string])[] = [
  ['B053', "quote ' one"],
  ['B053', 'quote " two'],
  ['B053', 'back ` tick'],
  ['B053', '[brackets]'],
  ['B053', 'paren ( name )'],
  ['B053', 'a.b.c'],
  ['B053', '%percent'],
  ['B053', '%(x)s'],
  ['B054', '"; DROP TABLE users; --'],
  ['B055', '`; DROP TABLE users; --'],
  ...['select', 'user', 'order', 'group', 'table', 'column'].map((word) => ['B056', word] as const),
  ['B057', 'MixedCase'],
  ['B057', 'ALL CAPS'],
  ['B057', '1st'],
  ['B057', '$money'],
  ['B057', ' padded '],
  ['B058', 'x'.repeat(63)],
  ['B059', 'é'.repeat(31)],
  ['B062', 'caf\u00e9'],
  ['B062', 'cafe\u0301'],
  ['B063', 'ı İ ß SS'],
  ['B066', 'rtl \u202e \u200d \u2028'],
  ['B066', 'line\nbreak\ttab\bbackspace'],
  ['B067', '🐘'],
  ['B069', 'back\\slash'],
  ['B069', 'trailing\\'],
  ['B070', '$1 ? :name @var'],
  ['B070', '{{x}} ${x} $& $$'],
  ['B084', '$$; -- /* '],
];

/** Names that no statement may be made of, with the code of the error. */
export const REFUSED_NAMES: readonly (readonly [string, string, string])[] = [
  ['B058', 'x'.repeat(64), 'E3001'],
  ['B059', 'é'.repeat(32), 'E3001'],
  ['B064', 'nul\0', 'E3005'],
  ['B065', 'lone \ud800', 'E3006'],
  ['B065', '\udc00 lone', 'E3006'],
  ['B068', '', 'E3008'],
  ['B068', ' \t\n', 'E3008'],
];

/** Texts that must reach the server, and come back, as they are. */
export const HOSTILE_TEXTS: readonly (readonly [string, string])[] = [
  ...HOSTILE_NAMES,
  ['B077', "it's"],
  ['B077', '\\'],
  ['B077', "\\'; --"],
  ['B077', "''"],
  ['B077', 'two\nlines\r\n'],
  ['B077', "E'..'"],
  ['B077', "'a'::text"],
  ['B080', "x'); COPY(SELECT 1)TO PROGRAM 'id'; --"],
  ['B080', ''],
  ['B081', '*/ ` ${process.exit()} </script> //'],
];
