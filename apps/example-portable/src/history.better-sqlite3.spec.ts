import { describeHistory } from './portable-history.fixture.js';
import { onSqlite } from './testing-place.fixture.js';

describeHistory(onSqlite);
