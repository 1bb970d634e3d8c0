import { describeLaws } from '../describe-laws.fixture.js';
import { BATCH_CASES } from './batch-cases.js';

describeLaws('batches', BATCH_CASES);
