import { ConflictException, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import { DataSource } from 'typeorm';
import { ProductVariant } from '../catalog/product-variant.entity.js';
import type { NewMovement } from './inventory.input.js';
import { StockLevel } from './stock-level.entity.js';
import { MovementReason, StockMovement } from './stock-movement.entity.js';
import { Warehouse } from './warehouse.entity.js';

/** How many of a variant an order wants. */
export interface Wanted {
  readonly variantId: string;
  readonly quantity: number;
}

/** The stock of one variant, by warehouse. */
export interface StockReport {
  readonly sku: string;
  readonly levels: readonly StockLevel[];
}

@Injectable()
export class StockService {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** @throws EntityNotFoundError */
  async report(sku: string): Promise<StockReport> {
    const { manager } = this.dataSource;
    const { id } = await manager.findOneByOrFail(ProductVariant, { sku });
    const levels = await manager.find(StockLevel, {
      where: { variantId: id },
      relations: { warehouse: true },
      order: { warehouseId: 'ASC' },
    });
    return { sku, levels };
  }

  /** Writes the journal and brings the level up to date; a level below zero is refused by the database. */
  move({ warehouse, sku, ...movement }: NewMovement): Promise<StockReport> {
    return this.dataSource
      .transaction(async (manager) => {
        const { id: warehouseId } = await manager.findOneByOrFail(Warehouse, { code: warehouse });
        const { id: variantId } = await manager.findOneByOrFail(ProductVariant, { sku });
        await manager.insert(StockMovement, { warehouseId, variantId, ...movement });
        const level = { warehouseId, variantId };
        await manager
          .createQueryBuilder()
          .insert()
          .into(StockLevel)
          .values(level)
          .orIgnore()
          .execute();
        await manager.increment(StockLevel, level, 'quantity', movement.delta);
      })
      .then(() => this.report(sku));
  }

  /**
   * Reserves everything in one warehouse that has it all.
   *
   * @throws ConflictException when none has
   */
  async reserve(manager: EntityManager, wanted: readonly Wanted[]): Promise<Warehouse> {
    for (const warehouse of await manager.find(Warehouse, {
      where: { active: true },
      order: { id: 'ASC' },
    })) {
      if (await this.reserveIn(manager, warehouse.id, wanted)) return warehouse;
    }
    throw new ConflictException('no warehouse has enough of everything');
  }

  /** Gives back what an order holds. */
  async release(
    manager: EntityManager,
    warehouseId: number,
    wanted: readonly Wanted[],
  ): Promise<void> {
    for (const { variantId, quantity } of wanted) {
      await manager.decrement(StockLevel, { warehouseId, variantId }, 'reserved', quantity);
    }
  }

  /** Takes what an order holds out of the warehouse. */
  async ship(
    manager: EntityManager,
    {
      warehouseId,
      reference,
      wanted,
    }: { warehouseId: number; reference: string; wanted: readonly Wanted[] },
  ): Promise<void> {
    for (const { variantId, quantity } of wanted) {
      await manager.query(
        `UPDATE stock_level SET quantity = quantity - $3, reserved = reserved - $3
         WHERE warehouse_id = $1 AND variant_id = $2`,
        [warehouseId, variantId, quantity],
      );
      await manager.insert(StockMovement, {
        warehouseId,
        variantId,
        delta: -quantity,
        reason: MovementReason.Sale,
        reference,
      });
    }
  }

  /** Locks the levels in the order of their keys, so that two orders never wait for each other. */
  private async reserveIn(
    manager: EntityManager,
    warehouseId: number,
    wanted: readonly Wanted[],
  ): Promise<boolean> {
    const levels: { variant_id: string; free: number }[] = await manager.query(
      `SELECT variant_id, quantity - reserved AS free FROM stock_level
       WHERE warehouse_id = $1 AND variant_id = ANY ($2) ORDER BY variant_id FOR UPDATE`,
      [warehouseId, wanted.map(({ variantId }) => variantId)],
    );
    const free = new Map(levels.map((level) => [level.variant_id, level.free]));
    if (wanted.some(({ variantId, quantity }) => (free.get(variantId) ?? 0) < quantity))
      return false;
    for (const { variantId, quantity } of wanted) {
      await manager.increment(StockLevel, { warehouseId, variantId }, 'reserved', quantity);
    }
    return true;
  }
}
