import { join } from 'node:path';
import { appRoot, readConfig } from './app-config.js';

describe('readConfig', () => {
  it('has defaults for everything', () => {
    expect(readConfig({})).toEqual({
      port: 3000,
      databaseUrl: undefined,
      dataDirectory: join(appRoot, '.data/pglite'),
      adminToken: undefined,
      autoUpgrade: false,
      migrationsDirectory: 'migrations',
    });
  });

  it('takes an empty variable as none, so that an empty token opens nothing', () => {
    expect(readConfig({ ADMIN_TOKEN: ' ', DATABASE_URL: '' })).toEqual(readConfig({}));
  });

  it.each([
    ['off', false],
    ['false', false],
    ['upgrade', 'upgrade'],
    ['verify', 'verify'],
    ['wait', 'wait'],
  ])('reads AUTO_UPGRADE=%s', (text, expected) => {
    expect(readConfig({ AUTO_UPGRADE: text }).autoUpgrade).toBe(expected);
  });

  it.each([
    ['PORT', '80a'],
    ['PORT', '70000'],
    ['AUTO_UPGRADE', 'true'],
  ])('names the variable when %s is %s', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`${name} is "${value}"`));
  });
});
