import { isNamed } from './type-name.js';

describe('the name of a type', () => {
  it.each([
    ['mood', 'mood'],
    ['MOOD', 'mood'],
    ['public.mood', 'mood'],
    ['"my app"."Mood"[]', 'Mood'],
    ['mood[3][]', 'mood'],
    ['mood ARRAY', 'mood'],
    ['mood ARRAY[3]', 'mood'],
    ['varchar(20)', 'varchar'],
    ['numeric (10, 2) []', 'numeric'],
  ])('of %s is %s', (type, name) => {
    expect(isNamed(type, name)).toBe(true);
  });

  it.each([
    ['varchar(20)', 'a'],
    ['mood', 'moo'],
    ['mood.state', 'mood'],
    ['Mood', 'Mood'],
    ['"Mood"', 'mood'],
    ['"mood[]"', 'mood'],
    ['array', 'a'],
  ])('of %s is not %s', (type, name) => {
    expect(isNamed(type, name)).toBe(false);
  });
});
