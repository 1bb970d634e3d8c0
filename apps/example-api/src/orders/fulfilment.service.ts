import { ConflictException, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import { DataSource } from 'typeorm';
import { toCents } from '../common/money.js';
import { StockService } from '../inventory/stock.service.js';
import { Order, OrderStatus } from './order.entity.js';
import type { NewPayment, NewShipment } from './orders.input.js';
import type { OrderView } from './orders.service.js';
import { lockOrder, readOrder, wantedOf } from './orders.service.js';
import { CardPayment, PaymentStatus, TransferPayment } from './payment.entity.js';
import { Shipment } from './shipment.entity.js';

@Injectable()
export class FulfilmentService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly stock: StockService,
  ) {}

  /** Takes a payment; the order is paid when the payments reach its total. */
  async pay(number: string, payment: NewPayment): Promise<OrderView> {
    await this.dataSource.transaction(async (manager) => {
      const order = await expectStatus(manager, number, OrderStatus.Pending);
      const paid = { ...payment, order: { id: order.id }, status: PaymentStatus.Captured };
      await manager.save(
        'iban' in paid ? manager.create(TransferPayment, paid) : manager.create(CardPayment, paid),
      );
      const sum = order.payments.reduce(
        (total, { amount }) => total + toCents(amount),
        toCents(payment.amount),
      );
      if (sum < toCents(order.total)) return;
      await manager.update(Order, { id: order.id }, { status: OrderStatus.Paid });
    });
    return readOrder(this.dataSource.manager, number);
  }

  async ship(number: string, shipment: NewShipment): Promise<OrderView> {
    await this.dataSource.transaction(async (manager) => {
      const order = await expectStatus(manager, number, OrderStatus.Paid);
      const wanted = wantedOf(order.lines);
      await this.stock.ship(manager, {
        warehouseId: order.warehouse.id,
        reference: number,
        wanted,
      });
      await manager.insert(Shipment, { ...shipment, order: { id: order.id } });
      await manager.update(Order, { id: order.id }, { status: OrderStatus.Shipped });
    });
    return readOrder(this.dataSource.manager, number);
  }
}

async function expectStatus(
  manager: EntityManager,
  number: string,
  status: OrderStatus,
): Promise<OrderView> {
  const order = await lockOrder(manager, number);
  if (order.status === status) return order;
  throw new ConflictException(`the order is ${order.status}, not ${status}`);
}
