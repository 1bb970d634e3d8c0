import { describeLaws } from '../describe-laws.fixture.js';
import { EXTENSION_CASES } from './extension-cases.js';

describeLaws('extensions', EXTENSION_CASES);
