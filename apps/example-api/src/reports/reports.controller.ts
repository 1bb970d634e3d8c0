import { Controller, Get } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThanOrEqual, Repository } from 'typeorm';
import { BestSeller } from './best-seller.view.js';
import { ProductSales } from './product-sales.view.js';

@Controller('reports')
export class ReportsController {
  constructor(
    @InjectRepository(ProductSales) private readonly sales: Repository<ProductSales>,
    @InjectRepository(BestSeller) private readonly bestSellers: Repository<BestSeller>,
  ) {}

  @Get('product-sales')
  productSales(): Promise<ProductSales[]> {
    return this.sales.find({ order: { productName: 'ASC' } });
  }

  @Get('best-sellers')
  top(): Promise<BestSeller[]> {
    return this.bestSellers.find({
      where: { place: LessThanOrEqual('10') },
      order: { place: 'ASC' },
    });
  }
}
