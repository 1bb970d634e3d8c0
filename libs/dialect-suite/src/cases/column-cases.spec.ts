import { describeLaws } from '../describe-laws.fixture.js';
import { COLUMN_CASES } from './column-cases.js';

describeLaws('columns', COLUMN_CASES);
