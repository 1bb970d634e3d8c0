import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMigrator, type Migrator } from '@nest-alembic/core';
import { connectSqlite, fingerprintSqlite } from '@nest-alembic/testing';
import {
  Check,
  Column,
  CreateDateColumn,
  DataSource,
  type DataSourceOptions,
  Entity,
  EntitySchema,
  Index,
  JoinTable,
  ManyToMany,
  ManyToOne,
  OneToMany,
  PrimaryColumn,
  PrimaryGeneratedColumn,
  type Relation,
  Unique,
  UpdateDateColumn,
  VersionColumn,
  ViewColumn,
  ViewEntity,
} from 'typeorm';
import { migratorOptionsFor } from '../../index.js';
import { typeormConnection } from '../../runtime/typeorm-connection.js';

@Entity()
@Unique(['email'])
@Check('"age" >= 0')
class Account {
  @PrimaryGeneratedColumn() id!: number;
  @Column({ length: 50 }) @Index() email!: string;
  @Column({ default: 18 }) age!: number;
  @Column({ default: true }) isActive!: boolean;
  @Column({ type: 'simple-enum', enum: ['plain', 'odd'], default: 'plain' }) kind!: string;
  @Column('simple-json', { nullable: true }) settings!: unknown;
  @Column('simple-array') labels!: string[];
  @Column('decimal', { precision: 10, scale: 2, default: 0 }) balance!: number;
  @Column({ type: 'text', collation: 'NOCASE', nullable: true }) note!: string | null;
  @CreateDateColumn() createdAt!: Date;
  @UpdateDateColumn() updatedAt!: Date;
  @VersionColumn() version!: number;
  @OneToMany(() => Post, (post) => post.author) posts!: Relation<Post>[];
}

@Entity()
@Index('ix_draft', ['title'], { where: '"isDraft" = 1' })
class Post {
  @PrimaryGeneratedColumn('uuid') id!: string;
  @Column({ type: 'varchar', default: 'none' }) title!: string;
  @Column({ default: false }) isDraft!: boolean;
  @ManyToOne(() => Account, (account) => account.posts, { onDelete: 'CASCADE', nullable: false })
  author!: Relation<Account>;
  @ManyToMany(() => Tag) @JoinTable() tags!: Relation<Tag>[];
  @ManyToOne(() => Post, { nullable: true, onDelete: 'SET NULL' }) replyTo!: Relation<Post> | null;
}

@Entity()
class Tag {
  @PrimaryColumn() name!: string;
}

@ViewEntity({ expression: 'SELECT "id", "email" FROM "account" WHERE "isActive" = 1' })
class ActiveAccount {
  @ViewColumn() id!: number;
  @ViewColumn() email!: string;
}

/** Account, later. */
@Entity('account')
@Unique(['email'])
@Check('"age" >= 0')
class LaterAccount {
  @PrimaryGeneratedColumn() id!: number;
  @Column({ length: 80 }) @Index() email!: string;
  @Column({ default: 21 }) age!: number;
  @Column({ default: true }) isActive!: boolean;
  @Column({ type: 'simple-enum', enum: ['plain', 'odd'], default: 'plain' }) kind!: string;
  @Column('simple-json', { nullable: true }) settings!: unknown;
  @Column('simple-array', { nullable: true }) labels!: string[] | null;
  @Column('decimal', { precision: 10, scale: 2, default: 0 }) balance!: number;
  @Column({ type: 'text', collation: 'NOCASE', nullable: true }) note!: string | null;
  @CreateDateColumn() createdAt!: Date;
  @UpdateDateColumn() updatedAt!: Date;
  @VersionColumn() version!: number;
  @Column({ type: 'varchar', nullable: true }) phone!: string | null;
  @OneToMany(() => LaterPost, (post) => post.author) posts!: Relation<LaterPost>[];
}

@Entity('post')
@Index('ix_draft', ['title'], { where: '"isDraft" = 1' })
class LaterPost {
  @PrimaryGeneratedColumn('uuid') id!: string;
  @Column({ type: 'varchar', default: 'none' }) title!: string;
  @Column({ default: false }) isDraft!: boolean;
  @ManyToOne(() => LaterAccount, (account) => account.posts, {
    onDelete: 'CASCADE',
    nullable: false,
  })
  author!: Relation<LaterAccount>;
  @ManyToMany(() => Tag) @JoinTable() tags!: Relation<Tag>[];
  @ManyToOne(() => LaterPost, { nullable: true, onDelete: 'SET NULL' })
  replyTo!: Relation<LaterPost> | null;
}

const FIRST = [Account, Post, Tag, ActiveAccount];
const LATER = [LaterAccount, LaterPost, Tag, ActiveAccount];
const OWN = [
  'alembic_version',
  'alembic_version_log',
  'alembic_version_ledger',
  'typeorm_metadata',
];

let folder: string;
let sources: DataSource[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sqlite-autogenerate-'));
  sources = [];
});
afterEach(async () => {
  for (const source of sources) if (source.isInitialized) await source.destroy();
  rmSync(folder, { recursive: true });
});

