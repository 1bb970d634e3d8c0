import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase } from '@nest-alembic/testing';
import type { INestApplication } from '@nestjs/common';
import { ConfigModule } from '@nestjs/config';
import { Test } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { readConfig } from './config/app-config.js';
import { DatabaseModule } from './database/database.module.js';
import { exampleEntities } from './entities.js';
import { ShopModule } from './shop.module.js';

/** Settings of the app and what removes their database. */
interface Place {
  readonly env: Record<string, string>;
  remove(): Promise<void>;
}

async function server(): Promise<Place> {
  const database = await createTestDatabase();
  return { env: { DATABASE_URL: database.url }, remove: () => database.drop() };
}

async function embedded(): Promise<Place> {
  const base = mkdtempSync(join(tmpdir(), 'shop-'));
  return {
    env: { EXAMPLE_DATA_DIR: join(base, 'pglite') },
    remove: async () => rmSync(base, { recursive: true }),
  };
}

const address = {
  line1: 'Hauptstraße 1',
  city: 'Berlin',
  postalCode: '10115',
  countryCode: 'DE',
};

describe.each([
  ['a PostgreSQL server', server],
  ['the embedded database', embedded],
])('the shop on %s', (_name, make) => {
  let place: Place;
  let app: INestApplication;
  let base: string;

  beforeAll(async () => {
    place = await make();
    const config = readConfig({ ...place.env, ADMIN_TOKEN: 'secret' });
    const module = await Test.createTestingModule({
      imports: [
        ConfigModule.forRoot({ isGlobal: true, ignoreEnvFile: true, load: [() => config] }),
        DatabaseModule,
        ShopModule,
      ],
    }).compile();
    app = module.createNestApplication();
    app.enableShutdownHooks();
    const dataSource = app.get(DataSource);
    await dataSource.query('CREATE SCHEMA audit');
    await dataSource.synchronize();
    await app.listen(0, '127.0.0.1');
    base = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
  }, 60_000);

  afterAll(async () => {
    await app.close();
    await place.remove();
  });

  /** Sends a request and returns the body, after the status was compared. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- bodies are what the assertions are about
  async function call(request: string, body?: unknown, status?: number): Promise<any> {
    const [method = 'GET', path = '/'] = request.split(' ');
    const response = await fetch(base + path, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const expected = status ?? { GET: 200, PUT: 200, PATCH: 200, POST: 201, DELETE: 204 }[method];
    if (response.status !== expected) throw new Error(`${request}: ${response.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }

  it('has every entity of the list, registered by its module', () => {
    const registered = app.get(DataSource).entityMetadatas.map(({ target }) => target);
    const targets = registered.filter((target) => typeof target === 'function');
    expect(new Set(targets)).toEqual(new Set(exampleEntities));
  });

  it('keeps departments as a tree', async () => {
    await call('POST /categories', { slug: 'drinks', name: 'Drinks' });
    await call('POST /categories', { slug: 'tea', name: 'Tea', parent: 'drinks' });
    await call('POST /categories', { slug: 'green-tea', name: 'Green tea', parent: 'tea' });
    expect(await call('GET /categories')).toMatchObject([
      { slug: 'drinks', children: [{ slug: 'tea', children: [{ slug: 'green-tea' }] }] },
    ]);
    const path: { slug: string }[] = await call('GET /categories/green-tea/path');
    expect(path.map(({ slug }) => slug)).toEqual(['drinks', 'tea', 'green-tea']);
    await call('POST /categories', { slug: 'x', name: 'X', parent: 'nosuch' }, 404);
    await call('POST /categories', { slug: 'tea', name: 'Tea again' }, 409);
  });

  it('makes a product with brand, departments, tags and variants', async () => {
    await call('POST /brands', { name: 'Leaf & Co', website: 'https://leaf.example' });
    await call('POST /products', { slug: 'old-sencha', name: 'Old sencha' });
    const product = await call('POST /products', {
      slug: 'sencha',
      name: 'Sencha SUPERIOR',
      status: 'published',
      brand: 'Leaf & Co',
      categories: ['green-tea'],
      tags: ['organic', 'loose'],
      related: ['old-sencha'],
      channels: ['web', 'store'],
      keywords: ['steam', '"quoted", with comma'],
      attributes: { origin: { country: 'JP' } },
      variants: [
        { sku: 'SEN-100', title: '100 g', price: '9.90' },
        {
          sku: 'SEN-500',
          title: '500 g',
          price: 42.5,
          compareAtPrice: '49.50',
          barcode: '4006381333931',
        },
      ],
    });
    expect(product).toMatchObject({
      searchName: 'sencha superior',
      status: 'published',
      version: 1,
      brand: { name: 'Leaf & Co' },
      channels: ['web', 'store'],
      keywords: ['steam', '"quoted", with comma'],
      attributes: { origin: { country: 'JP' } },
      related: [{ slug: 'old-sencha' }],
      variants: [
        { sku: 'SEN-100', price: '9.90', currency: 'EUR', options: { size: null, colour: null } },
        { sku: 'SEN-500', price: '42.50', compareAtPrice: '49.50' },
      ],
    });
    expect(product.publishedAt).not.toBeNull();
  });

  it.each([
    ['its department’s ancestor', 'category=drinks'],
    ['a tag', 'tag=organic'],
    ['a part of its name', 'q=SUPER'],
    ['a keyword', 'q=steam'],
    ['its price', 'maxPrice=10&status=published'],
  ])('finds the product by %s', async (_by, query) => {
    const { total, products } = await call(`GET /products?${query}`);
    expect([total, products[0].slug]).toEqual([1, 'sencha']);
  });

  it.each(['q=50%25', 'q=_', 'category=nosuch', 'maxPrice=1', 'tag=nosuch', 'brandId=9'])(
    'finds nothing by %s',
    async (query) => {
      expect(await call(`GET /products?${query}`)).toEqual({ total: 0, products: [] });
    },
  );

  it('refuses a change that was made on an old version', async () => {
    const { version } = await call('GET /products/sencha');
    const changed = await call('PATCH /products/sencha', {
      version,
      weightGrams: 120,
      tags: ['loose'],
    });
    expect(changed).toMatchObject({
      version: version + 1,
      weightGrams: 120,
      tags: [{ name: 'loose' }],
    });
    await call('PATCH /products/sencha', { version, weightGrams: 130 }, 409);
    await call('PATCH /products/sencha', { version: version + 1, weightGrams: -1 }, 400);
  });

  it('lets two variants change places', async () => {
    const product = await call('PUT /products/sencha/variants/order', {
      skus: ['SEN-500', 'SEN-100'],
    });
    expect(product.variants.map(({ sku }: { sku: string }) => sku)).toEqual(['SEN-500', 'SEN-100']);
  });

  it('refuses a price above the crossed-out price, as the table does', async () => {
    const variant = { sku: 'SEN-50', title: '50 g', price: '6.00', compareAtPrice: '5.00' };
    const answer = await call('POST /products/sencha/variants', variant, 400);
    expect(answer).toMatchObject({ constraint: 'ck_variant_compare_at' });
  });

  it('hides a product that was removed', async () => {
    await call('DELETE /products/old-sencha');
    await call('GET /products/old-sencha', undefined, 404);
    expect(await call('GET /products/sencha')).toMatchObject({ related: [] });
  });

  let ada: string;
  it('knows customers with group, profile and addresses', async () => {
    await call('POST /customer-groups', { name: 'Friends', discountPercent: '5' });
    ({ id: ada } = await call('POST /customers', {
      email: 'ada@shop.example',
      name: 'Ada',
      group: 'Friends',
    }));
    const bob = await call('POST /customers', {
      email: 'bob@shop.example',
      name: 'Bob',
      referredBy: ada,
    });
    await call(`PUT /customers/${ada}/profile`, { birthday: '1990-02-28', interests: ['tea'] });
    await call(`POST /customers/${ada}/addresses`, { label: 'home', address, isDefault: true });
    const geo = { latitude: 52.5, longitude: 13.4 };
    await call(`POST /customers/${ada}/addresses`, {
      label: 'work',
      address: { ...address, geo },
      isDefault: true,
    });
    expect(await call(`GET /customers/${ada}`)).toMatchObject({
      group: { name: 'Friends', discountPercent: '5.00' },
      profile: { birthday: '1990-02-28', preferences: { newsletter: false } },
      referrals: [{ id: bob.id }],
      addresses: [
        { label: 'home', isDefault: false, address: { city: 'Berlin' } },
        { label: 'work', isDefault: true, address: { geo } },
      ],
    });
    await call('POST /customers', { email: 'ada@shop.example', name: 'Another' }, 409);
  });

  it('refuses to remove a group that has customers', async () => {
    const [{ id }] = await call('GET /customer-groups');
    await call(`DELETE /customer-groups/${id}`, undefined, 409);
  });

  it('counts stock and refuses a level below zero', async () => {
    await call('POST /warehouses', { code: 'BER1', address });
    const receipt = { warehouse: 'BER1', sku: 'SEN-100', delta: 10, reason: 'receipt' };
    await call('POST /stock/movements', receipt);
    await call('POST /stock/movements', { ...receipt, delta: -3, reason: 'correction' });
    await call('POST /stock/movements', { ...receipt, delta: -8, reason: 'correction' }, 400);
    expect(await call('GET /stock/SEN-100')).toMatchObject({
      levels: [{ quantity: 7, reserved: 0, reorderPoint: 10, warehouse: { code: 'BER1' } }],
    });
  });

  let number: string;
  const order = (quantity: number, more: object = {}): object => ({
    customerId: ada,
    lines: [{ sku: 'SEN-100', quantity }],
    shippingAddress: address,
    ...more,
  });

  it('places an order with a coupon for a group, and reserves the stock', async () => {
    const coupon = { code: 'TEA10', kind: 'percent', value: '10', maxUses: 1, groups: ['Friends'] };
    await call('POST /coupons', coupon);
    const placed = await call('POST /orders', order(2, { couponCode: 'TEA10' }));
    ({ number } = placed);
    expect(placed).toMatchObject({
      status: 'pending',
      total: '17.82',
      coupon: { code: 'TEA10' },
      shippingAddress: { city: 'Berlin' },
      lines: [{ lineNo: 1, unitPrice: '9.90', discount: '1.98', lineTotal: '17.82' }],
    });
    expect(await call('GET /stock/SEN-100')).toMatchObject({
      levels: [{ quantity: 7, reserved: 2 }],
    });
    expect(await call('GET /coupons/TEA10')).toMatchObject({ usedCount: 1 });
  });

  it.each([
    ['a coupon is used up', () => order(1, { couponCode: 'TEA10' }), 409],
    ['there is not enough', () => order(6), 409],
    ['something is not for sale', () => order(1, { lines: [{ sku: 'nosuch', quantity: 1 }] }), 400],
    ['a field is wrong', () => order(0), 400],
  ])('leaves everything as it was when %s', async (_why, body, status) => {
    const before = await call('GET /stock/SEN-100');
    await call('POST /orders', body(), status);
    expect(await call('GET /stock/SEN-100')).toEqual(before);
  });

  it('gives no more than it has to ten that ask at once', async () => {
    const answers = await Promise.allSettled(
      Array.from({ length: 10 }, () => call('POST /orders', order(1))),
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    expect(await call('GET /stock/SEN-100')).toMatchObject({
      levels: [{ quantity: 7, reserved: 7 }],
    });
    for (const answer of answers) {
      if (answer.status === 'fulfilled')
        await call(`POST /orders/${answer.value.number}/cancellation`, {});
    }
    expect(await call('GET /stock/SEN-100')).toMatchObject({
      levels: [{ quantity: 7, reserved: 2 }],
    });
  });

  it('ships an order once it is paid, by payments of two kinds', async () => {
    await call(`POST /orders/${number}/shipment`, { carrier: 'DHL' }, 409);
    await call(`POST /orders/${number}/payments`, {
      kind: 'card',
      amount: '10',
      cardBrand: 'visa',
      lastFour: '4242',
    });
    const transfer = { kind: 'transfer', amount: '7.82', iban: 'DE89370400440532013000' };
    expect(await call(`POST /orders/${number}/payments`, transfer)).toMatchObject({
      status: 'paid',
      payments: [
        { kind: 'card', lastFour: '4242' },
        { kind: 'transfer', iban: 'DE89370400440532013000' },
      ],
    });
    const shipped = await call(`POST /orders/${number}/shipment`, {
      carrier: 'DHL',
      trackingNumber: '42',
    });
    expect(shipped).toMatchObject({ status: 'shipped', shipment: { carrier: 'DHL' } });
    expect(await call('GET /stock/SEN-100')).toMatchObject({
      levels: [{ quantity: 5, reserved: 0 }],
    });
    await call(`POST /orders/${number}/cancellation`, {}, 409);
  });

  it('reports sales from the views', async () => {
    expect(await call('GET /reports/product-sales')).toMatchObject([
      { productName: 'Sencha SUPERIOR', unitsSold: '2', revenue: '17.82', orderCount: '1' },
    ]);
    expect(await call('GET /reports/best-sellers')).toMatchObject([
      { place: '1', revenue: '17.82' },
    ]);
  });

  it('takes one review from each customer, verified for who has bought', async () => {
    const review = { customerId: ada, rating: 4, title: 'Fine' };
    expect(await call('POST /products/sencha/reviews', review)).toMatchObject({ verified: true });
    await call('POST /products/sencha/reviews', review, 409);
    await call('POST /products/sencha/reviews', { ...review, rating: 6 }, 400);
    expect(await call('GET /products/sencha/reviews')).toMatchObject({ count: 1, average: '4.00' });
  });

  it('keeps articles with threads of comments', async () => {
    const article = {
      slug: 'on-tea',
      title: 'On tea',
      body: 'Tea. '.repeat(600),
      author: 'Ada',
      products: ['sencha'],
    };
    expect(await call('POST /articles', article)).toMatchObject({
      readingMinutes: 2,
      status: 'draft',
      products: [{ slug: 'sencha' }],
    });
    const first = await call('POST /articles/on-tea/comments', { author: 'Bob', body: 'Nice' });
    await call('POST /articles/on-tea/comments', {
      author: 'Ada',
      body: 'Thanks',
      parent: first.id,
    });
    expect(await call('GET /articles/on-tea/comments')).toMatchObject([
      { body: 'Nice', children: [{ body: 'Thanks', children: [] }] },
    ]);
    expect(await call('GET /articles')).toEqual([]);
  });

  it('forgets who a customer was and keeps the orders', async () => {
    await call(`DELETE /customers/${ada}`);
    await call(`GET /customers/${ada}`, undefined, 404);
    expect(await call(`GET /orders/${number}`)).toMatchObject({ number, status: 'shipped' });
  });

  it('shows what was done to who has the token', async () => {
    await call('GET /audit/entries', undefined, 401);
    const response = await fetch(`${base}/audit/entries?limit=1`, {
      headers: { 'x-admin-token': 'secret' },
    });
    expect(await response.json()).toMatchObject([
      { action: 'delete', subject: 'customer', subjectId: ada, actor: { kind: 'customer' } },
    ]);
  });

  it('answers 404 and 400 for what is not there and not understood', async () => {
    await call('GET /products/nosuch', undefined, 404);
    await call('GET /customers/1', undefined, 400);
    const answer = await call('POST /brands', { nam: 'x' }, 400);
    expect(answer.problems).toEqual([
      'nam: is not known',
      'name: must be a text of 1 to 80 characters',
    ]);
  });
});
