import { describeLaws } from '../describe-laws.fixture.js';
import { PERIOD_CASES } from './period-cases.js';

describeLaws('period', PERIOD_CASES);
