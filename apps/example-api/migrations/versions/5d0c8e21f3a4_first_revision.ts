/** first revision */
import type { Operations, RevisionContext } from '@nest-alembic/nestjs';

export const revision = '5d0c8e21f3a4';
export const message = 'first revision';
export const downRevision = null;
export const branchLabels = null;
export const dependsOn = null;
export const createdAt = '2026-11-21T01:14:15Z';

export async function upgrade(op: Operations, ctx: RevisionContext): Promise<void> {
  await op.createSchema('audit', { entity: 'AuditActor' });
  await op.createEnum('coupon_kind', ['percent', 'amount'], { entity: 'Coupon' });
  await op.createEnum('customer_status_enum', ['active', 'blocked', 'erased'], {
    entity: 'Customer',
  });
  await op.createEnum(
    'order_status_enum',
    ['pending', 'paid', 'shipped', 'delivered', 'cancelled'],
    { entity: 'Order' },
  );
  await op.createEnum('payment_status_enum', ['authorized', 'captured', 'refunded', 'failed'], {
    entity: 'Payment',
  });
  await op.createEnum('product_channels_enum', ['web', 'app', 'store', 'wholesale'], {
    entity: 'Product',
  });
  await op.createEnum('publication_status', ['draft', 'published', 'archived'], {
    entity: 'Product',
  });
  await op.createEnum('stock_movement_reason_enum', ['receipt', 'sale', 'return', 'correction'], {
    entity: 'StockMovement',
  });
  await op.createEnum('actor_kind_enum', ['customer', 'staff', 'system'], {
    schema: 'audit',
    entity: 'AuditActor',
  });
  await op.createEnum('entry_action_enum', ['create', 'update', 'delete'], {
    schema: 'audit',
    entity: 'AuditEntry',
  });
  await op.createTable(
    'article',
    (t) => [
      t.column('created_at', 'timestamp with time zone', {
        nullable: false,
        default: op.sql('now()'),
        property: 'createdAt',
      }),
      t.column('updated_at', 'timestamp with time zone', {
        nullable: false,
        default: op.sql('now()'),
        property: 'updatedAt',
      }),
      t.column('id', 'uuid', { default: op.sql('gen_random_uuid()') }),
      t.column('slug', 'character varying(160)', { nullable: false }),
      t.column('title', 'character varying(200)', { nullable: false }),
      t.column('body', 'text', { nullable: false }),
      t.column('author', 'character varying(120)', { nullable: false }),
      t.column('status', 'publication_status', { nullable: false, default: 'draft' }),
      t.column('reading_minutes', 'integer', {
        nullable: false,
        generated: 'greatest(1, length(body) / 1200)',
        property: 'readingMinutes',
      }),
      t.primaryKey(['id'], { name: 'PK_40808690eb7b915046558c0f81b' }),
      t.unique(['slug'], { name: 'UQ_0ab85f4be07b22d79906671d72f' }),
    ],
    { entity: 'Article' },
  );
  await op.createTable(
    'brand',
    (t) => [
      t.column('id', 'integer', { identity: 'always' }),
      t.column('name', 'character varying(80)', { nullable: false }),
      t.column('website', 'character varying(200)'),
      t.primaryKey(['id'], { name: 'PK_a5d20765ddd942eb5de4eee2d7f' }),
      t.unique(['name'], { name: 'UQ_5f468ae5696f07da025138e38f7' }),
    ],
    { comment: 'Makers of the goods', entity: 'Brand' },
  );
  await op.createTable(
    'category',
    (t) => [
      t.column('id', 'integer', { autoIncrement: true }),
      t.column('slug', 'character varying(80)', { nullable: false }),
      t.column('name', 'character varying(80)', { nullable: false }),
      t.column('position', 'smallint', {
        nullable: false,
        default: '0',
        comment: 'Place among its siblings',
      }),
      t.column('parent_id', 'integer', { property: 'parent.id' }),
      t.primaryKey(['id'], { name: 'PK_9c4e4a89e3674fc9f382d733f03' }),
      t.foreignKey(['parent_id'], 'category', ['id'], {
        name: 'FK_1117b4fcb3cd4abb4383e1c2743',
        onDelete: 'cascade',
      }),
    ],
    { comment: 'Departments of the shop, a tree', entity: 'Category' },
  );
  await op.createIndex('IDX_cb73208f151aa71cdd78f662d7', 'category', ['slug'], {
    unique: true,
    entity: 'Category',
  });
  await op.createTable(
    'coupon',
    (t) => [
      t.column('code', 'character varying(32)'),
      t.column('kind', 'coupon_kind', { nullable: false }),
      t.column('value', 'numeric(12,2)', { nullable: false }),
      t.column('valid_from', 'timestamp with time zone', {
        nullable: false,
        default: op.sql('now()'),
        property: 'validFrom',
      }),
      t.column('valid_until', 'timestamp with time zone', { property: 'validUntil' }),
      t.column('max_uses', 'integer', { property: 'maxUses' }),
      t.column('used_count', 'integer', { nullable: false, default: 0, property: 'usedCount' }),
      t.primaryKey(['code'], { name: 'PK_62d3c5b0ce63a82c48e86d904bc' }),
      t.check('max_uses IS NULL OR used_count <= max_uses', { name: 'ck_coupon_uses' }),
      t.check('valid_until IS NULL OR valid_until > valid_from', { name: 'ck_coupon_period' }),
      t.check("value > 0 AND (kind <> 'percent' OR value <= 100)", { name: 'ck_coupon_value' }),
    ],
    { entity: 'Coupon' },
  );
  await op.createTable(
    'customer_group',
    (t) => [
      t.column('id', 'integer', { identity: 'by default' }),
      t.column('name', 'character varying(60)', { nullable: false }),
      t.column('discount_percent', 'numeric(5,2)', {
        nullable: false,
        default: '0.00',
        property: 'discountPercent',
      }),
      t.primaryKey(['id'], { name: 'PK_88e7da3ff7262d9e0a35aa3664e' }),
      t.unique(['name'], { name: 'UQ_7f31a58c6d4e8c34b643f8a011d' }),
      t.check('discount_percent BETWEEN 0 AND 100', { name: 'ck_group_discount' }),
    ],
    { entity: 'CustomerGroup' },
  );
  await op.createTable(
    'tag',
    (t) => [
      t.column('id', 'smallint', { autoIncrement: true }),
      t.column('name', 'character varying(40)', { nullable: false }),
      t.primaryKey(['id'], { name: 'PK_8e4052373c579afc1471f526760' }),
      t.unique(['name'], { name: 'UQ_6a9775008add570dc3e5a0bab7b' }),
    ],
    { entity: 'Tag' },
  );
  await op.createTable(
    'warehouse',
    (t) => [
      t.column('id', 'integer', { autoIncrement: true }),
      t.column('code', 'character varying(8)', { nullable: false }),
      t.column('time_zone', 'character varying(40)', {
        nullable: false,
        default: 'Europe/Berlin',
        property: 'timeZone',
      }),
      t.column('active', 'boolean', { nullable: false, default: true }),
      t.column('address_line1', 'character varying(120)', {
        nullable: false,
        property: 'address.line1',
      }),
      t.column('address_line2', 'character varying(120)', { property: 'address.line2' }),
      t.column('address_city', 'character varying(80)', {
        nullable: false,
        property: 'address.city',
      }),
      t.column('address_postal_code', 'character varying(12)', {
        nullable: false,
        property: 'address.postalCode',
      }),
      t.column('address_country_code', 'character(2)', {
        nullable: false,
        comment: 'ISO 3166-1 alpha-2',
        property: 'address.countryCode',
      }),
      t.column('address_geo_latitude', 'double precision', { property: 'address.geo.latitude' }),
      t.column('address_geo_longitude', 'double precision', { property: 'address.geo.longitude' }),
      t.primaryKey(['id'], { name: 'PK_965abf9f99ae8c5983ae74ebde8' }),
      t.unique(['code'], { name: 'UQ_dcbf22551ec3827f234e532a08b' }),
    ],
    { entity: 'Warehouse' },
  );
  await op.createTable(
    'article_comment',
    (t) => [
      t.column('id', 'integer', { autoIncrement: true }),
      t.column('author', 'character varying(120)', { nullable: false }),
      t.column('body', 'text', { nullable: false }),
      t.column('created_at', 'timestamp with time zone', {
        nullable: false,
        default: op.sql('now()'),
        property: 'createdAt',
      }),
      t.column('mpath', 'character varying', { default: '' }),
      t.column('article_id', 'uuid', { nullable: false, property: 'article.id' }),
      t.column('parent_id', 'integer', { property: 'parent.id' }),
      t.primaryKey(['id'], { name: 'PK_35f34db03db8f2c304a3bd1216d' }),
      t.foreignKey(['article_id'], 'article', ['id'], {
        name: 'FK_adc6764e89df158591d72aaccda',
        onDelete: 'cascade',
      }),
      t.foreignKey(['parent_id'], 'article_comment', ['id'], {
        name: 'FK_6472c40c562f7fab6024dc264bc',
        onDelete: 'cascade',
      }),
    ],
    { comment: 'Threads below articles', entity: 'ArticleComment' },
  );
  await op.createTable(
    'category_closure',
    (t) => [
      t.column('id_ancestor', 'integer', { property: 'ancestor.id' }),
      t.column('id_descendant', 'integer', { property: 'descendant.id' }),
      t.primaryKey(['id_ancestor', 'id_descendant'], { name: 'PK_8da8666fc72217687e9b4f4c7e9' }),
      t.foreignKey(['id_ancestor'], 'category', ['id'], {
        name: 'FK_4aa1348fc4b7da9bef0fae8ff48',
        onDelete: 'cascade',
      }),
      t.foreignKey(['id_descendant'], 'category', ['id'], {
        name: 'FK_6a22002acac4976977b1efd114a',
        onDelete: 'cascade',
      }),
    ],
    { entity: 'Category#closure' },
  );
  await op.createIndex('IDX_4aa1348fc4b7da9bef0fae8ff4', 'category_closure', ['id_ancestor'], {
    entity: 'Category#closure',
  });
  await op.createIndex('IDX_6a22002acac4976977b1efd114', 'category_closure', ['id_descendant'], {
    entity: 'Category#closure',
  });
  await op.createTable(
    'coupon_customer_group',
    (t) => [
      t.column('coupon_code', 'character varying(32)', { property: 'owner.code' }),
      t.column('customer_group_id', 'integer', { property: 'inverse.id' }),
      t.primaryKey(['coupon_code', 'customer_group_id'], {
        name: 'PK_9ce51e2f478eecf1729d588db0e',
      }),
      t.foreignKey(['coupon_code'], 'coupon', ['code'], {
        name: 'FK_ef31043ef00919715bcc4f13636',
        onDelete: 'cascade',
        onUpdate: 'cascade',
      }),
      t.foreignKey(['customer_group_id'], 'customer_group', ['id'], {
        name: 'FK_417e26a8436cb84f540178a613e',
        onDelete: 'cascade',
        onUpdate: 'cascade',
      }),
    ],
    { entity: 'Coupon#customerGroups' },
  );
  await op.createIndex('IDX_ef31043ef00919715bcc4f1363', 'coupon_customer_group', ['coupon_code'], {
    entity: 'Coupon#customerGroups',
  });
  await op.createIndex(
    'IDX_417e26a8436cb84f540178a613',
    'coupon_customer_group',
    ['customer_group_id'],
    { entity: 'Coupon#customerGroups' },
  );
  await op.createTable(
    'customer',
    (t) => [
      t.column('created_at', 'timestamp with time zone', {
        nullable: false,
        default: op.sql('now()'),
        property: 'createdAt',
      }),
      t.column('updated_at', 'timestamp with time zone', {
        nullable: false,
        default: op.sql('now()'),
        property: 'updatedAt',
      }),
      t.column('id', 'uuid', { default: op.sql('gen_random_uuid()') }),
      t.column('email', 'character varying(254)', { nullable: false }),
      t.column('name', 'character varying(120)', { nullable: false }),
      t.column('locale', 'character varying(10)', { nullable: false, default: 'en' }),
      t.column('status', 'customer_status_enum', { nullable: false, default: 'active' }),
      t.column('marketing_consent', 'boolean', {
        nullable: false,
        default: false,
        property: 'marketingConsent',
      }),
      t.column('version', 'integer', { nullable: false }),
      t.column('deleted_at', 'timestamp with time zone', { property: 'deletedAt' }),
      t.column('group_id', 'integer', { property: 'group.id' }),
      t.column('referred_by_id', 'uuid', { property: 'referredBy.id' }),
      t.primaryKey(['id'], { name: 'PK_a7a13f4cacb744524e44dfdad32' }),
      t.unique(['email'], { name: 'UQ_fdb2f3ad8115da4c7718109a6eb' }),
      t.foreignKey(['group_id'], 'customer_group', ['id'], {
        name: 'FK_88e7da3ff7262d9e0a35aa3664e',
        onDelete: 'restrict',
      }),
      t.foreignKey(['referred_by_id'], 'customer', ['id'], {
        name: 'FK_aed6eebb58ee5a23b7f984a671a',
        onDelete: 'set null',
      }),
    ],
    { comment: 'People who buy', entity: 'Customer' },
  );
  await op.createIndex('IDX_c2373c0de2d65243b1dca75216', 'customer', ['group_id', 'created_at'], {
    entity: 'Customer',
  });
  await op.createTable(
    'product',
    (t) => [
      t.column('created_at', 'timestamp with time zone', {
        nullable: false,
        default: op.sql('now()'),
        property: 'createdAt',
      }),
      t.column('updated_at', 'timestamp with time zone', {
        nullable: false,
        default: op.sql('now()'),
        property: 'updatedAt',
      }),
      t.column('id', 'uuid', { default: op.sql('gen_random_uuid()') }),
      t.column('name', 'character varying(160)', {
        nullable: false,
        comment: "The product's name as customers see it",
      }),
      t.column('slug', 'character varying(160)', { nullable: false }),
      t.column('description', 'text', { nullable: false, default: '' }),
      t.column('status', 'publication_status', { nullable: false, default: 'draft' }),
      t.column('channels', 'product_channels_enum[]', { nullable: false, default: '{web}' }),
      t.column('keywords', 'text[]', { nullable: false, default: '{}' }),
      t.column('attributes', 'jsonb', { nullable: false, default: '{}' }),
      t.column('search_name', 'text', {
        nullable: false,
        generated: 'lower(name)',
        property: 'searchName',
      }),
      t.column('weight_grams', 'integer', { property: 'weightGrams' }),
      t.column('published_at', 'timestamp with time zone', { property: 'publishedAt' }),
      t.column('version', 'integer', { nullable: false }),
      t.column('deleted_at', 'timestamp with time zone', { property: 'deletedAt' }),
      t.column('brand_id', 'integer', { property: 'brand.id' }),
      t.column('replaced_by_id', 'uuid', { property: 'replacedBy.id' }),
      t.primaryKey(['id'], { name: 'PK_bebc9158e480b949565b4dc7a82' }),
      t.check('weight_grams > 0', { name: 'ck_product_weight' }),
      t.foreignKey(['brand_id'], 'brand', ['id'], {
        name: 'FK_2eb5ce4324613b4b457c364f4a2',
        onDelete: 'set null',
      }),
      t.foreignKey(['replaced_by_id'], 'product', ['id'], {
        name: 'FK_b3dac0e447d9369fe1b32a8faa2',
        onDelete: 'set null',
      }),
    ],
    { comment: 'What the shop sells; its variants carry price and stock', entity: 'Product' },
  );
  await op.createIndex('IDX_8cfaf4a1e80806d58e3dbe6922', 'product', ['slug'], {
    unique: true,
    entity: 'Product',
  });
  await op.createIndex('IDX_1f3456ef5c1ca7f4c5cd2170a1', 'product', ['search_name'], {
    entity: 'Product',
  });
  await op.createIndex('IDX_8bcc3e849a1efa09a28e33fbfc', 'product', ['brand_id', 'status'], {
    entity: 'Product',
  });
  await op.createIndex('ix_product_published', 'product', ['published_at'], {
    where: "status = 'published' AND deleted_at IS NULL",
    entity: 'Product',
  });
  await op.createTable(
    'article_product',
    (t) => [
      t.column('article_id', 'uuid', { property: 'owner.id' }),
      t.column('product_id', 'uuid', { property: 'inverse.id' }),
      t.primaryKey(['article_id', 'product_id'], { name: 'PK_cea60656319ea29c56d93051188' }),
      t.foreignKey(['article_id'], 'article', ['id'], {
        name: 'FK_76ed14803cc819fb2785e36fd63',
        onDelete: 'cascade',
        onUpdate: 'cascade',
      }),
      t.foreignKey(['product_id'], 'product', ['id'], {
        name: 'FK_6fd28367324072716e9d1e37ff6',
        onDelete: 'cascade',
        onUpdate: 'cascade',
      }),
    ],
    { entity: 'Article#products' },
  );
  await op.createIndex('IDX_76ed14803cc819fb2785e36fd6', 'article_product', ['article_id'], {
    entity: 'Article#products',
  });
  await op.createIndex('IDX_6fd28367324072716e9d1e37ff', 'article_product', ['product_id'], {
    entity: 'Article#products',
  });
  await op.createTable(
    'customer_address',
    (t) => [
      t.column('id', 'bigint', { autoIncrement: true }),
      t.column('label', 'character varying(40)', { nullable: false }),
      t.column('is_default', 'boolean', { nullable: false, default: false, property: 'isDefault' }),
      t.column('customer_id', 'uuid', { nullable: false, property: 'customer.id' }),
      t.column('line1', 'character varying(120)', { nullable: false, property: 'address.line1' }),
      t.column('line2', 'character varying(120)', { property: 'address.line2' }),
      t.column('city', 'character varying(80)', { nullable: false, property: 'address.city' }),
      t.column('postal_code', 'character varying(12)', {
        nullable: false,
        property: 'address.postalCode',
      }),
      t.column('country_code', 'character(2)', {
        nullable: false,
        comment: 'ISO 3166-1 alpha-2',
        property: 'address.countryCode',
      }),
      t.column('geo_latitude', 'double precision', { property: 'address.geo.latitude' }),
      t.column('geo_longitude', 'double precision', { property: 'address.geo.longitude' }),
      t.primaryKey(['id'], { name: 'PK_23810fb397050d8ac37dae44ff6' }),
      t.unique(['customer_id', 'label'], { name: 'UQ_f1731d8df0cea0eca341be6c534' }),
      t.foreignKey(['customer_id'], 'customer', ['id'], {
        name: 'FK_1f5ed21a5f3390cdbafb6f22452',
        onDelete: 'cascade',
      }),
    ],
    { entity: 'CustomerAddress' },
  );
  await op.createIndex('uq_customer_default_address', 'customer_address', ['customer_id'], {
    unique: true,
    where: 'is_default',
    entity: 'CustomerAddress',
  });
  await op.createTable(
    'customer_profile',
    (t) => [
      t.column('customer_id', 'uuid', { property: 'customerId' }),
      t.column('birthday', 'date'),
      t.column('interests', 'text[]', { nullable: false, default: '{}' }),
      t.column('preferences', 'jsonb', {
        nullable: false,
        default: '{"newsletter":false,"channel":"email"}',
      }),
      t.primaryKey(['customer_id'], { name: 'PK_4b188c59b59adea136c873e9856' }),
      t.foreignKey(['customer_id'], 'customer', ['id'], {
        name: 'FK_4b188c59b59adea136c873e9856',
        onDelete: 'cascade',
      }),
    ],
    {
      comment: 'What a customer likes to tell; shares the key of the customer',
      entity: 'CustomerProfile',
    },
  );
  await op.createTable(
    'order',
    (t) => [
      t.column('id', 'bigint', { identity: 'always' }),
      t.column('number', 'character varying(20)', {
        nullable: false,
        comment: 'What the customer quotes',
      }),
      t.column('status', 'order_status_enum', { nullable: false, default: 'pending' }),
      t.column('currency', 'character(3)', { nullable: false, default: 'EUR' }),
      t.column('note', 'text'),
      t.column('placed_at', 'timestamp with time zone', {
        nullable: false,
        default: op.sql('now()'),
        property: 'placedAt',
      }),
      t.column('payable_until', 'timestamp with time zone', {
        nullable: false,
        default: op.sql("now() + interval '15 days'"),
        property: 'payableUntil',
      }),
      t.column('version', 'integer', { nullable: false }),
      t.column('customer_id', 'uuid', { nullable: false, property: 'customer.id' }),
      t.column('coupon_code', 'character varying(32)', { property: 'coupon.code' }),
      t.column('warehouse_id', 'integer', { nullable: false, property: 'warehouse.id' }),
      t.column('shipping_line1', 'character varying(120)', {
        nullable: false,
        property: 'shippingAddress.line1',
      }),
      t.column('shipping_line2', 'character varying(120)', { property: 'shippingAddress.line2' }),
      t.column('shipping_city', 'character varying(80)', {
        nullable: false,
        property: 'shippingAddress.city',
      }),
      t.column('shipping_postal_code', 'character varying(12)', {
        nullable: false,
        property: 'shippingAddress.postalCode',
      }),
      t.column('shipping_country_code', 'character(2)', {
        nullable: false,
        comment: 'ISO 3166-1 alpha-2',
        property: 'shippingAddress.countryCode',
      }),
      t.column('shipping_geo_latitude', 'double precision', {
        property: 'shippingAddress.geo.latitude',
      }),
      t.column('shipping_geo_longitude', 'double precision', {
        property: 'shippingAddress.geo.longitude',
      }),
      t.primaryKey(['id'], { name: 'PK_1031171c13130102495201e3e20' }),
      t.unique(['number'], { name: 'UQ_2bf21e468cc540c1ac7645da264' }),
      t.foreignKey(['customer_id'], 'customer', ['id'], {
        name: 'FK_cd7812c96209c5bdd48a6b858b0',
        onDelete: 'restrict',
      }),
      t.foreignKey(['coupon_code'], 'coupon', ['code'], {
        name: 'FK_0cc0f1a8cf2c73c8c1929b17a79',
        onDelete: 'set null',
        onUpdate: 'cascade',
      }),
      t.foreignKey(['warehouse_id'], 'warehouse', ['id'], {
        name: 'FK_35fc3b8f9cacf93e2f189738b3c',
        onDelete: 'restrict',
      }),
    ],
    { comment: 'Orders; the table has the name of an SQL keyword on purpose', entity: 'Order' },
  );
  await op.createIndex('ix_order_open', 'order', ['placed_at'], {
    where: "status IN ('pending', 'paid')",
    entity: 'Order',
  });
  await op.createIndex('IDX_f44ebb75738b092765e6b80425', 'order', ['customer_id', 'placed_at'], {
    entity: 'Order',
  });
  await op.createTable(
    'product_category',
    (t) => [
      t.column('product_id', 'uuid', { property: 'owner.id' }),
      t.column('category_id', 'integer', { property: 'inverse.id' }),
      t.primaryKey(['product_id', 'category_id'], { name: 'PK_c14c8e52460c8062f62e7e8f416' }),
      t.foreignKey(['product_id'], 'product', ['id'], {
        name: 'FK_0374879a971928bc3f57eed0a59',
        onDelete: 'cascade',
        onUpdate: 'cascade',
      }),
      t.foreignKey(['category_id'], 'category', ['id'], {
        name: 'FK_2df1f83329c00e6eadde0493e16',
        onDelete: 'cascade',
        onUpdate: 'cascade',
      }),
    ],
    { entity: 'Product#categories' },
  );
  await op.createIndex('IDX_0374879a971928bc3f57eed0a5', 'product_category', ['product_id'], {
    entity: 'Product#categories',
  });
  await op.createIndex('IDX_2df1f83329c00e6eadde0493e1', 'product_category', ['category_id'], {
    entity: 'Product#categories',
  });
  await op.createTable(
    'product_tag',
    (t) => [
      t.column('product_id', 'uuid', { property: 'owner.id' }),
      t.column('tag_id', 'smallint', { property: 'inverse.id' }),
      t.primaryKey(['product_id', 'tag_id'], { name: 'PK_5e6a58e9623ea046dbe0a1d43da' }),
      t.foreignKey(['product_id'], 'product', ['id'], {
        name: 'FK_d08cb260c60a9bf0a5e0424768d',
        onDelete: 'cascade',
        onUpdate: 'cascade',
      }),
      t.foreignKey(['tag_id'], 'tag', ['id'], {
        name: 'FK_7bf0b673c19b33c9456d54b2b37',
        onDelete: 'cascade',
        onUpdate: 'cascade',
      }),
    ],
    { entity: 'Product#tags' },
  );
  await op.createIndex('IDX_d08cb260c60a9bf0a5e0424768', 'product_tag', ['product_id'], {
    entity: 'Product#tags',
  });
  await op.createIndex('IDX_7bf0b673c19b33c9456d54b2b3', 'product_tag', ['tag_id'], {
    entity: 'Product#tags',
  });
  await op.createTable(
    'product_variant',
    (t) => [
      t.column('created_at', 'timestamp with time zone', {
        nullable: false,
        default: op.sql('now()'),
        property: 'createdAt',
      }),
      t.column('updated_at', 'timestamp with time zone', {
        nullable: false,
        default: op.sql('now()'),
        property: 'updatedAt',
      }),
      t.column('id', 'bigint', { autoIncrement: true }),
      t.column('sku', 'character varying(40)', { nullable: false }),
      t.column('title', 'character varying(80)', { nullable: false }),
      t.column('price', 'numeric(12,2)', { nullable: false }),
      t.column('compare_at_price', 'numeric(12,2)', {
        comment: 'Crossed-out price',
        property: 'compareAtPrice',
      }),
      t.column('currency', 'character(3)', { nullable: false, default: 'EUR' }),
      t.column('options', 'jsonb', { nullable: false, default: '{"size":null,"colour":null}' }),
      t.column('barcode', 'character varying(14)'),
      t.column('position', 'integer', { nullable: false, default: 0 }),
      t.column('product_id', 'uuid', { nullable: false, property: 'product.id' }),
      t.primaryKey(['id'], { name: 'PK_1ab69c9935c61f7c70791ae0a9f' }),
      t.unique(['sku'], { name: 'UQ_f4dc2c0888b66d547c175f090e2' }),
      t.unique(['product_id', 'position'], {
        name: 'uq_variant_position',
        deferrable: 'initially deferred',
      }),
      t.check('compare_at_price IS NULL OR compare_at_price > price', {
        name: 'ck_variant_compare_at',
      }),
      t.check('price >= 0', { name: 'ck_variant_price' }),
      t.foreignKey(['product_id'], 'product', ['id'], {
        name: 'FK_ca67dd080aac5ecf99609960cd2',
        onDelete: 'cascade',
      }),
    ],
    {
      comment: 'One size and colour of a product: what is stocked and sold',
      entity: 'ProductVariant',
    },
  );
  await op.createIndex('uq_variant_barcode', 'product_variant', ['barcode'], {
    unique: true,
    where: 'barcode IS NOT NULL',
    entity: 'ProductVariant',
  });
  await op.createTable(
    'related_product',
    (t) => [
      t.column('product_id', 'uuid', { property: 'owner.id' }),
      t.column('related_id', 'uuid', { property: 'inverse.id' }),
      t.primaryKey(['product_id', 'related_id'], { name: 'PK_d6083dc0fb5e9639bad15724e17' }),
      t.foreignKey(['product_id'], 'product', ['id'], {
        name: 'FK_b6b6fd3f8b8f604725587b1c8ff',
        onDelete: 'cascade',
        onUpdate: 'cascade',
      }),
      t.foreignKey(['related_id'], 'product', ['id'], {
        name: 'FK_7cfb6e466c5aa96bacbc5c6e61a',
        onDelete: 'cascade',
        onUpdate: 'cascade',
      }),
    ],
    { entity: 'Product#related' },
  );
  await op.createIndex('IDX_b6b6fd3f8b8f604725587b1c8f', 'related_product', ['product_id'], {
    entity: 'Product#related',
  });
  await op.createIndex('IDX_7cfb6e466c5aa96bacbc5c6e61', 'related_product', ['related_id'], {
    entity: 'Product#related',
  });
  await op.createTable(
    'review',
    (t) => [
      t.column('id', 'bigint', { autoIncrement: true }),
      t.column('rating', 'smallint', { nullable: false }),
      t.column('title', 'character varying(120)', { nullable: false }),
      t.column('body', 'text', { nullable: false, default: '' }),
      t.column('verified', 'boolean', {
        nullable: false,
        default: false,
        comment: 'The customer has bought the product',
      }),
      t.column('created_at', 'timestamp(3) with time zone', {
        nullable: false,
        default: op.sql('now()'),
        property: 'createdAt',
      }),
      t.column('product_id', 'uuid', { nullable: false, property: 'product.id' }),
      t.column('customer_id', 'uuid', { nullable: false, property: 'customer.id' }),
      t.primaryKey(['id'], { name: 'PK_2e4299a343a81574217255c00ca' }),
      t.unique(['product_id', 'customer_id'], { name: 'uq_review_once' }),
      t.check('rating BETWEEN 1 AND 5', { name: 'ck_review_rating' }),
      t.foreignKey(['product_id'], 'product', ['id'], {
        name: 'FK_26b533e15b5f2334c96339a1f08',
        onDelete: 'cascade',
      }),
      t.foreignKey(['customer_id'], 'customer', ['id'], {
        name: 'FK_957d0d10b33ce8de57a0a01e483',
        onDelete: 'cascade',
      }),
    ],
    { entity: 'Review' },
  );
  await op.createIndex('IDX_681ad69b48d49d6a0926708ba1', 'review', ['product_id', 'rating'], {
    entity: 'Review',
  });
  await op.createTable(
    'actor',
    (t) => [
      t.column('id', 'integer', { autoIncrement: true }),
      t.column('kind', 'audit.actor_kind_enum', { nullable: false }),
      t.column('label', 'character varying(120)', { nullable: false }),
      t.column('customer_id', 'uuid', { property: 'customer.id' }),
      t.primaryKey(['id'], { name: 'PK_05b325494fcc996a44ae6928e5e' }),
      t.unique(['kind', 'label'], { name: 'UQ_4f870d2f65b8ecd4ed773fe33c8' }),
      t.foreignKey(['customer_id'], 'customer', ['id'], {
        name: 'FK_5c135b29324a16decabd3180435',
        onDelete: 'set null',
      }),
    ],
    { comment: 'Who does things', schema: 'audit', entity: 'AuditActor' },
  );
  await op.createTable(
    'order_line',
    (t) => [
      t.column('order_id', 'bigint', { property: 'orderId' }),
      t.column('line_no', 'smallint', { property: 'lineNo' }),
      t.column('quantity', 'integer', { nullable: false }),
      t.column('unit_price', 'numeric(12,2)', {
        nullable: false,
        comment: 'Price when it was ordered',
        property: 'unitPrice',
      }),
      t.column('discount', 'numeric(12,2)', { nullable: false, default: '0' }),
      t.column('line_total', 'numeric(14,2)', {
        nullable: false,
        generated: 'quantity * unit_price - discount',
        property: 'lineTotal',
      }),
      t.column('variant_id', 'bigint', { nullable: false, property: 'variant.id' }),
      t.primaryKey(['order_id', 'line_no'], { name: 'PK_c9e1b8f4e7af7f1a79de9ade3ac' }),
      t.unique(['order_id', 'variant_id'], { name: 'UQ_ee4bc4d3f1cf98dfa92c5cf071c' }),
      t.check('discount >= 0 AND discount <= quantity * unit_price', {
        name: 'ck_order_line_discount',
      }),
      t.check('quantity > 0', { name: 'ck_order_line_quantity' }),
      t.foreignKey(['order_id'], 'order', ['id'], {
        name: 'FK_ed8fae6d7239e9d730219215af7',
        onDelete: 'cascade',
      }),
      t.foreignKey(['variant_id'], 'product_variant', ['id'], {
        name: 'FK_2ffe997b227a9e7b4ceb4073866',
        onDelete: 'restrict',
      }),
    ],
    { comment: 'Joins orders and variants, with what the join itself knows', entity: 'OrderLine' },
  );
  await op.createTable(
    'payment',
    (t) => [
      t.column('id', 'uuid', { default: op.sql('gen_random_uuid()') }),
      t.column('kind', 'character varying(20)', { nullable: false }),
      t.column('amount', 'numeric(12,2)', { nullable: false }),
      t.column('status', 'payment_status_enum', { nullable: false, default: 'authorized' }),
      t.column('created_at', 'timestamp with time zone', {
        nullable: false,
        default: op.sql('now()'),
        property: 'createdAt',
      }),
      t.column('card_brand', 'character varying(20)', { property: 'cardBrand' }),
      t.column('last_four', 'character(4)', { property: 'lastFour' }),
      t.column('iban', 'character varying(34)'),
      t.column('reference', 'character varying(140)'),
      t.column('order_id', 'bigint', { nullable: false, property: 'order.id' }),
      t.primaryKey(['id'], { name: 'PK_fcaec7df5adf9cac408c686b2ab' }),
      t.check('amount > 0', { name: 'ck_payment_amount' }),
      t.foreignKey(['order_id'], 'order', ['id'], {
        name: 'FK_f5221735ace059250daac9d9803',
        onDelete: 'cascade',
      }),
    ],
    { comment: 'Payments of all kinds in one table', entity: 'Payment' },
  );
  await op.createIndex('IDX_ac16e07c4f1313680c16afea1a', 'payment', ['order_id', 'status'], {
    entity: 'Payment',
  });
  await op.createIndex('IDX_cc0281ef91640b888f337f6f78', 'payment', ['kind'], {
    entity: 'Payment',
  });
  await op.createTable(
    'shipment',
    (t) => [
      t.column('id', 'integer', { autoIncrement: true }),
      t.column('carrier', 'character varying(40)', { nullable: false }),
      t.column('tracking_number', 'character varying(60)', { property: 'trackingNumber' }),
      t.column('shipped_on', 'date', {
        nullable: false,
        default: op.sql("('now'::text)::date"),
        property: 'shippedOn',
      }),
      t.column('delivered_on', 'date', { property: 'deliveredOn' }),
      t.column('order_id', 'bigint', { nullable: false, property: 'order.id' }),
      t.primaryKey(['id'], { name: 'PK_f51f635db95c534ca206bf7a0a4' }),
      t.unique(['order_id'], { name: 'REL_8326c2309eef8967ec2b38a05e' }),
      t.check('delivered_on IS NULL OR delivered_on >= shipped_on', {
        name: 'ck_shipment_delivered',
      }),
      t.foreignKey(['order_id'], 'order', ['id'], {
        name: 'FK_8326c2309eef8967ec2b38a05e7',
        onDelete: 'cascade',
      }),
    ],
    { entity: 'Shipment' },
  );
  await op.createIndex('IDX_907fb0e77189058690ce0f4654', 'shipment', ['tracking_number'], {
    unique: true,
    entity: 'Shipment',
  });
  await op.createTable(
    'stock_level',
    (t) => [
      t.column('warehouse_id', 'integer', { property: 'warehouseId' }),
      t.column('variant_id', 'bigint', { property: 'variantId' }),
      t.column('quantity', 'integer', { nullable: false, default: 0 }),
      t.column('reserved', 'integer', {
        nullable: false,
        default: 0,
        comment: 'Part of quantity that open orders hold',
      }),
      t.column('reorder_point', 'integer', {
        nullable: false,
        default: 10,
        property: 'reorderPoint',
      }),
      t.primaryKey(['warehouse_id', 'variant_id'], { name: 'PK_6d82b72b401139d68a191df2133' }),
      t.check('reserved >= 0 AND reserved <= quantity', { name: 'ck_stock_reserved' }),
      t.check('quantity >= 0', { name: 'ck_stock_quantity' }),
      t.foreignKey(['warehouse_id'], 'warehouse', ['id'], {
        name: 'FK_7a34d6f15a864d09d90c1112353',
        onDelete: 'restrict',
      }),
      t.foreignKey(['variant_id'], 'product_variant', ['id'], {
        name: 'FK_89c768882cc7cd99c88e29f5e08',
        onDelete: 'cascade',
      }),
    ],
    { comment: 'How much of a variant a warehouse has', entity: 'StockLevel' },
  );
  await op.createIndex(
    'IDX_29ae61c91d4a0eb9aef0b9311a',
    'stock_level',
    ['variant_id', 'quantity'],
    { entity: 'StockLevel' },
  );
  await op.createTable(
    'entry',
    (t) => [
      t.column('id', 'bigint', { identity: 'always' }),
      t.column('action', 'audit.entry_action_enum', { nullable: false }),
      t.column('subject', 'character varying(60)', {
        nullable: false,
        comment: 'Kind of thing: "product", "order" …',
      }),
      t.column('subject_id', 'character varying(60)', { nullable: false, property: 'subjectId' }),
      t.column('changed', 'text[]', { nullable: false, default: '{}' }),
      t.column('before', 'jsonb'),
      t.column('after', 'jsonb'),
      t.column('at', 'timestamp(6) with time zone', {
        nullable: false,
        default: op.sql('clock_timestamp()'),
      }),
      t.column('actor_id', 'integer', { nullable: false, property: 'actor.id' }),
      t.primaryKey(['id'], { name: 'PK_a58c675c4c129a8e0f63d3676d6' }),
      t.foreignKey(['actor_id'], 'actor', ['id'], {
        name: 'FK_a8387ea99e74fd736c998539358',
        referencedSchema: 'audit',
        onDelete: 'restrict',
      }),
    ],
    { comment: 'What was done, never changed', schema: 'audit', entity: 'AuditEntry' },
  );
  await op.createIndex('IDX_9bfb55f9cea332828c797b5491', 'entry', ['at'], {
    schema: 'audit',
    entity: 'AuditEntry',
  });
  await op.createIndex('ix_entry_subject', 'entry', ['subject', 'subject_id'], {
    schema: 'audit',
    entity: 'AuditEntry',
  });
  await op.createTable(
    'stock_movement',
    (t) => [
      t.column('id', 'bigint', { identity: 'always' }),
      t.column('warehouse_id', 'integer', { nullable: false, property: 'warehouseId' }),
      t.column('variant_id', 'bigint', { nullable: false, property: 'variantId' }),
      t.column('delta', 'integer', { nullable: false }),
      t.column('reason', 'stock_movement_reason_enum', { nullable: false }),
      t.column('reference', 'character varying(60)', { comment: 'Order number, delivery note …' }),
      t.column('occurred_at', 'timestamp with time zone', {
        nullable: false,
        default: op.sql('now()'),
        property: 'occurredAt',
      }),
      t.primaryKey(['id'], { name: 'PK_9fe1232f916686ae8cf00294749' }),
      t.check('delta <> 0', { name: 'ck_movement_delta' }),
      t.foreignKey(['warehouse_id', 'variant_id'], 'stock_level', ['warehouse_id', 'variant_id'], {
        name: 'FK_62ba016306da2e2ca05d62d1e0a',
        onDelete: 'cascade',
        deferrable: 'initially deferred',
      }),
    ],
    { comment: 'Journal of stock, never changed', entity: 'StockMovement' },
  );
  await op.createIndex(
    'IDX_3faef77a12d80c05c65c7e0302',
    'stock_movement',
    ['warehouse_id', 'variant_id', 'occurred_at'],
    { entity: 'StockMovement' },
  );
  await op.createView(
    'product_sales',
    `SELECT p.id AS product_id,
           p.name AS product_name,
           sum(l.quantity)::bigint AS units_sold,
           sum(l.line_total) AS revenue,
           count(DISTINCT o.id) AS order_count
    FROM product p
    JOIN product_variant v ON v.product_id = p.id
    JOIN order_line l ON l.variant_id = v.id
    JOIN "order" o ON o.id = l.order_id AND o.status <> 'cancelled'
    GROUP BY p.id, p.name`,
    { entity: 'ProductSales' },
  );
  await op.createView(
    'best_seller',
    `SELECT product_id, product_name, revenue, rank() OVER (ORDER BY revenue DESC) AS place
    FROM product_sales`,
    { entity: 'BestSeller' },
  );
}

