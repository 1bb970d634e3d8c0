import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MigrationsModule } from '@nest-alembic/nestjs';
import { MigrationsController } from './admin/migrations.controller.js';
import { readSettings } from './config/settings.js';
import { dataSourceOptions } from './database/data-source-options.js';
import { LibraryModule } from './library/library.module.js';

const { databaseUrl, autoUpgrade, migrationsDirectory } = readSettings(process.env);

@Module({
  imports: [
    TypeOrmModule.forRoot({ ...dataSourceOptions(databaseUrl), autoLoadEntities: true }),
    MigrationsModule.forRoot({
      portableTypes: true,
      autoUpgrade,
      directory: migrationsDirectory,
      // The operator names the folder: it may lie anywhere.
      allowOutside: true,
    }),
    LibraryModule,
  ],
  controllers: [MigrationsController],
})
export class AppModule {}
