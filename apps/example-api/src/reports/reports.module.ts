import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BestSeller } from './best-seller.view.js';
import { ProductSales } from './product-sales.view.js';
import { ReportsController } from './reports.controller.js';

@Module({
  imports: [TypeOrmModule.forFeature([ProductSales, BestSeller])],
  controllers: [ReportsController],
})
export class ReportsModule {}
