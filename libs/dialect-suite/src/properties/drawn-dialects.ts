import { TESTED_DIALECTS } from '../tested-dialects.js';
import type { DrawnDialect } from './drawn-dialect.js';
import { DRAWN_MARIADB } from './drawn-mariadb.js';
import { DRAWN_POSTGRES } from './drawn-postgres.js';
import { DRAWN_SQLITE } from './drawn-sqlite.js';

/** Every dialect that this machine can run, as schemas are drawn for it. */
export const DRAWN_DIALECTS: readonly DrawnDialect[] = [
  DRAWN_POSTGRES,
  DRAWN_SQLITE,
  DRAWN_MARIADB,
].filter(({ tested }) => TESTED_DIALECTS.includes(tested));
