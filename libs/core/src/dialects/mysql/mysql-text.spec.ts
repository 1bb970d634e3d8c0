import { readDefinitions } from './mysql-definition.js';
import { capabilitiesOf } from './mysql-capabilities.js';
import { findParameters, takesParameters } from './mysql-parameters.js';
import { mysqlQuoting } from './mysql-quoting.js';
import { newest, serverOf } from './mysql-server.js';
import { splitStatements, terminated } from './mysql-split.js';
import { tokensOf } from './mysql-tokens.js';
import { canonicalType, labelsOf } from './mysql-types.js';

describe('names and literals', () => {
  const { identifier, literal, parseLiteral, qualified } = mysqlQuoting;

  it('stand in backticks and apostrophes, whatever sql_mode is', () => {
    expect(identifier('a`b')).toBe('`a``b`');
    expect(qualified({ schema: 'shop', name: 'item' })).toBe('`shop`.`item`');
    expect(literal("it's \\ x")).toBe("'it''s \\\\ x'");
    expect([literal(null), literal(true), literal(1.5), literal(10n)]).toEqual([
      'NULL',
      'true',
      '1.5',
      '10',
    ]);
  });

  it('are counted in characters: 64 of them fit', () => {
    expect(identifier('ä'.repeat(64))).toHaveLength(66);
    expect(() => identifier('a'.repeat(65))).toThrow(expect.objectContaining({ code: 'E3001' }));
  });

  it('refuse what the server would cut off or not keep', () => {
    expect(() => identifier('a ')).toThrow(expect.objectContaining({ code: 'E3008' }));
    expect(() => identifier('a😀')).toThrow(expect.objectContaining({ code: 'E3006' }));
    expect(() => literal('a\0')).toThrow(expect.objectContaining({ code: 'E3005' }));
  });

  it.each([["it's"], ['a\\'], ["\\'"], ['line\nfeed'], ['"'], ['']])('come back: %j', (text) => {
    expect(parseLiteral(literal(text))).toBe(text);
  });

  it.each(["'a", "'a' || 'b'", "'\\n'", "'a''", 'now()', "'a' 'b'"])('is no literal: %s', (sql) => {
    expect(parseLiteral(sql)).toBeUndefined();
  });
});

describe('statements', () => {
  it.each([
    ['a semicolon ends one', 'SELECT 1; SELECT 2;', ['SELECT 1', 'SELECT 2']],
    [
      'strings hide it',
      `SELECT ';', ";", \`;\`, '\\';', 'a'';'`,
      [`SELECT ';', ";", \`;\`, '\\';', 'a'';'`],
    ],
    [
      'comments hide it',
      'SELECT 1 -- ;\n, 2 # ;\n, /* ; */ 3',
      ['SELECT 1 -- ;\n, 2 # ;\n, /* ; */ 3'],
    ],
    ['two dashes before a digit are a sum', 'SELECT 5--1; SELECT 2', ['SELECT 5--1', 'SELECT 2']],
    [
      'an executable comment is one',
      "/*!40101 SET NAMES 'a;*/b' */; SELECT 1",
      ["/*!40101 SET NAMES 'a;*/b' */", 'SELECT 1'],
    ],
    ['a comment alone is none', 'SELECT 1; -- the end', ['SELECT 1']],
    [
      'DELIMITER is a command of the client',
      'DELIMITER //\nCREATE PROCEDURE p() BEGIN SELECT 1; END//\ndelimiter ;\nSELECT 2; SELECT 3',
      ['CREATE PROCEDURE p() BEGIN SELECT 1; END', 'SELECT 2', 'SELECT 3'],
    ],
    [
      'the body of a trigger stays together',
      'CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW BEGIN IF NEW.a THEN SET NEW.b = CASE 1 WHEN 1 THEN 2 END; END IF; WHILE 0 DO SET @a = 1; END WHILE; END; SELECT 1',
      [
        'CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW BEGIN IF NEW.a THEN SET NEW.b = CASE 1 WHEN 1 THEN 2 END; END IF; WHILE 0 DO SET @a = 1; END WHILE; END',
        'SELECT 1',
      ],
    ],
    ['BEGIN alone opens a transaction', 'BEGIN; SELECT 1; COMMIT', ['BEGIN', 'SELECT 1', 'COMMIT']],
    [
      'a block without a routine stays together',
      'BEGIN NOT ATOMIC SELECT 1; SELECT 2; END; SELECT 3',
      ['BEGIN NOT ATOMIC SELECT 1; SELECT 2; END', 'SELECT 3'],
    ],
  ])('%s', (_, sql, statements) => {
    expect(splitStatements(sql)).toEqual(statements);
  });

  it('need another delimiter where they hold a semicolon', () => {
    expect(terminated("SELECT ';' # a")).toBe("SELECT ';' # a\n;");
    const routine = 'CREATE PROCEDURE p() BEGIN SELECT 1; END';
    expect(terminated(routine)).toBe(`DELIMITER $$\n${routine}$$\nDELIMITER ;`);
    expect(splitStatements(`${terminated(routine)}\nSELECT 2;`)).toEqual([routine, 'SELECT 2']);
  });

  it('have the words of executable comments among theirs', () => {
    expect(tokensOf('/*!50003 CREATE */ /* not this */ TABLE t')).toEqual(['CREATE', 'TABLE', 't']);
  });

  it('take parameters where they are about rows', () => {
    expect(takesParameters('/* a */ (SELECT :a)')).toBe(true);
    expect(takesParameters('ALTER TABLE t ADD c int')).toBe(false);
    const names = findParameters("SELECT :a, ':b', @x := 1, \\:c").map(({ name }) => name);
    expect(names).toEqual(['a', undefined]);
  });
});

