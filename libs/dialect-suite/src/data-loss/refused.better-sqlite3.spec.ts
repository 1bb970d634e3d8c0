import { columnCase } from './data-loss-case.js';
import { describeRefused } from './describe-refused.fixture.js';
import { LOSS_SQLITE } from './loss-dialect.js';
import type { RefusedCase } from './refused-cases.js';
import { casesById } from './refused-cases.js';

jest.setTimeout(60_000);

const [steps, duplicates, orphans, check] = casesById(
  'DL-30',
  'DL-32',
  'DL-33',
  'DL-34',
) as readonly [RefusedCase, RefusedCase, RefusedCase, RefusedCase];

const RENAMED: RefusedCase = {
  ...columnCase({
    id: 'renamed to a simple-enum',
    change: 'a column gets another name and a list that a row is not in',
    from: { type: 'varchar', length: 20 },
    to: { name: 'kind', type: 'simple-enum', enum: ['a', 'b'] },
    values: [["'odd'", 'odd']],
    asText: LOSS_SQLITE.asText,
    table: 'renamed',
  }),
  refusal: /CHECK constraint failed: kind.*Rows are in the way.*"plan --check-data"/s,
  inTheWay: 'check of renamed does not hold (1)',
};

describeRefused({
  loss: LOSS_SQLITE,
  steps,
  cases: [
    { ...steps, refusal: /NOT NULL constraint failed/ },
    { ...duplicates, refusal: /UNIQUE constraint failed/ },
    { ...orphans, refusal: /dl_33_child/ },
    { ...check, refusal: /CHECK constraint failed/ },
    RENAMED,
  ],
  codeOf: ({ id }) => (id === 'DL-33' ? 'E6020' : 'E6003'),
});
