import { describeLaws } from '../describe-laws.fixture.js';
import { TABLE_CASES } from './table-cases.js';

describeLaws('tables', TABLE_CASES);
