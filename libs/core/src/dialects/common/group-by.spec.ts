import { groupBy } from './group-by.js';

it('groupBy keeps the order of groups and of their items', () => {
  const groups = groupBy(['bb', 'a', 'cc', 'd'], (text) => text.length);
  expect([...groups]).toEqual([
    [2, ['bb', 'cc']],
    [1, ['a', 'd']],
  ]);
});
