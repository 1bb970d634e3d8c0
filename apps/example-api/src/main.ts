import { ConfigService } from '@nestjs/config';
import { NestFactory } from '@nestjs/core';
import { runMigrationCli } from '@nest-alembic/cli';
import { AppModule } from './app.module.js';
import type { AppConfig } from './config/app-config.js';

async function bootstrap(): Promise<void> {
  if (await runMigrationCli(AppModule)) return;
  const app = await NestFactory.create(AppModule);
  app.enableShutdownHooks();
  const config: ConfigService<AppConfig, true> = app.get(ConfigService);
  await app.listen(config.get('port', { infer: true }));
}

void bootstrap();
