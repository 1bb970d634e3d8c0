import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { input } from '../common/input/input.pipe.js';
import { FulfilmentService } from './fulfilment.service.js';
import type { NewOrder, NewPayment, NewShipment } from './orders.input.js';
import { newOrder, newPayment, newShipment, orderNumber } from './orders.input.js';
import type { OrderView } from './orders.service.js';
import { OrdersService } from './orders.service.js';

@Controller('orders')
export class OrdersController {
  constructor(
    private readonly orders: OrdersService,
    private readonly fulfilment: FulfilmentService,
  ) {}

  @Get(':number')
  get(@Param('number', input(orderNumber)) number: string): Promise<OrderView> {
    return this.orders.get(number);
  }

  @Post()
  place(@Body(input(newOrder)) order: NewOrder): Promise<OrderView> {
    return this.orders.place(order);
  }

  @Post(':number/payments')
  pay(
    @Param('number', input(orderNumber)) number: string,
    @Body(input(newPayment)) payment: NewPayment,
  ): Promise<OrderView> {
    return this.fulfilment.pay(number, payment);
  }

  @Post(':number/shipment')
  ship(
    @Param('number', input(orderNumber)) number: string,
    @Body(input(newShipment)) shipment: NewShipment,
  ): Promise<OrderView> {
    return this.fulfilment.ship(number, shipment);
  }

  @Post(':number/cancellation')
  cancel(@Param('number', input(orderNumber)) number: string): Promise<OrderView> {
    return this.orders.cancel(number);
  }
}