export async function downgrade(op: Operations): Promise<void> {
  await op.dropView('best_seller');
  await op.dropView('product_sales');
  await op.dropTable('stock_movement');
  await op.dropTable('entry', { schema: 'audit' });
  await op.dropTable('stock_level');
  await op.dropTable('shipment');
  await op.dropTable('payment');
  await op.dropTable('order_line');
  await op.dropTable('actor', { schema: 'audit' });
  await op.dropTable('review');
  await op.dropTable('related_product');
  await op.dropTable('product_variant');
  await op.dropTable('product_tag');
  await op.dropTable('product_category');
  await op.dropTable('order');
  await op.dropTable('customer_profile');
  await op.dropTable('customer_address');
  await op.dropTable('article_product');
  await op.dropTable('product');
  await op.dropTable('customer');
  await op.dropTable('coupon_customer_group');
  await op.dropTable('category_closure');
  await op.dropTable('article_comment');
  await op.dropTable('warehouse');
  await op.dropTable('tag');
  await op.dropTable('customer_group');
  await op.dropTable('coupon');
  await op.dropTable('category');
  await op.dropTable('brand');
  await op.dropTable('article');
  await op.dropEnum('entry_action_enum', { schema: 'audit' });
  await op.dropEnum('actor_kind_enum', { schema: 'audit' });
  await op.dropEnum('stock_movement_reason_enum');
  await op.dropEnum('publication_status');
  await op.dropEnum('product_channels_enum');
  await op.dropEnum('payment_status_enum');
  await op.dropEnum('order_status_enum');
  await op.dropEnum('customer_status_enum');
  await op.dropEnum('coupon_kind');
  await op.dropSchema('audit', { entity: 'AuditActor' });
}
