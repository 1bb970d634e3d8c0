import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { InventoryController } from './inventory.controller.js';
import { StockLevel } from './stock-level.entity.js';
import { StockMovement } from './stock-movement.entity.js';
import { StockService } from './stock.service.js';
import { Warehouse } from './warehouse.entity.js';

@Module({
  imports: [TypeOrmModule.forFeature([StockLevel, StockMovement, Warehouse])],
  controllers: [InventoryController],
  providers: [StockService],
  exports: [StockService],
})
export class InventoryModule {}
