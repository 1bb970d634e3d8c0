import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import type { TestingModule } from '@nestjs/testing';
import { getRepositoryToken, TypeOrmModule } from '@nestjs/typeorm';
import type { Operations, RevisionModule } from '@nest-alembic/core';
import { Column, DataSource, Entity, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import type { DataSourceOptions, Repository } from 'typeorm';
import { migratedDataSource } from './migrated-data-source.js';
import { MigrationService } from './migration.service.js';
import { MigrationsModule } from './migrations.module.js';

@Entity()
class Author {
  @PrimaryGeneratedColumn() id!: number;
  @Column('text', { default: 'nobody' }) name!: string;
}

@Entity()
class Book {
  @PrimaryGeneratedColumn() id!: number;
  @ManyToOne(() => Author, { onDelete: 'CASCADE' }) author!: Author;
}

/** The second one makes a table anew that rows of another refer to. */
const revisions: readonly RevisionModule[] = [
  {
    revision: 'a1a1a1a1a1a1',
    downRevision: null,
    upgrade: async (op: Operations) => {
      await op.createTable('author', (t) => [
        t.column('id', 'integer', { nullable: false, autoIncrement: true }),
        t.column('name', 'text'),
        t.primaryKey(['id']),
      ]);
      await op.createTable('book', (t) => [
        t.column('id', 'integer', { nullable: false, autoIncrement: true }),
        t.column('authorId', 'integer'),
        t.primaryKey(['id']),
        t.foreignKey(['authorId'], 'author', ['id'], { name: 'fk', onDelete: 'cascade' }),
      ]);
      await op.bulkInsert('author', [{ id: 1, name: 'Ann' }]);
      await op.bulkInsert('book', [{ id: 1, authorId: 1 }]);
    },
    downgrade: async (op: Operations) => {
      await op.dropTable('book');
      await op.dropTable('author');
    },
  },
  {
    revision: 'b2b2b2b2b2b2',
    downRevision: 'a1a1a1a1a1a1',
    upgrade: (op: Operations) =>
      op.alterColumn('author', 'name', { nullable: false, default: 'nobody' }),
    downgrade: (op: Operations) =>
      op.alterColumn('author', 'name', { nullable: true, default: null }),
  },
];

/** Reads when the app starts. */
@Injectable()
class Shelf implements OnModuleInit {
  books = 0;

  constructor(@Inject(getRepositoryToken(Book)) readonly repository: Repository<Book>) {}

  async onModuleInit(): Promise<void> {
    this.books = await this.repository.count();
  }
}

const IN_MEMORY: readonly DataSourceOptions[] = [
  { type: 'better-sqlite3', database: ':memory:' },
  { type: 'sqljs' },
];

describe.each(IN_MEMORY)('the module of a test, with $type in memory', (options) => {
  const open: TestingModule[] = [];
  afterEach(async () => {
    for (const module of open.splice(0)) await module.close();
  });

  const start = async (isEarly = false): Promise<TestingModule> => {
    const migrations = { revisions, autoUpgrade: 'upgrade', statementLockTimeoutMs: 50 } as const;
    const orm = { ...options, entities: [Author, Book], retryAttempts: 1 };
    const module = await Test.createTestingModule({
      imports: [
        isEarly
          ? TypeOrmModule.forRootAsync({
              useFactory: () => orm,
              dataSourceFactory: migratedDataSource(migrations),
            })
          : TypeOrmModule.forRoot(orm),
        TypeOrmModule.forFeature([Author, Book]),
        MigrationsModule.forRoot(migrations),
      ],
      providers: [Shelf],
    }).compile();
    open.push(module);
    return module.init();
  };
  const rowsOf = (module: TestingModule, sql: string): Promise<unknown> =>
    module.get(DataSource).query(sql);

  it.each([
    ['before any hook', false],
    ['before any provider', true],
  ])('is migrated %s, and has its foreign keys back', async (_, isEarly) => {
    const module = await start(isEarly);
    expect(module.get(Shelf).books).toBe(1);
    expect(await module.get(MigrationService).check()).toMatchObject({ upToDate: true });
    expect(await rowsOf(module, 'PRAGMA foreign_keys')).toEqual([{ foreign_keys: 1 }]);
    await module.get(DataSource).getRepository(Author).delete({ id: 1 });
    expect(await rowsOf(module, 'SELECT count(*) AS n FROM book')).toEqual([{ n: 0 }]);
  });

  it('has a database of its own, which is gone with it', async () => {
    const [one, other] = [await start(), await start()];
    await rowsOf(one, 'DELETE FROM author');
    expect(await rowsOf(other, 'SELECT count(*) AS n FROM author')).toEqual([{ n: 1 }]);
  });

  it('keeps a transaction of the app that is open meanwhile', async () => {
    const module = await start();
    const service = module.get(MigrationService);
    await module.get(DataSource).transaction(async (manager) => {
      await manager.insert(Author, { name: 'Bea' });
      expect((await service.current()).isAtHead).toBe(true);
      expect((await service.check()).upToDate).toBe(true);
      await expect(service.downgrade('-1')).rejects.toMatchObject({ code: 'E5015' });
      await manager.insert(Author, { name: 'Cid' });
    });
    expect(await rowsOf(module, 'SELECT name FROM author ORDER BY id')).toEqual([
      { name: 'Ann' },
      { name: 'Bea' },
      { name: 'Cid' },
    ]);
    expect(await rowsOf(module, 'PRAGMA foreign_keys')).toEqual([{ foreign_keys: 1 }]);
  });

  it('does two commands at once one after the other', async () => {
    const module = await start();
    const service = module.get(MigrationService);
    await service.downgrade('base');
    await Promise.all([service.upgrade('head'), service.upgrade('head')]);
    expect(await rowsOf(module, 'SELECT version_num FROM alembic_version')).toEqual([
      { version_num: 'b2b2b2b2b2b2' },
    ]);
    expect(await rowsOf(module, 'SELECT count(*) AS n FROM book')).toEqual([{ n: 1 }]);
    expect(await rowsOf(module, 'PRAGMA foreign_keys')).toEqual([{ foreign_keys: 1 }]);
  });
});
