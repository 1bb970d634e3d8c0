import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { versionLine } from './tool-version.js';

it('CLI-04: --version prints the version of the package', () => {
  const text = readFileSync(join(__dirname, '..', 'package.json'), 'utf8');
  expect(versionLine()).toBe(`nest-alembic ${(JSON.parse(text) as { version: string }).version}`);
});
