import { describeLaws } from '../describe-laws.fixture.js';
import { DATA_CASES } from './data-cases.js';

describeLaws('data', DATA_CASES);
