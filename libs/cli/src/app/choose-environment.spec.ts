import { chooseEnvironment } from './choose-environment.js';

const [shop, reports] = [{ name: 'shop' }, { name: 'reports' }];

describe('the environment that a command works on', () => {
  it('the only one needs no name', () => {
    expect(chooseEnvironment([shop], undefined)).toBe(shop);
  });

  it('CLI-08: -n chooses one of several', () => {
    expect(chooseEnvironment([shop, reports], 'reports')).toBe(reports);
  });

  it.each([
    ['none at all', [], undefined, /Import MigrationsModule.forRoot/],
    ['several without -n', [shop, reports], undefined, /"reports", "shop"[\s\S]*-n NAME/],
    ['a name that there is not', [shop, reports], 'repots', /no environment "repots"/],
    ['two of one name', [shop, { name: 'shop' }], 'shop', /the same name/],
  ])('%s is refused with E9007', (_case, environments, name, text) => {
    expect(() => chooseEnvironment(environments, name)).toThrow(
      expect.objectContaining({ code: 'E9007', message: expect.stringMatching(text) as string }),
    );
  });
});
