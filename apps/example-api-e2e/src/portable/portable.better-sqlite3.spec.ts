import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeBadPlaces } from './describe-bad-places.js';
import { describeHalfway } from './describe-halfway.js';
import { describeStory } from './describe-story.js';
import { onSqlite, onSqljs } from './places.js';

jest.setTimeout(180_000);

const folder = mkdtempSync(join(tmpdir(), 'e2e-sqlite-'));
const damaged = join(folder, 'damaged.sqlite');

beforeAll(() => writeFileSync(damaged, 'no database '.repeat(500)));
afterAll(() => rmSync(folder, { recursive: true }));

describe.each([
  [onSqlite, 'sqlite', 'E5010'],
  [onSqljs, 'sqljs', 'E5003'],
] as const)('%s', (place, scheme, noFolder) => {
  describeStory(place);
  describeHalfway(place);
  describeBadPlaces(place, () =>
    [
      { what: 'a damaged file', url: () => `${scheme}:${damaged}`, says: damaged },
      { what: 'a folder', url: () => `${scheme}:${folder}`, says: `${folder} cannot be opened` },
      {
        what: 'a folder that cannot be made',
        url: () => `${scheme}:${damaged}/x/app.sqlite`,
        says: `${damaged}/x`,
        code: noFolder,
      },
    ].flatMap((refusal) =>
      ['current', 'upgrade head'].map((line) => ({
        code: 'E5010',
        ...refusal,
        line,
        what: `${refusal.what}: migrate ${line}`,
      })),
    ),
  );
});
