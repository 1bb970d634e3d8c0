import { describeLaws } from '../describe-laws.fixture.js';
import { TYPE_CASES } from './type-cases.js';

describeLaws('types', TYPE_CASES);
