import { describeLaws } from '../describe-laws.fixture.js';
import { SEQUENCE_CASES } from './sequence-cases.js';

describeLaws('sequences and moves', SEQUENCE_CASES);
