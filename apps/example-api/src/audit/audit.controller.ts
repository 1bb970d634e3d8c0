import { Controller, Get, Query, UseGuards } from '@nestjs/common';
import { AdminTokenGuard } from '../admin/admin-token.guard.js';
import { input } from '../common/input/input.pipe.js';
import { object } from '../common/input/reader.js';
import type { Page } from '../common/paging.js';
import { pageFields } from '../common/paging.js';
import type { AuditEntry } from './audit-entry.entity.js';
import { AuditService } from './audit.service.js';

@Controller('audit/entries')
@UseGuards(AdminTokenGuard)
export class AuditController {
  constructor(private readonly audit: AuditService) {}

  @Get()
  list(@Query(input(object(pageFields))) page: Page): Promise<AuditEntry[]> {
    return this.audit.list(page);
  }
}
