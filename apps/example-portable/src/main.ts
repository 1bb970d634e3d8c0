import { NestFactory } from '@nestjs/core';
import { runMigrationCli } from '@nest-alembic/cli';
import { AppModule } from './app.module.js';

async function bootstrap(): Promise<void> {
  if (await runMigrationCli(AppModule)) return;
  const app = await NestFactory.create(AppModule);
  app.enableShutdownHooks();
  await app.listen(Number(process.env['PORT'] ?? 3000));
}

void bootstrap();
