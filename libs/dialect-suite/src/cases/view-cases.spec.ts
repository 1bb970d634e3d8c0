import { describeLaws } from '../describe-laws.fixture.js';
import { VIEW_CASES } from './view-cases.js';

describeLaws('views', VIEW_CASES);
