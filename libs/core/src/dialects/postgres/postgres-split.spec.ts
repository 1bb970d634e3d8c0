// Specs talk to a real server over the driver itself; the published code of core never imports it.
/* eslint-disable @nx/enforce-module-boundaries */
import fc from 'fast-check';
import { Client } from 'pg';
import { segmentsOf, splitStatements } from './postgres-split.js';

describe('splitStatements', () => {
  it.each<readonly [string, string, readonly string[]]>([
    ['nothing', '', []],
    ['B085: a comment alone', ' -- nothing\n /* at /* all */ */ ;;', []],
    ['B085: one statement without semicolon', 'select 1', ['select 1']],
    ['B085: a semicolon at the end', 'select 1;\n', ['select 1']],
    ['B085: several', 'a; b ;c', ['a', 'b', 'c']],
    [
      'a comment stays with the statement that it precedes',
      '-- x\na; -- y\nb',
      ['-- x\na', '-- y\nb'],
    ],
    ['strings', `select ';', ''';', U&'\\;' ; x`, [`select ';', ''';', U&'\\;'`, 'x']],
    ['a backslash in a plain string is no escape', `select '\\'; x`, [`select '\\'`, 'x']],
    [
      'escape strings',
      String.raw`select E'\';', e'\\'; x`,
      [String.raw`select E'\';', e'\\'`, 'x'],
    ],
    [
      'an escape string goes on in the next line',
      "select E'a' -- why\n '\\';' ; x",
      ["select E'a' -- why\n '\\';'", 'x'],
    ],
    [
      'a word that ends in e is no escape prefix',
      String.raw`select case'\'; x`,
      [String.raw`select case'\'`, 'x'],
    ],
    ['quoted names', 'select ";", """;" ; x', ['select ";", """;"', 'x']],
    ['B084: dollar quotes', 'do $$ ; $a$ ; $$; x', ['do $$ ; $a$ ; $$', 'x']],
    ['B084: tags', "do $body$ ; $$ ; '$body$; x", ["do $body$ ; $$ ; '$body$", 'x']],
    ['a dollar inside of a word', 'select a$b$c; x$', ['select a$b$c', 'x$']],
    ['parameters', 'select $1;$2', ['select $1', '$2']],
    ['B084: nested comments', 'a /* ; /* ; */ ; */; b', ['a /* ; /* ; */ ; */', 'b']],
    ['a comment with a quote', "a -- it's\n; b", ["a -- it's", 'b']],
    [
      'parentheses, as in a rule',
      'create rule r as on insert to t do (a; b); c',
      ['create rule r as on insert to t do (a; b)', 'c'],
    ],
    ['a parenthesis too many', 'a); b', ['a)', 'b']],
    [
      'BEGIN ATOMIC',
      'create or replace function f() returns int begin atomic; select 1; select case when true then 2 end; end; b',
      [
        'create or replace function f() returns int begin atomic; select 1; select case when true then 2 end; end',
        'b',
      ],
    ],
    ['BEGIN of a transaction', 'begin; select 1; end; b', ['begin', 'select 1', 'end', 'b']],
    [
      'a function with a column named "end"',
      'create function f(b int) returns int as $$$$; x',
      ['create function f(b int) returns int as $$$$', 'x'],
    ],
    ['what is not closed', "a; 'b; c", ['a', "'b; c"]],
    ['a comment that is not closed', 'a; /* b', ['a']],
    ['a dollar quote that is not closed', 'do $$ a; b', ['do $$ a; b']],
    ['a trailing escape', "select E'\\", ["select E'\\"]],
    ['Windows lines', 'a;\r\n--b\r\nc;\r\n', ['a', '--b\r\nc']],
  ])('%s', (_, sql, statements) => {
    expect(splitStatements(sql)).toEqual(statements);
  });

  it('takes a megabyte of quotes without a stack', () => {
    const quotes = `select E'${"''".repeat(500_000)}'`;
    expect(splitStatements(`${quotes};${quotes}`)).toEqual([quotes, quotes]);
  });
});

const hardText = fc
  .array(
    fc.constantFrom(
      ';',
      "'",
      '"',
      '$$',
      '$a$',
      'E',
      '\\',
      '--',
      '/*',
      '*/',
      '\n',
      '(',
      ')',
      'a',
      ' ',
      '$',
      'é',
      '1',
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''));

/** Texts that hide semicolons, each a single token for the server. */
const token = fc.oneof(
  hardText.map((text) => `'${text.replaceAll("'", "''")}'`),
  hardText.map((text) => `E'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`),
  hardText.map((text) => `$q$${text.replaceAll('$', '')}$q$`),
  hardText.map((text) => `'a' as "x${text.replaceAll('"', '""').slice(0, 20)}"`),
  hardText.map((text) => `/*${text.replaceAll(/[/*]/g, '')}*/ 1`),
  hardText.map((text) => `1 --${text.replaceAll('\n', '')}\n`),
  fc.constantFrom('1', '(select 2)', "E'a'\n'\\';'", "U&'\\0041'", 'case when true then 1 end'),
);
const statement = fc
  .array(token, { minLength: 1, maxLength: 3 })
  .map((items) => `select ${items.join(', ')}`);

describe('Q11', () => {
  it('preserves every text, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(hardText, fc.string()), (sql) => {
        expect(segmentsOf(sql).join('')).toBe(sql);
        const pieces = splitStatements(sql);
        expect(pieces.every((piece) => sql.includes(piece) && piece.trim() === piece)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  it('never splits a string, a name or a comment', () => {
    fc.assert(
      fc.property(fc.array(statement, { maxLength: 5 }), (statements) => {
        const script = statements.map((text) => `${text};`).join('\n');
        expect(splitStatements(script)).toEqual(statements.map((text) => text.trim()));
      }),
      { numRuns: 1000 },
    );
  });

  it('counts as many statements as the server', async () => {
    const client = new Client({ connectionString: process.env['TEST_POSTGRES_URL'] });
    await client.connect();
    try {
      for (const statements of fc.sample(
        fc.array(statement, { minLength: 2, maxLength: 60 }),
        40,
      )) {
        const script = statements.join(';\n');
        const results = (await client.query(script)) as unknown as readonly unknown[];
        expect([script, results.length]).toEqual([script, splitStatements(script).length]);
      }
    } finally {
      await client.end();
    }
  });
});
