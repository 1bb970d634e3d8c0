import { closestName } from './closest-name.js';

const options = ['autoUpgrade', 'directory'];
const members = ['nullable', 'default', 'identity', 'comment'];

it.each<[string, string, readonly string[], string]>([
  ['autoUprgade', 'autoUpgrade', options, 'two letters swapped (B138)'],
  ['autoupgrade', 'autoUpgrade', options, 'other case'],
  ['autoUpgrde', 'autoUpgrade', options, 'a letter missing'],
  ['directoryy', 'directory', options, 'a letter too many'],
  ['dirrectori', 'directory', options, 'two errors'],
  ['NULLABLE', 'nullable', members, 'other case'],
  ['defualt', 'default', members, 'two letters swapped'],
  ['head', 'heads', ['check', 'heads'], 'a letter missing'],
])('%s means %s: %4$s', (typed, meant, names) => {
  expect(closestName(typed, names)).toBe(meant);
});

it.each<[string, readonly string[]]>([
  ['folder', options],
  ['', options],
  ['', ['x']],
  ['x', ['id', 'on']],
  ['primaryKey', members],
  ['n'.repeat(1_000_000), members],
])('nothing is near %j', (typed, names) => {
  expect(closestName(typed, names)).toBeUndefined();
});
