import { Global, Inject, Module } from '@nestjs/common';
import type { DynamicModule, OnModuleInit } from '@nestjs/common';
import { ModulesContainer, NestFactory } from '@nestjs/core';
import { runHooksFirst } from './run-hooks-first.js';

let order: string[] = [];

class FirstModule implements OnModuleInit {
  constructor(@Inject(ModulesContainer) modules: ModulesContainer) {
    runHooksFirst(modules, FirstModule);
  }
  onModuleInit(): void {
    order.push('first');
  }
}
const first: DynamicModule = { module: FirstModule, global: true };

@Module({})
class DeepModule implements OnModuleInit {
  onModuleInit(): void {
    order.push('deep');
  }
}

@Global()
@Module({ imports: [DeepModule] })
class OtherGlobalModule implements OnModuleInit {
  onModuleInit(): void {
    order.push('global');
  }
}

describe('the hooks of one module before all others', () => {
  it.each([
    ['imported first', [first, OtherGlobalModule]],
    ['imported after a global module', [OtherGlobalModule, first]],
    ['imported after a deep module', [DeepModule, OtherGlobalModule, first]],
  ])('%s', async (_case, imports) => {
    order = [];
    class AppModule {}
    const app = await NestFactory.createApplicationContext(
      { module: AppModule, imports },
      { logger: false },
    );
    await app.close();
    expect(order[0]).toBe('first');
    expect(order.toSorted()).toEqual(['deep', 'first', 'global']);
  });
});
