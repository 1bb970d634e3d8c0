import { describeHistory } from './portable-history.fixture.js';
import { onMariadb } from './testing-place.fixture.js';

describeHistory(onMariadb);
