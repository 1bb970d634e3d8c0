import { describeLaws } from '../describe-laws.fixture.js';
import { ENFORCED_CASES } from './enforced-cases.js';

describeLaws('enforced', ENFORCED_CASES);
