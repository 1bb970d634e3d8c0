import type { DataSource } from 'typeorm';
import { describeDatabase } from './describe-database.js';

const describeOf = (options: object): string =>
  describeDatabase({ options: { type: 'postgres', ...options } } as unknown as DataSource);

describe('where a database is', () => {
  it.each<[string, object, string]>([
    [
      'the parts of the options',
      { host: 'db', port: 5433, database: 'shop', username: 'app', password: 'top-secret' },
      'postgres://db:5433/shop',
    ],
    ['a URL', { url: 'postgres://app:top-secret@db:5433/shop' }, 'postgres://db:5433/shop'],
    ['a URL without a port', { url: 'postgres://app:top-secret@db/shop' }, 'postgres://db/shop'],
    [
      'a URL with a password among its parameters',
      { url: 'postgres://db/shop?user=app&password=top-secret&sslkey=top-secret#top-secret' },
      'postgres://db/shop',
    ],
    [
      'a URL over the parts beside it, as TypeORM reads it',
      { url: 'postgres://app:top-secret@db/shop', host: 'other', port: 5433 },
      'postgres://db:5433/shop',
    ],
    ['a password with an @', { url: 'postgres://app:top@-secret@db/shop' }, 'postgres'],
    ['a password with @ and /', { url: 'postgres://app:top@x/secret@db/shop' }, 'postgres'],
    ['a password with a /', { url: 'postgres://app:12/secret@db/shop' }, 'postgres'],
    ['a password with a ?', { url: 'postgres://app:12?secret@db/shop' }, 'postgres'],
    ['a URL that cannot be read', { url: 'postgres//app:top-secret@db:shop' }, 'postgres'],
    [
      'a URL whose password makes it unreadable',
      { url: 'postgres://app:top/secret@db:5432/shop' },
      'postgres',
    ],
    [
      'a socket',
      { host: '/var/run/postgresql', database: 'shop' },
      'postgres:///var/run/postgresql/shop',
    ],
    [
      'replication: the one that is written to',
      {
        replication: {
          master: { url: 'postgres://app:top-secret@primary/shop' },
          slaves: [{ url: 'postgres://app:top-secret@standby/shop' }],
        },
      },
      'postgres://primary/shop',
    ],
    ['nothing', {}, 'postgres'],
    [
      'a URL of MariaDB',
      { type: 'mariadb', url: 'mariadb://app:top-secret@db:3306/shop' },
      'mariadb://db:3306/shop',
    ],
    [
      'a socket of MySQL',
      {
        type: 'mysql',
        socketPath: '/run/mysqld/mysqld.sock',
        database: 'shop',
        password: 'secret',
      },
      'mysql:///run/mysqld/mysqld.sock/shop',
    ],
    [
      'a file',
      { type: 'better-sqlite3', database: '/data/shop.sqlite', key: 'top-secret' },
      'better-sqlite3:/data/shop.sqlite',
    ],
    ['memory', { type: 'better-sqlite3', database: ':memory:' }, 'better-sqlite3::memory:'],
    [
      'a file of sql.js',
      { type: 'sqljs', location: 'data/shop.sqlite', database: new Uint8Array() },
      'sqljs:data/shop.sqlite',
    ],
    ['memory of sql.js', { type: 'sqljs' }, 'sqljs::memory:'],
  ])('%s: without user and password', (_case, options, expected) => {
    expect(describeOf(options)).toBe(expected);
    expect(expected).not.toMatch(/secret|app/);
  });
});
