import { describeLaws } from '../describe-laws.fixture.js';
import { DOMAIN_CASES } from './domain-cases.js';

describeLaws('domains', DOMAIN_CASES);
