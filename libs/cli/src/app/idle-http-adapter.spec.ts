import { Controller, Get, Injectable, Module } from '@nestjs/common';
import { HttpAdapterHost, NestFactory } from '@nestjs/core';
import { IdleHttpAdapter } from './idle-http-adapter.js';

let seen: unknown;

@Injectable()
class Curious {
  constructor(host: HttpAdapterHost) {
    const instance = host.httpAdapter.getInstance() as Record<
      string,
      (...args: unknown[]) => Record<string, () => unknown>
    >;
    seen = instance['route']?.('/x')['get']?.();
    host.httpAdapter.getHttpServer().on('upgrade', () => undefined);
  }
}

@Controller()
class AppController {
  @Get()
  get(): string {
    return '';
  }
}

@Module({ controllers: [AppController], providers: [Curious] })
class AppModule {}

describe('the HTTP adapter that serves nothing', () => {
  it('builds an app whose constructors touch the framework and the server', async () => {
    const app = await NestFactory.create(AppModule, new IdleHttpAdapter(), {
      logger: false,
      abortOnError: false,
    });
    expect(seen).toBeDefined();
    await app.close();
  });

  it('is no promise: awaiting its instance ends', async () => {
    await expect(Promise.race([new IdleHttpAdapter().getInstance(), 'too late'])).resolves.not.toBe(
      'too late',
    );
  });
});
