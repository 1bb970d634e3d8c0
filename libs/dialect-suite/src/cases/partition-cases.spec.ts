import { describeLaws } from '../describe-laws.fixture.js';
import { PARTITION_CASES } from './partition-cases.js';

describeLaws('partitions', PARTITION_CASES);
