import { describeLaws } from '../describe-laws.fixture.js';
import { ROUTINE_CASES } from './routine-cases.js';

describeLaws('routines and triggers', ROUTINE_CASES);
