import {
  Check,
  Column,
  type ColumnOptions,
  CreateDateColumn,
  DeleteDateColumn,
  Index,
  JoinColumn,
  JoinTable,
  ManyToMany,
  ManyToOne,
  OneToMany,
  OneToOne,
  PrimaryGeneratedColumn,
  type RelationOptions,
  Tree,
  TreeChildren,
  TreeParent,
  Unique,
  UpdateDateColumn,
  VersionColumn,
} from 'typeorm';
import type { Entities, Options } from './compare-schemas.fixture.js';
import { entityOf, type EntityParts, viewOf } from './entity-of.fixture.js';
import { SnakeNaming } from './snake-naming.fixture.js';

/** The model of an app, with the options that such apps have. */
export interface App {
  readonly entities: Entities;
  readonly options?: Options & { readonly before?: string };
}

type Part = Omit<EntityParts, 'name'>;
const text = (more: ColumnOptions = {}): ColumnOptions => ({
  type: 'varchar',
  length: 200,
  ...more,
});
const one = (target: string, options: RelationOptions = {}) => ManyToOne(target, options);
const many = (target: string, side: string) => OneToMany(target, side);

/** A service for many customers: uuids, snake case, a tenant in every table, soft deletion. */
function tenants(): App {
  const owned = (name: string, { columns = {}, properties = {}, decorators = [] }: Part = {}) =>
    entityOf({
      name,
      table: name.toLowerCase(),
      columns: { tenantId: { type: 'uuid' }, ...columns },
      properties: {
        id: PrimaryGeneratedColumn('uuid'),
        createdAt: CreateDateColumn({ type: 'timestamptz' }),
        updatedAt: UpdateDateColumn({ type: 'timestamptz' }),
        deletedAt: DeleteDateColumn({ type: 'timestamptz' }),
        tenant: [one('Tenant', { onDelete: 'CASCADE' }), JoinColumn({ name: 'tenantId' })],
        ...properties,
      },
      decorators: [Index(['tenantId']), ...decorators],
    });
  const entities = [
    entityOf({
      name: 'Tenant',
      table: 'tenant',
      columns: {
        slug: text({ unique: true }),
        plan: { type: 'enum', enum: ['free', 'pro'], default: 'free' },
      },
      properties: { id: PrimaryGeneratedColumn('uuid') },
    }),
    owned('Member', {
      columns: { email: { type: 'citext' }, settings: { type: 'jsonb', default: {} } },
      decorators: [Unique(['tenantId', 'email'])],
    }),
    owned('Role', {
      columns: { name: text(), permissions: { type: 'text', array: true, default: [] } },
    }),
    owned('Team', {
      columns: { name: text() },
      properties: { members: [ManyToMany('Member'), JoinTable()] },
    }),
    owned('Membership', {
      properties: {
        member: one('Member', { onDelete: 'CASCADE' }),
        role: one('Role', { onDelete: 'RESTRICT' }),
      },
    }),
    owned('Project', {
      columns: { title: text(), archived: { type: 'boolean', default: false } },
      properties: {
        lead: one('Member', { onDelete: 'SET NULL', nullable: true }),
        tasks: many('Task', 'project'),
      },
      decorators: [
        Index('project_open', ['tenantId', 'title'], { where: 'NOT archived', unique: true }),
      ],
    }),
    owned('Task', {
      columns: {
        title: text(),
        priority: { type: 'smallint', default: 3 },
        search: {
          type: 'tsvector',
          generatedType: 'STORED',
          nullable: true,
          asExpression: `to_tsvector('simple', title)`,
        },
      },
      properties: {
        project: one('Project', { onDelete: 'CASCADE' }),
        parent: one('Task', { nullable: true }),
      },
      decorators: [Check('priority BETWEEN 1 AND 5')],
    }),
    owned('Comment', {
      columns: { body: { type: 'text' } },
      properties: { task: one('Task'), author: one('Member') },
    }),
    owned('Label', {
      columns: { name: text({ length: 40 }) },
      properties: { tasks: [ManyToMany('Task'), JoinTable()] },
    }),
    owned('Attachment', {
      columns: { url: { type: 'text' }, bytes: { type: 'bigint', default: '0' } },
      properties: { task: one('Task') },
    }),
    owned('Invoice', {
      columns: {
        total: { type: 'numeric', precision: 12, scale: 2, default: 0 },
        period: { type: 'daterange' },
      },
    }),
    owned('Payment', {
      columns: { paid: { type: 'timestamptz', nullable: true } },
      properties: { invoice: [OneToOne('Invoice'), JoinColumn()] },
    }),
    owned('ApiKey', {
      columns: {
        hash: { type: 'bytea' },
        expires: { type: 'timestamptz', default: () => `now() + interval '90 days'` },
      },
    }),
    owned('Webhook', {
      columns: { events: { type: 'enum', enum: ['made', 'gone'], array: true, default: '{}' } },
    }),
    owned('AuditLog', {
      columns: { change: { type: 'jsonb' }, ip: { type: 'inet', nullable: true } },
    }),
  ];
  return { entities, options: { namingStrategy: new SnakeNaming(), uuidExtension: 'pgcrypto' } };
}

