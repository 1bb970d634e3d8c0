import { redactSecrets } from './redact-secrets.js';

describe('redactSecrets', () => {
  it.each([
    ['postgres://app:top-secret@db/shop', 'postgres://app:***@db/shop'],
    ['https://user:top-secret@registry/x', 'https://user:***@registry/x'],
    ['PGPASSWORD=top-secret x', 'PGPASSWORD=*** x'],
    ['"password": "top secret", "a": 1', '"password": ***, "a": 1'],
    ["apiKey: 'top secret'", 'apiKey: ***'],
    ['client_secret=abc token = def', 'client_secret=*** token = ***'],
    ['Server=db;Pwd=abc', 'Server=db;Pwd=***'],
    ['Authorization: Bearer eyJhbGciOi.x-y_z', 'Authorization: Bearer ***'],
    ["ALTER ROLE app PASSWORD 'x''y'", "ALTER ROLE app PASSWORD '***'"],
    ['password:', 'password:'],
    ['3 tokens, 1 error', '3 tokens, 1 error'],
    ['/srv/app/x.ts:1:2: error', '/srv/app/x.ts:1:2: error'],
  ])('B123: %s becomes %s', (text, expected) => {
    expect(redactSecrets(text, {})).toBe(expected);
  });

  it('B123: hides the values of variables that are named like secrets, the longest first', () => {
    const environment = {
      STRIPE_KEY: 'abcdef',
      DB_PASS: 'abcdefgh',
      NPM_TOKEN: 'x1',
      PWD: '/srv/app',
      HOME: '/root/me',
    };
    expect(redactSecrets('abcdefgh abcdef x1 /srv/app /root/me', environment)).toBe(
      '*** *** x1 /srv/app /root/me',
    );
  });
});
