import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MODULE_OPTION_RULES } from './validate-options.js';

const read = (path: string): string => readFileSync(join(__dirname, path), 'utf8');

/** Name and default of each option of a file, as its types document them. */
const defaultsIn = (text: string): readonly (readonly [string, string | undefined])[] =>
  [...text.matchAll(/\/\*\*((?:(?!\*\/)[^])*)\*\/\s+readonly (\w+)\?:/g)].map(
    ([, comment = '', name = '']) => [
      name,
      /@default (.*)/
        .exec(comment)?.[1]
        ?.replace(/\s*\*?$/, '')
        .trim(),
    ],
  );
const own = defaultsIn(read('migrations-module-options.ts'));
const engine = read('../../core/src/runtime/migrator-options.ts').split(
  'interface MigratorOptions',
)[1];
const passedOn = defaultsIn(engine ?? '').filter(([name]) => name in MODULE_OPTION_RULES);
/** What the module says itself takes the place of what the engine says. */
const documented = new Map([...passedOn, ...own]);
/** Name and default of each option, as the tables of the guide have them. */
const inGuide = new Map(
  [...read('../../../docs/guide/configuration.md').matchAll(/^\| `(\w+)` +\| ([^|]*?) +\|/gm)].map(
    ([, name = '', value = '']) => [name, value],
  ),
);
const ofEnvironment = ['name', 'dataSource'];

describe('the documentation of the options', () => {
  it('every option of the module has a rule, and every rule is one of an option', () => {
    expect([...documented.keys()].sort()).toEqual(
      [...Object.keys(MODULE_OPTION_RULES), ...ofEnvironment].sort(),
    );
  });

  it('the types name the default of every option', () => {
    expect([...documented].filter(([, value]) => !value)).toEqual([]);
  });

  it('the guide names every option, and nothing that is none', () => {
    expect([...inGuide.keys()].sort()).toEqual([...documented.keys()].sort());
  });

  it('the guide has the same defaults as the types', () => {
    const literals = [...documented].filter(([, value = '']) =>
      /^('[^']*'|[\d_]+|false|\[\]|\{\})$/.test(value),
    );
    expect(literals.length).toBeGreaterThan(15);
    for (const [name, value] of literals)
      expect([name, inGuide.get(name)]).toEqual([name, `\`${value}\``]);
  });
});