/** A publisher's site: counters, default names, trees, embeddeds, join tables, views. */
function publisher(): App {
  class Seo {}
  Column({ type: 'varchar', length: 70, nullable: true })(Seo.prototype, 'title');
  Column({ type: 'text', nullable: true })(Seo.prototype, 'description');
  const page = (name: string, { columns = {}, properties = {}, decorators = [] }: Part = {}) =>
    entityOf({
      name,
      table: name.toLowerCase(),
      columns: { slug: text(), ...columns },
      properties: {
        created: CreateDateColumn(),
        updated: UpdateDateColumn(),
        version: VersionColumn(),
        seo: Column(() => Seo) as PropertyDecorator,
        ...properties,
      },
      decorators: [Index(['slug'], { unique: true }), ...decorators],
    });
  const branch = { children: TreeChildren(), parent: TreeParent() };
  const entities = [
    page('Article', {
      columns: {
        status: { type: 'enum', enum: ['draft', 'live'], enumName: 'status', default: 'draft' },
      },
      properties: {
        author: one('Author'),
        tags: [ManyToMany('Tag'), JoinTable()],
        hero: [OneToOne('Image'), JoinColumn()],
      },
    }),
    page('Landing', {
      columns: { status: { type: 'enum', enum: ['draft', 'live'], enumName: 'status' } },
    }),
    page('Author', { columns: { name: text(), links: { type: 'simple-json', nullable: true } } }),
    page('Tag'),
    page('Topic', { properties: branch, decorators: [Tree('closure-table')] }),
    page('Menu', { properties: branch, decorators: [Tree('materialized-path')] }),
    page('Area', { properties: branch, decorators: [Tree('nested-set')] }),
    entityOf({
      name: 'Image',
      table: 'image',
      columns: { width: { type: 'int' }, focus: { type: 'point', nullable: true } },
    }),
    entityOf({
      name: 'Gallery',
      table: 'gallery',
      properties: { images: [ManyToMany('Image'), JoinTable({ name: 'gallery_images' })] },
    }),
    entityOf({
      name: 'Redirect',
      table: 'redirect',
      columns: {
        from: text({ unique: true }),
        to: text(),
        code: { type: 'smallint', default: 301 },
      },
    }),
    entityOf({
      name: 'Subscriber',
      table: 'subscriber',
      columns: { email: text({ unique: true }), topics: { type: 'simple-array', default: '' } },
    }),
    entityOf({
      name: 'Issue',
      table: 'issue',
      columns: { sent: { type: 'timestamp', nullable: true } },
      properties: { articles: [ManyToMany('Article'), JoinTable()] },
    }),
    entityOf({
      name: 'Poll',
      table: 'poll',
      columns: { options: { type: 'text', array: true }, closes: { type: 'date', nullable: true } },
    }),
    entityOf({
      name: 'Vote',
      table: 'vote',
      columns: { choice: { type: 'int' } },
      properties: { poll: one('Poll', { onDelete: 'CASCADE' }) },
    }),
    viewOf('LiveArticle', `SELECT id, slug FROM article WHERE status = 'live'`),
    viewOf('PopularPoll', 'SELECT "pollId", count(*) AS votes FROM vote GROUP BY 1', {
      materialized: true,
    }),
  ];
  return { entities };
}

