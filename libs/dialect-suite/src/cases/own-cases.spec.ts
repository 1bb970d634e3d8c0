import { describeLaws } from '../describe-laws.fixture.js';
import { OWN_CASES } from './own-cases.js';

describeLaws('operations of an app', OWN_CASES);
