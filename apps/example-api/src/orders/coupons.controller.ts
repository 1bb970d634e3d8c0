import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { input } from '../common/input/input.pipe.js';
import { text } from '../common/input/values.js';
import type { Coupon } from './coupon.entity.js';
import { CouponsService } from './coupons.service.js';
import type { NewCoupon } from './orders.input.js';
import { newCoupon } from './orders.input.js';

@Controller('coupons')
export class CouponsController {
  constructor(private readonly coupons: CouponsService) {}

  @Get(':code')
  get(@Param('code', input(text(32))) code: string): Promise<Coupon> {
    return this.coupons.get(code);
  }

  @Post()
  create(@Body(input(newCoupon)) coupon: NewCoupon): Promise<Coupon> {
    return this.coupons.create(coupon);
  }
}
