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
  { place: onSqlite, scheme: 'sqlite', noFolder: 'E5010' },
  { place: onSqljs, scheme: 'sqljs', noFolder: 'E5003' },
])('by $scheme', ({ place, scheme, noFolder }) => {
  describeStory(place);
  describeHalfway(place);
  describeBadPlaces(place, () =>
    [
      { what: 'a damaged file', url: damaged, says: damaged },
      { what: 'a folder', url: folder, says: `${folder} cannot be opened` },
      {
        what: 'a folder that cannot be made',
        url: join(damaged, 'x/app.sqlite'),
        says: join(damaged, 'x'),
        code: noFolder,
      },
    ].map(({ url, ...refusal }) => ({
      line: 'upgrade head',
      code: 'E5010',
      ...refusal,
      url: () => `${scheme}:${url}`,
    })),
  );
});
