import { describeKept } from './describe-kept.fixture.js';
import { LOSS_SQLITE } from './loss-dialect.js';
import { SQLITE_KEPT_CASES } from './sqlite-cases.js';

jest.setTimeout(60_000);

describeKept({ loss: LOSS_SQLITE, cases: SQLITE_KEPT_CASES });
