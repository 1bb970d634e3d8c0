import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit/audit.module.js';
import { InventoryModule } from '../inventory/inventory.module.js';
import { Coupon } from './coupon.entity.js';
import { CouponsController } from './coupons.controller.js';
import { CouponsService } from './coupons.service.js';
import { FulfilmentService } from './fulfilment.service.js';
import { OrderLine } from './order-line.entity.js';
import { Order } from './order.entity.js';
import { OrdersController } from './orders.controller.js';
import { OrdersService } from './orders.service.js';
import { CardPayment, Payment, TransferPayment } from './payment.entity.js';
import { Shipment } from './shipment.entity.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([
      Coupon,
      Order,
      OrderLine,
      Payment,
      CardPayment,
      TransferPayment,
      Shipment,
    ]),
    AuditModule,
    InventoryModule,
  ],
  controllers: [OrdersController, CouponsController],
  providers: [OrdersService, FulfilmentService, CouponsService],
})
export class OrdersModule {}
