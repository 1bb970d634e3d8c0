import { ConflictException, Injectable, NotFoundException } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import { DataSource, IsNull } from 'typeorm';
import { Copy } from './copy.entity.js';
import { Loan } from './loan.entity.js';
import { Member } from './member.entity.js';

const LOAN_DAYS = 28;
const DAY_MS = 86_400_000;

/** Lends copies and takes them back. */
@Injectable()
export class LoansService {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  open(): Promise<Loan[]> {
    return this.dataSource.manager.find(Loan, {
      where: { returnedAt: IsNull() },
      relations: { copy: true, member: true },
      order: { dueOn: 'ASC' },
    });
  }

  lend(barcode: string, email: string): Promise<Loan> {
    return this.dataSource.transaction(async (manager) => {
      const copy = await copyOf(manager, barcode);
      const member = await manager.findOneBy(Member, { email, isBlocked: false });
      if (member === null) throw new NotFoundException(`${email} may not borrow`);
      const isLent = await manager.existsBy(Loan, { copy: { id: copy.id }, returnedAt: IsNull() });
      if (isLent) throw new ConflictException(`${barcode} is lent`);
      const dueOn = new Date(Date.now() + LOAN_DAYS * DAY_MS).toISOString().slice(0, 10);
      return manager.save(Loan, { copy, member, branch: copy.branch, dueOn, returnedAt: null });
    });
  }

  async giveBack(id: number): Promise<Loan> {
    const loan = await this.dataSource.manager.findOneBy(Loan, { id, returnedAt: IsNull() });
    if (loan === null) throw new NotFoundException(`there is no open loan ${id}`);
    return this.dataSource.manager.save(Loan, { ...loan, returnedAt: new Date() });
  }
}

async function copyOf(manager: EntityManager, barcode: string): Promise<Copy> {
  const copy = await manager.findOne(Copy, { where: { barcode }, relations: { branch: true } });
  if (copy === null) throw new NotFoundException(`there is no copy ${barcode}`);
  return copy;
}
