import { ConflictException, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import { DataSource, In } from 'typeorm';
import { CustomerGroup } from '../customers/customer-group.entity.js';
import type { Customer } from '../customers/customer.entity.js';
import { Coupon } from './coupon.entity.js';
import type { NewCoupon } from './orders.input.js';

@Injectable()
export class CouponsService {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  get(code: string): Promise<Coupon> {
    return this.dataSource.manager.findOneOrFail(Coupon, {
      where: { code },
      relations: { customerGroups: true },
    });
  }

  async create({ groups = [], ...fields }: NewCoupon): Promise<Coupon> {
    await this.dataSource.transaction(async (manager) => {
      const customerGroups = await manager.findBy(CustomerGroup, { name: In(groups) });
      await manager.insert(Coupon, fields);
      await manager
        .createQueryBuilder()
        .relation(Coupon, 'customerGroups')
        .of(fields.code)
        .add(customerGroups.map(({ id }) => id));
    });
    return this.get(fields.code);
  }

  /**
   * Uses a coupon once for a customer.
   *
   * @throws ConflictException when it is not for this customer, not now, or used up
   */
  async redeem(manager: EntityManager, code: string, customer: Customer): Promise<Coupon> {
    const coupon = await manager.findOneOrFail(Coupon, {
      where: { code },
      relations: { customerGroups: true },
    });
    const groups = coupon.customerGroups.map(({ id }) => id);
    if (groups.length > 0 && !groups.includes(customer.group?.id ?? 0)) {
      throw new ConflictException('the coupon is not for this customer');
    }
    const { affected } = await manager
      .createQueryBuilder()
      .update(Coupon)
      .set({ usedCount: () => 'used_count + 1' })
      .where(
        'code = :code AND valid_from <= now() AND (valid_until IS NULL OR valid_until > now())',
        { code },
      )
      .andWhere('(max_uses IS NULL OR used_count < max_uses)')
      .execute();
    if (affected !== 1) throw new ConflictException('the coupon is not valid now, or used up');
    return coupon;
  }
}
