import { describeKept } from './describe-kept.fixture.js';
import { LOSS_MARIADB } from './loss-dialect.js';
import { MARIADB_KEPT_CASES } from './mariadb-cases.js';

jest.setTimeout(60_000);

describeKept({ loss: LOSS_MARIADB, cases: MARIADB_KEPT_CASES });
