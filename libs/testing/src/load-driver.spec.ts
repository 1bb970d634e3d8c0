import { connectMysql } from './connect-mysql.js';
import { connectSqlite, hasSqlite } from './connect-sqlite.js';

const MISSING = ['better-sqlite3', 'mysql2/promise'];

describe('on a machine without the drivers of the other databases', () => {
  beforeEach(() => {
    for (const name of MISSING)
      jest.doMock(name, () => require('./no-such-driver.js') as unknown, { virtual: true });
  });
  afterEach(() => jest.resetModules());

  it('the test kit loads, and knows', () => {
    jest.isolateModules(() => {
      expect((require('./index.js') as { hasSqlite: () => boolean }).hasSqlite()).toBe(false);
    });
  });

  it.each([
    ['better-sqlite3', () => connectSqlite(':memory:')],
    ['mysql2', () => connectMysql('mariadb://root@127.0.0.1:1/test')],
  ])('who needs %s is told what is missing and why', async (name, connect) => {
    const error = await connect().catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      message: expect.stringContaining(`${name} is not installed or cannot be loaded`),
      cause: { code: 'MODULE_NOT_FOUND' },
    });
    expect(hasSqlite()).toBe(false);
  });
});
