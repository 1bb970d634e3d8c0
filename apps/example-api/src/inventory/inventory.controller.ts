import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { input } from '../common/input/input.pipe.js';
import { text } from '../common/input/values.js';
import type { NewMovement, NewWarehouse } from './inventory.input.js';
import { newMovement, newWarehouse } from './inventory.input.js';
import type { StockReport } from './stock.service.js';
import { StockService } from './stock.service.js';
import { Warehouse } from './warehouse.entity.js';

@Controller()
export class InventoryController {
  constructor(
    @InjectRepository(Warehouse) private readonly warehouses: Repository<Warehouse>,
    private readonly stock: StockService,
  ) {}

  @Get('warehouses')
  listWarehouses(): Promise<Warehouse[]> {
    return this.warehouses.find({ order: { code: 'ASC' } });
  }

  @Post('warehouses')
  createWarehouse(@Body(input(newWarehouse)) warehouse: NewWarehouse): Promise<Warehouse> {
    return this.warehouses.save(this.warehouses.create(warehouse));
  }

  @Get('stock/:sku')
  report(@Param('sku', input(text(40))) sku: string): Promise<StockReport> {
    return this.stock.report(sku);
  }

  @Post('stock/movements')
  move(@Body(input(newMovement)) movement: NewMovement): Promise<StockReport> {
    return this.stock.move(movement);
  }
}
