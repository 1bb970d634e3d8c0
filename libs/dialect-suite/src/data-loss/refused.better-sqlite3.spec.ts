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

describeRefused({
  loss: LOSS_SQLITE,
  steps,
  cases: [
    { ...steps, refusal: /NOT NULL constraint failed/ },
    { ...duplicates, refusal: /UNIQUE constraint failed/ },
    { ...orphans, refusal: /dl_33_child/ },
    { ...check, refusal: /CHECK constraint failed/ },
  ],
  codeOf: ({ id }) => (id === 'DL-33' ? 'E6020' : 'E6003'),
});
