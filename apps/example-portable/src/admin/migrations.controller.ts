import { timingSafeEqual } from 'node:crypto';
import { Controller, Get, Headers, HttpCode, Post, UnauthorizedException } from '@nestjs/common';
import { MigrationService } from '@nest-alembic/nestjs';
import { readSettings } from '../config/settings.js';

/** What the database is at, for who knows the token. */
@Controller('admin/migrations')
export class MigrationsController {
  constructor(private readonly migrations: MigrationService) {}

  @Get()
  async state(@Headers('x-admin-token') token: unknown) {
    assertToken(token);
    const { rows } = await this.migrations.current();
    return { current: rows, isAtHead: await this.migrations.isAtHead() };
  }

  @Post('upgrade')
  @HttpCode(200)
  async upgrade(@Headers('x-admin-token') token: unknown) {
    assertToken(token);
    const { steps, rows } = await this.migrations.upgrade('head');
    return { applied: steps.length, current: rows };
  }
}

/** @throws UnauthorizedException for a wrong token, and for any where none is configured */
function assertToken(given: unknown): void {
  const [expected, said] = [readSettings(process.env).adminToken, given].map((token) =>
    Buffer.from(typeof token === 'string' ? token : ''),
  ) as [Buffer, Buffer];
  const isRight = expected.length === said.length && timingSafeEqual(expected, said);
  if (!isRight || expected.length === 0)
    throw new UnauthorizedException('the header x-admin-token is missing or wrong');
}
