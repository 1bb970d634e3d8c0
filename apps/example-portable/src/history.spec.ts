import { describeHistory } from './portable-history.fixture.js';
import { onPostgres } from './testing-place.fixture.js';

describeHistory(onPostgres);
