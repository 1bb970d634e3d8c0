import { Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { AuditModule } from './audit/audit.module.js';
import { CatalogModule } from './catalog/catalog.module.js';
import { DatabaseErrorInterceptor } from './common/database-error.interceptor.js';
import { ContentModule } from './content/content.module.js';
import { CustomersModule } from './customers/customers.module.js';
import { InventoryModule } from './inventory/inventory.module.js';
import { OrdersModule } from './orders/orders.module.js';
import { ReportsModule } from './reports/reports.module.js';

/** Everything that the shop does, without database and migrations. */
@Module({
  imports: [
    AuditModule,
    CatalogModule,
    ContentModule,
    CustomersModule,
    InventoryModule,
    OrdersModule,
    ReportsModule,
  ],
  providers: [{ provide: APP_INTERCEPTOR, useClass: DatabaseErrorInterceptor }],
})
export class ShopModule {}
