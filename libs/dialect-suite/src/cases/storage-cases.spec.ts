import { describeLaws } from '../describe-laws.fixture.js';
import { STORAGE_CASES } from './storage-cases.js';

describeLaws('storage', STORAGE_CASES);
