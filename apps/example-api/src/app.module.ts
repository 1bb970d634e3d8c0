import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { MigrationsModule } from '@nest-alembic/nestjs';
import { AdminModule } from './admin/admin.module.js';
import type { AppConfig } from './config/app-config.js';
import { appRoot, readConfig } from './config/app-config.js';
import { DatabaseModule } from './database/database.module.js';
import { ShopModule } from './shop.module.js';

@Module({
  imports: [
    ConfigModule.forRoot({
      isGlobal: true,
      envFilePath: join(appRoot, '.env'),
      load: [() => readConfig(process.env)],
    }),
    DatabaseModule,
    MigrationsModule.forRootAsync({
      inject: [ConfigService],
      useFactory: (config: ConfigService<AppConfig, true>) => ({
        autoUpgrade: config.get('autoUpgrade', { infer: true }),
        directory: config.get('migrationsDirectory', { infer: true }),
        // The operator names the folder: it may lie anywhere.
        allowOutside: true,
      }),
    }),
    ShopModule,
    AdminModule,
  ],
})
export class AppModule {}
