import { connectMysql, testMariadbUrl } from '@nest-alembic/testing';
import { describeBadPlaces } from './describe-bad-places.js';
import { describeHalfway } from './describe-halfway.js';
import { describeStory } from './describe-story.js';
import { onMariadb } from './places.js';

jest.setTimeout(180_000);

/** Stands where a password does: it may appear nowhere. */
const CANARY = 'c4nary-p4ssword';
const user = `e2e_${process.pid}`;

beforeAll(() => asRoot(`CREATE OR REPLACE USER '${user}'@'%' IDENTIFIED BY 'right-${CANARY}'`));
afterAll(() => asRoot(`DROP USER '${user}'@'%'`));

async function asRoot(sql: string): Promise<void> {
  const connection = await connectMysql(testMariadbUrl());
  await connection.query(sql);
  await connection.close();
}

const urlWith = (changes: Partial<URL>): string =>
  Object.assign(new URL(testMariadbUrl()), { password: CANARY, ...changes }).href;

describeStory(onMariadb);
describeHalfway(onMariadb);
describeBadPlaces(onMariadb, (placed) =>
  [
    { what: 'a wrong password', url: () => urlWith({ username: user }), says: 'ER_ACCESS_DENIED' },
    { what: 'no server', url: () => urlWith({ host: '127.0.0.1:1' }), says: '127.0.0.1:1' },
    {
      what: 'no such database',
      url: () => Object.assign(new URL(placed().url), { pathname: '/no_such_db' }).href,
      says: 'no_such_db',
    },
    { what: 'a server of another kind', url: () => urlWith({ host: '[' }), says: 'connect' },
  ].map((refusal) => ({ line: 'upgrade head', code: 'E5010', conceals: CANARY, ...refusal })),
);
