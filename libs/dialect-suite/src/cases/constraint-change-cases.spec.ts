import { describeLaws } from '../describe-laws.fixture.js';
import { CONSTRAINT_CHANGE_CASES } from './constraint-change-cases.js';

describeLaws('changes of constraints', CONSTRAINT_CHANGE_CASES);
