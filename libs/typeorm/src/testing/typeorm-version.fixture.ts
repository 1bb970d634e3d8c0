import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const folder = dirname(require.resolve('typeorm'));
const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
  readonly version: string;
};

/** The version that the specs run on, such as `1.1.1`. */
export const typeormVersion = version;

/** True on TypeORM 1, false on 0.3. */
export const isTypeOrm1 = !version.startsWith('0.');
