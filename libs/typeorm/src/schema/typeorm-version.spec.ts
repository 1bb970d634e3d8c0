import { typeormVersion } from '../testing/typeorm-version.fixture.js';

it('these specs run on the line of TypeORM that their project is for', () => {
  const { TYPEORM_LINE = '1.' } = globalThis as { readonly TYPEORM_LINE?: string };
  expect(typeormVersion.startsWith(TYPEORM_LINE)).toBe(true);
});
