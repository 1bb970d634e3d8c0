import { BadRequestException, Body, Controller, Get, Param, Post } from '@nestjs/common';
import type { Loan } from './loan.entity.js';
import { LoansService } from './loans.service.js';

@Controller('loans')
export class LoansController {
  constructor(private readonly loans: LoansService) {}

  /** What has not come back yet. */
  @Get()
  open(): Promise<Loan[]> {
    return this.loans.open();
  }

  /** Lends a copy: `{ "barcode": "…", "email": "…" }`. */
  @Post()
  lend(@Body() body: { readonly barcode?: unknown; readonly email?: unknown }): Promise<Loan> {
    const { barcode, email } = body;
    if (typeof barcode !== 'string' || typeof email !== 'string')
      throw new BadRequestException('give barcode and email as texts');
    return this.loans.lend(barcode, email);
  }

  @Post(':id/return')
  giveBack(@Param('id') id: string): Promise<Loan> {
    return this.loans.giveBack(Number(id));
  }
}
