import { Module } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import type { TypeOrmModuleOptions } from '@nestjs/typeorm';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { AppConfig } from '../config/app-config.js';
import { exampleDataSourceOptions } from './data-source-options.js';
import { FolderInUseError } from './embedded/folder-lock.js';

@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [ConfigService],
      useFactory: (config: ConfigService<AppConfig, true>): TypeOrmModuleOptions => {
        const url = config.get('databaseUrl', { infer: true });
        const folder = config.get('dataDirectory', { infer: true });
        return {
          ...exampleDataSourceOptions(url === undefined ? { folder } : { url }),
          autoLoadEntities: true,
          // A server may be starting; a folder that another process has open will not get free by waiting.
          toRetry: (error: unknown) => !(error instanceof FolderInUseError),
        };
      },
    }),
  ],
})
export class DatabaseModule {}