async function open(file: string, entities: readonly unknown[], more = {}): Promise<DataSource> {
  const source = new DataSource({
    type: 'better-sqlite3',
    database: join(folder, file),
    entities: [...entities] as never,
    ...more,
  } as DataSourceOptions);
  sources.push(source);
  return source.initialize();
}

const migratorOf = (source: DataSource): Migrator =>
  createMigrator(migratorOptionsFor(source, { rootDirectory: folder }));

async function linesOf(file: string): Promise<readonly string[]> {
  const connection = await connectSqlite(join(folder, file));
  try {
    return await fingerprintSqlite(connection, { ignoredTables: OWN });
  } finally {
    await connection.close();
  }
}

it('makes the schema that synchronize makes, and finds nothing to do afterwards', async () => {
  await open('synchronized.db', FIRST, { synchronize: true });
  const migrator = migratorOf(await open('migrated.db', FIRST));
  await migrator.init();
  await migrator.revision({ autogenerate: true, message: 'first' });
  await migrator.upgrade('head');
  expect(await linesOf('migrated.db')).toEqual(await linesOf('synchronized.db'));
  expect(await migrator.check()).toMatchObject({
    upToDate: true,
    diff: { operations: [], questions: [] },
  });
  await migrator.downgrade('base');
  expect(await linesOf('migrated.db')).toEqual([]);
});

it('finds nothing to do in a database that synchronize has made', async () => {
  const migrator = migratorOf(await open('synchronized.db', FIRST, { synchronize: true }));
  await migrator.init();
  expect(await migrator.check()).toMatchObject({
    upToDate: true,
    diff: { operations: [], questions: [] },
  });
});

it('DL-37, LITE-18: changes a parent with rows and children by one new table, and loses none', async () => {
  const source = await open('migrated.db', FIRST);
  const first = migratorOf(source);
  await first.init();
  await first.revision({ autogenerate: true, message: 'first' });
  await first.upgrade('head');
  const before = await linesOf('migrated.db');
  const author = await source.getRepository(Account).save({ email: 'a@b', labels: ['x'] });
  await source.getRepository(Post).save({ title: 'hello', author });
  const migrator = migratorOf(await open('migrated.db', LATER));
  const { file = '' } = await migrator.revision({ autogenerate: true, message: 'later' });
  // The script from the beginning knows how the table is.
  const { sql = '' } = await migrator.upgrade('head', { sql: true });
  expect(sql.match(/DROP TABLE "account"/g)).toHaveLength(1);
  await migrator.upgrade('head');
  expect(await migrator.check()).toMatchObject({
    upToDate: true,
    diff: { operations: [], questions: [] },
  });
  const rows = async (query: string) => (await source.query(query)) as unknown[];
  expect(await rows('SELECT "title", "authorId" FROM "post"')).toEqual([
    { title: 'hello', authorId: author.id },
  ]);
  expect(await rows('SELECT "email", "age", "phone" FROM "account"')).toEqual([
    { email: 'a@b', age: 18, phone: null },
  ]);
  expect(readFileSync(file, 'utf8')).toContain('account');
  await migrator.downgrade('-1');
  expect(await linesOf('migrated.db')).toEqual(before);
});

describe('a simple-enum, which is a check without a name', () => {
  const withKind = (column?: object): EntitySchema =>
    new EntitySchema({
      name: 'Thing',
      columns: {
        id: { type: Number, primary: true, generated: 'increment' },
        ...(column && { kind: column }),
      } as never,
    });
  const of = (...values: readonly string[]): object => ({
    type: 'simple-enum',
    enum: [...values],
    default: values[0],
  });

  it.each<readonly [string, object | undefined, string | null]>([
    ['gets another value', of('a', 'b,c', 'c'), 'a'],
    ['loses one', of('a'), 'a'],
    ['gets other values and a type', { ...of('a', 'c'), nullable: true }, 'a'],
    ['becomes a text', { type: 'varchar', default: 'z' }, 'a'],
    ['goes with its column', undefined, null],
  ])('%s: there, here and back', async (_, column, kept) => {
    const source = await open('kind.db', [withKind(of('a', 'b,c'))]);
    const first = migratorOf(source);
    await first.init();
    await first.revision({ autogenerate: true, message: 'first' });
    await first.upgrade('head');
    const before = await linesOf('kind.db');
    await source.query('INSERT INTO thing DEFAULT VALUES');
    await open('synchronized.db', [withKind(column)], { synchronize: true });
    const migrator = migratorOf(await open('kind.db', [withKind(column)]));
    await migrator.revision({ autogenerate: true, message: 'kind', allowDestructive: true });
    await migrator.upgrade('head');
    expect(await linesOf('kind.db')).toEqual(await linesOf('synchronized.db'));
    expect(await migrator.check()).toMatchObject({ upToDate: true });
    const [row] = await source.query('SELECT * FROM thing');
    expect(row.kind ?? null).toBe(kept);
    const { sql = '' } = await migrator.upgrade('base:head', { sql: true });
    const script = await open('script.db', [withKind(column)]);
    await (await typeormConnection(script)).script(sql.replace('.bail on', ''));
    expect(await linesOf('script.db')).toEqual(await linesOf('synchronized.db'));
    await migrator.downgrade('-1');
    expect(await linesOf('kind.db')).toEqual(before);
  });
});