/** Stock and books of a company: composite keys, several schemas, names given by hand, keys that share a column. */
function company(): App {
  const key = (columns: readonly string[]): Record<string, ColumnOptions> =>
    Object.fromEntries(
      columns.map((name) => [name, { type: 'varchar', length: 8, primary: true }]),
    );
  const at = (schema: string, name: string, parts: Part = {}) =>
    entityOf({ name, table: { schema, name: name.toUpperCase(), comment: `${name}s` }, ...parts });
  const to = (
    target: string,
    columns: readonly (readonly [string, string])[],
    options: RelationOptions = {},
  ) => [
    one(target, options),
    JoinColumn(columns.map(([name, referencedColumnName]) => ({ name, referencedColumnName }))),
  ];
  const unit = [['unit', 'unit']] as const;
  const entities = [
    at('base', 'Unit', { columns: key(['unit']) }),
    at('base', 'Currency', {
      columns: {
        code: { type: 'char', length: 3, primary: true, primaryKeyConstraintName: 'PK_CUR' },
      },
    }),
    at('base', 'Calendar', {
      columns: { day: { type: 'date', primary: true }, open: { type: 'boolean', default: true } },
    }),
    at('stock', 'Item', {
      columns: { ...key(['unit', 'item']), name: text({ collation: 'C' }) },
      properties: { of: to('Unit', unit) },
    }),
    at('stock', 'Place', {
      columns: key(['unit', 'place']),
      properties: { of: to('Unit', unit, { onUpdate: 'CASCADE' }) },
    }),
    at('stock', 'Level', {
      columns: {
        ...key(['unit', 'item', 'place']),
        quantity: { type: 'numeric', precision: 15, scale: 3, default: 0 },
      },
      properties: {
        what: to('Item', [
          ['unit', 'unit'],
          ['item', 'item'],
        ]),
        where: to(
          'Place',
          [
            ['unit', 'unit'],
            ['place', 'place'],
          ],
          { deferrable: 'INITIALLY DEFERRED' },
        ),
      },
      decorators: [Check('LEVEL_POSITIVE', 'quantity >= 0')],
    }),
    at('stock', 'Move', {
      columns: {
        unit: text({ length: 8 }),
        item: text({ length: 8 }),
        booked: { type: 'timestamptz', precision: 0, default: () => 'CURRENT_TIMESTAMP(0)' },
      },
      properties: {
        id: PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }),
        what: to('Item', [
          ['unit', 'unit'],
          ['item', 'item'],
        ]),
      },
      decorators: [Index('MOVE_IX', ['unit', 'item', 'booked'])],
    }),
    at('books', 'Account', {
      columns: { ...key(['unit', 'account']), kind: { type: 'enum', enum: ['A', 'P'] } },
      properties: { of: to('Unit', unit) },
    }),
    at('books', 'Period', { columns: { ...key(['unit', 'period']), days: { type: 'daterange' } } }),
    at('books', 'Entry', {
      columns: {
        unit: text({ length: 8 }),
        period: text({ length: 8 }),
        total: { type: 'money', default: 0 },
      },
      properties: {
        in: to(
          'Period',
          [
            ['unit', 'unit'],
            ['period', 'period'],
          ],
          { onDelete: 'RESTRICT' },
        ),
        currency: one('Currency'),
      },
    }),
    at('books', 'Line', {
      columns: {
        no: { type: 'smallint', primary: true },
        unit: text({ length: 8 }),
        account: text({ length: 8 }),
        amount: { type: 'numeric', precision: 15, scale: 2 },
      },
      properties: {
        entryId: Column({ type: 'int', primary: true }),
        entry: [
          one('Entry', { onDelete: 'CASCADE' }),
          JoinColumn({ name: 'entryId', foreignKeyConstraintName: 'LINE_ENTRY_FK' }),
        ],
        on: to('Account', [
          ['unit', 'unit'],
          ['account', 'account'],
        ]),
      },
    }),
    at('people', 'Employee', {
      columns: {
        ...key(['no']),
        born: { type: 'date', nullable: true },
        hours: { type: 'interval', default: '40:00' },
      },
      properties: { boss: one('Employee', { nullable: true }) },
    }),
    at('people', 'Absence', {
      columns: { days: { type: 'tstzrange' } },
      properties: { of: one('Employee') },
    }),
    at('people', 'Badge', {
      columns: { mac: { type: 'macaddr', unique: true } },
      properties: { of: [OneToOne('Employee'), JoinColumn()] },
    }),
    at('people', 'Skill', {
      columns: { name: text({ unique: true }) },
      properties: {
        employees: [
          ManyToMany('Employee'),
          JoinTable({ name: 'EMPLOYEE_SKILL', schema: 'people' }),
        ],
      },
    }),
  ];
  const before = ['base', 'stock', 'books', 'people'].map((name) => `CREATE SCHEMA ${name}`);
  return { entities, options: { before: before.join(';') } };
}

/** Models as apps have them, each in a style of its own. */
export const APPS: readonly (readonly [string, App])[] = [
  ['a service for many customers', tenants()],
  ['the site of a publisher', publisher()],
  ['stock and books of a company', company()],
];
