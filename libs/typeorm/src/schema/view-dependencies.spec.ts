import type { View } from '@nest-alembic/core';
import { withMentionedViews } from './view-dependencies.js';

const view = (name: string, definition: string, dependsOn: readonly string[] = []): View => ({
  schema: null,
  name,
  definition,
  materialized: false,
  dependsOn: dependsOn.map((other) => ({ schema: null, name: other })),
  indexes: [],
});

const dependencies = (...views: readonly View[]): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    withMentionedViews(views).map((one) => [one.name, one.dependsOn.map(({ name }) => name)]),
  );

describe('withMentionedViews', () => {
  it.each<[string, string, boolean]>([
    ['a bare name', 'SELECT * FROM totals', true],
    ['a name in another case', 'SELECT * FROM Totals', true],
    ['a quoted name', 'SELECT * FROM "totals" t', true],
    ['a qualified name', 'SELECT * FROM public.totals', true],
    ['a part of a name', 'SELECT * FROM subtotals', false],
    ['the beginning of a name', 'SELECT totals_of FROM x', false],
    ['another case in quotes', 'SELECT * FROM "Totals"', false],
    ['a text', `SELECT 'totals'`, false],
  ])('%s: %s', (_, definition, depends) => {
    const found = dependencies(view('a', definition), view('totals', 'SELECT 1'));
    expect(found).toEqual({ a: depends ? ['totals'] : [], totals: [] });
  });

  it('finds names with odd characters, and only as they are written', () => {
    const odd = view('My.View+', 'SELECT 1');
    expect(dependencies(view('a', 'SELECT * FROM "My.View+"'), odd)['a']).toEqual(['My.View+']);
    expect(dependencies(view('a', 'SELECT * FROM "MyxView+"'), odd)['a']).toEqual([]);
  });

  it('keeps what is said, and closes no circle', () => {
    const found = dependencies(
      view('a', 'SELECT b FROM c'),
      view('b', 'SELECT a FROM x', ['a']),
      view('c', 'SELECT 1 AS a'),
    );
    expect(found).toEqual({ a: ['c'], b: ['a'], c: [] });
  });

  it('does not take a view for its own', () => {
    expect(dependencies(view('a', 'SELECT a.x FROM t a'))).toEqual({ a: [] });
  });
});
