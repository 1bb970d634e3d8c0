import { MigrationError } from '../../errors/migration-error.js';
import { inRevision, redactSql, statementFailed } from './revision-errors.js';

const revision = {
  id: 'ab12',
  downRevisions: [],
  dependsOn: [],
  branchLabels: [],
  message: '',
  file: '/app/migrations/versions/ab12_x.ts',
};
const place = { revision, direction: 'upgrade', advice: 'Nothing was kept.' } as const;

describe('errors of a revision', () => {
  it('a statement that failed names revision, file, line, statement and answer, but no value of a row', () => {
    const driver = Object.assign(new Error('duplicate key value violates unique constraint "u"'), {
      code: '23505',
      detail: 'Key (email)=(canary@example.org) already exists.',
      table: 'account',
      constraint: 'u',
    });
    const failed = statementFailed('INSERT INTO account VALUES (1)', driver);
    const located = new MigrationError('E6003', {
      problem: failed.problem,
      facts: { ...failed.facts, line: 12 },
      cause: driver,
    });
    const error = inRevision(place, located) as MigrationError;
    expect(error.message).toBe(
      'upgrade of revision "ab12" (/app/migrations/versions/ab12_x.ts:12) failed: duplicate key value violates ' +
        'unique constraint "u", at: INSERT INTO account VALUES (1). Nothing was kept.',
    );
    expect(error).toMatchObject({
      code: 'E6003',
      facts: {
        revision: 'ab12',
        file: revision.file,
        sqlState: '23505',
        constraint: 'u',
        line: 12,
      },
      cause: driver,
    });
    expect(JSON.stringify(error.facts)).not.toContain('canary');
  });

  it.each([
    ['an error', new TypeError('x is undefined'), 'x is undefined'],
    ['a text', 'no', 'it threw no'],
    ['nothing', undefined, 'it threw undefined'],
    ['null', null, 'it threw null'],
    ['what has no text', Object.create(null), 'it threw something that has no text'],
  ])('B032: %s that the function throws becomes E6004', (_, thrown, text) => {
    expect(inRevision(place, thrown)).toMatchObject({
      code: 'E6004',
      message: expect.stringContaining(`failed: ${text}`),
      cause: thrown,
    });
  });

  it('keeps the code of an error of ours', () => {
    const error = new MigrationError('E3013', {
      problem: 'op.addColumn needs a name',
      advice: 'Give one.',
    });
    expect(inRevision(place, error)).toMatchObject({
      code: 'E3013',
      advice: 'Give one.',
      facts: { revision: 'ab12' },
    });
  });
});

describe('passwords in SQL (I7)', () => {
  it.each([
    `ALTER ROLE app PASSWORD 'c4nary'`,
    `CREATE ROLE app LOGIN ENCRYPTED PASSWORD E'c4nary''x'`,
    `CREATE USER MAPPING FOR a SERVER s OPTIONS (user 'u', password 'c4nary')`,
    `SELECT dblink('host=h password=c4nary dbname=d')`,
    `SELECT dblink('postgres://user:c4nary@host/db')`,
    `CREATE SUBSCRIPTION s CONNECTION 'host=h password = c4nary' PUBLICATION p`,
  ])('are hidden in %s', (sql) => {
    expect(redactSql(sql)).not.toContain('c4nary');
  });

  it('leaves the rest as it is', () => {
    const sql = `ALTER TABLE account ADD COLUMN password_hash text DEFAULT 'x'`;
    expect(redactSql(sql)).toBe(sql);
  });
});
