import { describeLaws } from '../describe-laws.fixture.js';
import { INDEX_CASES } from './index-cases.js';

describeLaws('indexes', INDEX_CASES);