describe('types', () => {
  it.each([
    ['INTEGER', 'int'],
    ['int(11)', 'int'],
    ['BIGINT(20) UNSIGNED', 'bigint unsigned'],
    ['bool', 'tinyint(1)'],
    ['tinyint(1)', 'tinyint(1)'],
    ['tinyint(4)', 'tinyint'],
    ['int(5) zerofill', 'int(5) unsigned zerofill'],
    ['numeric', 'decimal(10,0)'],
    ['dec(8)', 'decimal(8,0)'],
    ['double precision', 'double'],
    ['float(30)', 'double'],
    ['character varying(20)', 'varchar(20)'],
    ['char', 'char(1)'],
    ['datetime(0)', 'datetime'],
    ['TIMESTAMP(6)', 'timestamp(6)'],
    ['year(4)', 'year'],
    [`ENUM ("it's", 'b''c' , 'd,e')`, `enum('it''s','b''c','d,e')`],
    ['varchar(9) charset latin1', 'varchar(9) character set latin1'],
    ['json', 'json'],
    ['not a type()', 'not a type()'],
  ])('%s is %s', (given, canonical) => {
    expect(canonicalType(given)).toBe(canonical);
    expect(canonicalType(canonical)).toBe(canonical);
  });

  it('have labels', () => {
    expect(labelsOf(`enum('it''s','b,c')`)).toEqual(["it's", 'b,c']);
    expect(labelsOf('int')).toBeUndefined();
  });
});

describe('a server', () => {
  it.each([
    ['10.11.19-MariaDB-0+deb12u1', { flavour: 'mariadb', number: 101119 }],
    ['5.5.5-10.6.2-MariaDB', { flavour: 'mariadb', number: 100602 }],
    ['8.0.36', { flavour: 'mysql', number: 80036 }],
    ['8.4', { flavour: 'mysql', number: 80400 }],
    [undefined, newest('mariadb')],
  ] as const)('is told by its version: %s', (version, server) => {
    expect(serverOf(version, 'mariadb')).toEqual(server);
  });

  it('has indexes on expressions on MySQL only', () => {
    expect(capabilitiesOf(newest('mysql')).expressionIndexes).toBe(true);
    expect(capabilitiesOf(newest('mariadb')).expressionIndexes).toBe(false);
  });
});

describe('a table as the server writes it', () => {
  it.each([
    '10.50',
    '-0.25',
    '1e-7',
    '1.5e+30',
    '-3',
    "b'101'",
    'current_timestamp(3)',
    "'a.b -1'",
  ])('keeps a default as one text: %s', (text) => {
    const sql = `CREATE TABLE \`t\` (\n  \`c\` decimal(10,2) NOT NULL DEFAULT ${text} COMMENT 'x',\n  \`d\` int(11)\n)`;
    expect(readDefinitions(sql).columns.get('c')).toMatchObject({
      type: 'decimal(10,2)',
      default: text,
    });
  });
});
