import { Global, Inject, Injectable, Module } from '@nestjs/common';
import type { DynamicModule, OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { Operations, RevisionModule } from '@nest-alembic/core';
import { DataSource } from 'typeorm';

/** Two revisions in a row, as modules. */
export const shopRevisions: readonly RevisionModule[] = [
  {
    revision: 'a1a1a1a1a1a1',
    downRevision: null,
    message: 'add accounts',
    upgrade: async (op: Operations) => {
      await op.createTable('account', (t) => [t.column('id', 'bigint', { nullable: false })]);
    },
    downgrade: async (op: Operations) => {
      await op.dropTable('account');
    },
  },
  {
    revision: 'b2b2b2b2b2b2',
    downRevision: 'a1a1a1a1a1a1',
    message: 'add orders',
    upgrade: async (op: Operations) => {
      await op.createTable('order', (t) => [t.column('id', 'bigint', { nullable: false })]);
    },
    downgrade: async (op: Operations) => {
      await op.dropTable('order');
    },
  },
];

/** The module of TypeORM for a test database. */
export function typeOrm(url: string, other: object = {}): DynamicModule {
  return TypeOrmModule.forRoot({ type: 'postgres', url, retryAttempts: 1, ...other });
}

/** Queries a table of the second revision in its hook, as caches that warm up do. */
@Injectable()
export class OrderCache implements OnModuleInit {
  orders: number | undefined;

  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  async onModuleInit(): Promise<void> {
    const rows: { n: number }[] = await this.dataSource.query(
      'SELECT count(*)::int AS n FROM "order"',
    );
    this.orders = rows[0]?.n;
  }
}

@Module({ providers: [OrderCache] })
class DeepestModule {}

@Module({ imports: [DeepestModule] })
class DeepModule {}

/** Has {@link OrderCache} two modules below. */
@Module({ imports: [DeepModule] })
export class FeatureModule {}

/** Has it in a global module, whose hooks Nest calls among the first. */
@Global()
@Module({ providers: [OrderCache], exports: [OrderCache] })
export class GlobalCacheModule {}
