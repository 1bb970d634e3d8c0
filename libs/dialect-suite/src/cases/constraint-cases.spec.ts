import { describeLaws } from '../describe-laws.fixture.js';
import { CONSTRAINT_CASES } from './constraint-cases.js';

describeLaws('constraints', CONSTRAINT_CASES);
