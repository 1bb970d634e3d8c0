import { tableOf } from './data-loss-case.js';
import { describeKept } from './describe-kept.fixture.js';
import { KEPT_CASES } from './kept-cases.js';
import { LOSS_POSTGRES } from './loss-dialect.js';

jest.setTimeout(60_000);

const asked = describeKept({ loss: LOSS_POSTGRES, cases: KEPT_CASES });

it.each([
  ['DL-6', 'UTC'],
  ['DL-10', 'string_to_array'],
  ['DL-13', '0 becomes false'],
])('%s: the question says what is decided: %s', (id, decision) => {
  const { text } = asked().find((one) => one.id.includes(`${tableOf(id)}.`)) ?? {};
  expect(text).toContain(decision);
});
