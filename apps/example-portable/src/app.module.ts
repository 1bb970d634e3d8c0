import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MigrationsModule } from '@nest-alembic/nestjs';
import { dataSourceOptions } from './database/data-source-options.js';
import { LibraryModule } from './library/library.module.js';

@Module({
  imports: [
    TypeOrmModule.forRoot({
      ...dataSourceOptions(process.env['DATABASE_URL']),
      autoLoadEntities: true,
    }),
    MigrationsModule.forRoot({ portableTypes: true }),
    LibraryModule,
  ],
})
export class AppModule {}
