import { COLUMN_CHANGES } from './column-changes.js';
import { describeChanges } from './describe-changes.fixture.js';
import { migratedExample } from './migrated-example.js';
import type { MigratedExample } from './migrated-example.js';
import { STRUCTURE_CHANGES } from './structure-changes.js';

jest.setTimeout(60_000);

let example: MigratedExample;
beforeAll(async () => {
  example = await migratedExample();
});
afterAll(() => example.remove());

describeChanges([...COLUMN_CHANGES, ...STRUCTURE_CHANGES], () => example);
