import { Controller, Get, HttpCode, Post, UseGuards } from '@nestjs/common';
import type { RevisionInfo } from '@nest-alembic/nestjs';
import { MigrationService } from '@nest-alembic/nestjs';
import { AdminTokenGuard } from './admin-token.guard.js';

/** A revision as the admin endpoints show it. */
interface RevisionView {
  readonly revision: string;
  readonly message: string;
}

/** What the database is at, and what it should be at. */
interface MigrationState {
  readonly current: readonly string[];
  readonly heads: readonly RevisionView[];
  readonly isAtHead: boolean;
  readonly history: readonly RevisionView[];
}

/** What an upgrade has done. */
interface UpgradeReport {
  readonly applied: readonly string[];
  readonly current: readonly string[];
}

@Controller('admin/migrations')
@UseGuards(AdminTokenGuard)
export class MigrationsController {
  constructor(private readonly migrations: MigrationService) {}

  @Get()
  async state(): Promise<MigrationState> {
    const { rows } = await this.migrations.current();
    return {
      current: rows,
      heads: (await this.migrations.heads()).map(viewOf),
      isAtHead: await this.migrations.isAtHead(),
      history: (await this.migrations.history()).map(viewOf),
    };
  }

  @Post('upgrade')
  @HttpCode(200)
  async upgrade(): Promise<UpgradeReport> {
    const { steps, rows } = await this.migrations.upgrade('heads');
    return { applied: steps.flatMap(({ revision }) => revision?.id ?? []), current: rows };
  }
}

function viewOf({ id, message }: RevisionInfo): RevisionView {
  return { revision: id, message };
}
