import { createHash, timingSafeEqual } from 'node:crypto';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { ForbiddenException, Injectable, UnauthorizedException } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import type { AppConfig } from '../config/app-config.js';

/** Header that carries the token. */
export const ADMIN_TOKEN_HEADER = 'x-admin-token';

/** Lets through who knows ADMIN_TOKEN; where none is configured, nobody. */
@Injectable()
export class AdminTokenGuard implements CanActivate {
  constructor(private readonly config: ConfigService<AppConfig, true>) {}

  canActivate(context: ExecutionContext): boolean {
    const expected = this.config.get('adminToken', { infer: true });
    if (expected === undefined) throw new ForbiddenException('ADMIN_TOKEN is not configured');
    const request = context.switchToHttp().getRequest<{ headers: Record<string, unknown> }>();
    const given = request.headers[ADMIN_TOKEN_HEADER];
    if (typeof given === 'string' && isSame(given, expected)) return true;
    throw new UnauthorizedException(`the header ${ADMIN_TOKEN_HEADER} is missing or wrong`);
  }
}

/** Compares digests, which have one length: neither the time nor the length tells about the token. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
