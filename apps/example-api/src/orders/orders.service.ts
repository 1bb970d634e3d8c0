import { randomBytes } from 'node:crypto';
import { BadRequestException, ConflictException, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import { DataSource, In } from 'typeorm';
import { AuditAction } from '../audit/audit-entry.entity.js';
import { AuditService } from '../audit/audit.service.js';
import { ProductVariant } from '../catalog/product-variant.entity.js';
import { fromCents, toCents } from '../common/money.js';
import { PublicationStatus } from '../common/publication-status.js';
import { Customer } from '../customers/customer.entity.js';
import type { Wanted } from '../inventory/stock.service.js';
import { StockService } from '../inventory/stock.service.js';
import { CouponsService } from './coupons.service.js';
import { spreadDiscount } from './discount.js';
import { OrderLine } from './order-line.entity.js';
import { Order, OrderStatus } from './order.entity.js';
import type { NewOrder } from './orders.input.js';

/** An order with its sum, which the database's line totals add up to. */
export type OrderView = Order & { readonly total: string };

@Injectable()
export class OrdersService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly stock: StockService,
    private readonly coupons: CouponsService,
    private readonly audit: AuditService,
  ) {}

  /** @throws EntityNotFoundError */
  get(number: string): Promise<OrderView> {
    return readOrder(this.dataSource.manager, number);
  }

  /** Reserves the stock, redeems the coupon and writes the order: all of it, or nothing. */
  async place(wanted: NewOrder): Promise<OrderView> {
    const number = `SO-${randomBytes(5).toString('hex').toUpperCase()}`;
    await this.dataSource.transaction(async (manager) => {
      const customer = await manager.findOneOrFail(Customer, {
        where: { id: wanted.customerId },
        relations: { group: true },
      });
      const lines = await pricedLines(manager, wanted);
      const warehouse = await this.stock.reserve(manager, wantedOf(lines));
      const coupon =
        wanted.couponCode === undefined
          ? null
          : await this.coupons.redeem(manager, wanted.couponCode, customer);
      const order = await manager.save(
        manager.create(Order, {
          number,
          customer,
          warehouse,
          coupon: coupon as never,
          shippingAddress: { ...wanted.shippingAddress },
          ...(wanted.note !== undefined && { note: wanted.note }),
        }),
      );
      const amounts = lines.map((line) => toCents(line.unitPrice) * BigInt(line.quantity));
      const discounts = coupon === null ? amounts.map(() => 0n) : spreadDiscount(amounts, coupon);
      for (const [index, line] of lines.entries()) {
        const discount = fromCents(discounts[index] ?? 0n);
        await manager.insert(OrderLine, {
          ...line,
          variant: { id: line.variant.id },
          orderId: order.id,
          lineNo: index + 1,
          discount,
        });
      }
      await this.audit.record(manager, {
        action: AuditAction.Create,
        subject: 'order',
        subjectId: number,
        customerId: customer.id,
        after: { lines: lines.length, coupon: coupon?.code ?? null },
      });
    });
    return this.get(number);
  }

  /** Gives the stock back. @throws ConflictException when the order has left the house */
  async cancel(number: string): Promise<OrderView> {
    await this.dataSource.transaction(async (manager) => {
      const order = await lockOrder(manager, number);
      if (order.status !== OrderStatus.Pending && order.status !== OrderStatus.Paid) {
        throw new ConflictException(`an order that is ${order.status} cannot be cancelled`);
      }
      await this.stock.release(manager, order.warehouse.id, wantedOf(order.lines));
      await manager.save(Object.assign(order, { status: OrderStatus.Cancelled }));
      await this.audit.record(manager, {
        action: AuditAction.Update,
        subject: 'order',
        subjectId: number,
        after: { status: OrderStatus.Cancelled },
      });
    });
    return this.get(number);
  }
}

/** Reads an order with all that belongs to it. @throws EntityNotFoundError */
export async function readOrder(manager: EntityManager, number: string): Promise<OrderView> {
  const order = await manager.findOneOrFail(Order, {
    where: { number },
    relations: {
      customer: true,
      warehouse: true,
      coupon: true,
      payments: true,
      shipment: true,
      lines: { variant: true },
    },
    order: { lines: { lineNo: 'ASC' }, payments: { createdAt: 'ASC' } },
  });
  const total = order.lines.reduce((sum, line) => sum + toCents(line.lineTotal), 0n);
  return Object.assign(order, { total: fromCents(total) });
}

/** Locks the order's row, so that its status changes one at a time, and reads it. */
export async function lockOrder(manager: EntityManager, number: string): Promise<OrderView> {
  const lock = { mode: 'pessimistic_write' } as const;
  await manager.findOneOrFail(Order, { where: { number }, lock });
  return readOrder(manager, number);
}

/** What the lines of an order want from the stock. */
export function wantedOf(lines: readonly Pick<OrderLine, 'variant' | 'quantity'>[]): Wanted[] {
  return lines.map(({ variant, quantity }) => ({ variantId: variant.id, quantity }));
}

async function pricedLines(
  manager: EntityManager,
  { lines }: NewOrder,
): Promise<Pick<OrderLine, 'variant' | 'quantity' | 'unitPrice'>[]> {
  const variants = await manager.find(ProductVariant, {
    where: {
      sku: In(lines.map(({ sku }) => sku)),
      product: { status: PublicationStatus.Published },
    },
  });
  const bySku = new Map(variants.map((variant) => [variant.sku, variant]));
  return lines.map(({ sku, quantity }) => {
    const variant = bySku.get(sku);
    if (variant === undefined) throw new BadRequestException(`"${sku}" is not for sale`);
    return { variant, quantity, unitPrice: variant.price };
  });
}
