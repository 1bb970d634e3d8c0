import { describeLaws } from '../describe-laws.fixture.js';
import { COMMENT_CASES } from './comment-cases.js';

describeLaws('comments', COMMENT_CASES);
