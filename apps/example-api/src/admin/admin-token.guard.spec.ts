import type { ExecutionContext } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import type { AppConfig } from '../config/app-config.js';
import { readConfig } from '../config/app-config.js';
import { AdminTokenGuard } from './admin-token.guard.js';

function ask(configured: string | undefined, headers: Record<string, unknown>): boolean {
  const config = new ConfigService<AppConfig, true>({ ...readConfig({ ADMIN_TOKEN: configured }) });
  const context = { switchToHttp: () => ({ getRequest: () => ({ headers }) }) };
  return new AdminTokenGuard(config).canActivate(context as unknown as ExecutionContext);
}

describe('AdminTokenGuard', () => {
  it('lets the token through', () => {
    expect(ask('secret', { 'x-admin-token': 'secret' })).toBe(true);
  });

  it.each([
    ['no header', {}],
    ['another token', { 'x-admin-token': 'Secret' }],
    ['the beginning of the token', { 'x-admin-token': 'secre' }],
    ['a longer one', { 'x-admin-token': 'secret ' }],
    ['an empty one', { 'x-admin-token': '' }],
    ['a header sent twice', { 'x-admin-token': ['secret', 'secret'] }],
  ])('refuses %s', (_what, headers) => {
    expect(() => ask('secret', headers)).toThrow('missing or wrong');
  });

  it.each([undefined, '', '  '])(
    'refuses everything when the configured token is %p',
    (configured) => {
      for (const given of ['', '  ', 'undefined', 'secret']) {
        expect(() => ask(configured, { 'x-admin-token': given })).toThrow('not configured');
      }
    },
  );
});
