import { describeRefused } from './describe-refused.fixture.js';
import { LOSS_POSTGRES } from './loss-dialect.js';
import { casesById, REFUSED_CASES } from './refused-cases.js';

jest.setTimeout(60_000);

describeRefused({
  loss: LOSS_POSTGRES,
  cases: REFUSED_CASES,
  steps: casesById('DL-30')[0],
});
