import { describeLaws } from '../describe-laws.fixture.js';
import { POLICY_CASES } from './policy-cases.js';

describeLaws('row-level security', POLICY_CASES);
