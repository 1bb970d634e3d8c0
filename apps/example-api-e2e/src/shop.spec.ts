import type { TestDatabase } from '@nest-alembic/testing';
import { createTestDatabase } from '@nest-alembic/testing';
import type { RunningExample } from './example-process.js';
import { startExample } from './example-process.js';
import type { Answer } from './http.js';
import { request } from './http.js';
import type { MigrationsFolder } from './migrations-folder.js';
import { generatedMigrations } from './migrations-folder.js';

jest.setTimeout(90_000);

let database: TestDatabase;
let migrations: MigrationsFolder;
let app: RunningExample;

beforeAll(async () => {
  database = await createTestDatabase();
  migrations = await generatedMigrations({ DATABASE_URL: database.url });
  app = await startExample({ ...migrations.env, AUTO_UPGRADE: 'upgrade' });
});

afterAll(async () => {
  await app?.stop();
  migrations?.remove();
  await database?.drop();
});

const send = (line: string, body?: unknown): Promise<Answer> =>
  request(app.url, line, body === undefined ? {} : { body });

const address = { line1: 'Hauptstraße 1', city: 'Berlin', postalCode: '10115', countryCode: 'DE' };

describe('the shop, on the schema that the first revision made', () => {
  it('makes, reads, changes and removes a product', async () => {
    const product = { slug: 'tea', name: 'Green TEA', status: 'published', tags: ['loose'] };
    const variants = [{ sku: 'TEA-1', title: '100 g', price: '9.90' }];
    expect(await send('POST /products', { ...product, variants })).toMatchObject({
      status: 201,
      body: {
        searchName: 'green tea',
        version: 1,
        channels: ['web'],
        attributes: {},
        keywords: [],
      },
    });
    expect(await send('PATCH /products/tea', { version: 1, keywords: ['sencha'] })).toMatchObject({
      status: 200,
      body: { version: 2, keywords: ['sencha'] },
    });
    expect(await send('POST /products', { slug: 'old', name: 'Old' })).toMatchObject({
      status: 201,
    });
    expect(await send('DELETE /products/old')).toMatchObject({ status: 204 });
    expect(await send('GET /products/old')).toMatchObject({ status: 404 });
    expect(await send('GET /products?q=TEA')).toMatchObject({ body: { total: 1 } });
  });

  it('sells it: stock, order, payment, shipment, sales', async () => {
    await send('POST /warehouses', { code: 'BER1', address });
    const receipt = { warehouse: 'BER1', sku: 'TEA-1', delta: 5, reason: 'receipt' };
    expect(await send('POST /stock/movements', receipt)).toMatchObject({ status: 201 });
    const customer = await send('POST /customers', { email: 'ada@shop.example', name: 'Ada' });
    const lines = [{ sku: 'TEA-1', quantity: 2 }];
    const placed = await send('POST /orders', {
      customerId: customer.body.id,
      lines,
      shippingAddress: address,
    });
    expect(placed).toMatchObject({ status: 201, body: { total: '19.80', status: 'pending' } });
    const order = `/orders/${placed.body.number}`;
    const card = { kind: 'card', amount: '19.80', cardBrand: 'visa', lastFour: '4242' };
    expect(await send(`POST ${order}/payments`, card)).toMatchObject({ body: { status: 'paid' } });
    expect(await send(`POST ${order}/shipment`, { carrier: 'DHL' })).toMatchObject({
      body: { status: 'shipped' },
    });
    expect(await send('GET /stock/TEA-1')).toMatchObject({
      body: { levels: [{ quantity: 3, reserved: 0 }] },
    });
    expect(await send('GET /reports/best-sellers')).toMatchObject({
      body: [{ productName: 'Green TEA', revenue: '19.80', place: '1' }],
    });
  });

  it.each([
    ['a name that is taken', 'POST /products', { slug: 'tea', name: 'Again' }, 409],
    ['a field that is wrong', 'POST /products', { slug: 'No slug', name: '' }, 400],
    ['a rule of a table', 'PATCH /products/tea', { version: 2, weightGrams: 0 }, 400],
    ['an old version', 'PATCH /products/tea', { version: 1, name: 'x' }, 409],
    ['a thing that is not there', 'PATCH /products/nosuch', { version: 1, name: 'x' }, 404],
  ])('refuses %s', async (_what, line, body, status) => {
    expect(await send(line, body)).toMatchObject({ status });
  });

  it('stops when it is told to, and leaves no session behind', async () => {
    const sessions = async (): Promise<number> => {
      const connection = await database.connect();
      const { rows } = await connection.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid()`,
      );
      await connection.close();
      return rows[0]?.n ?? -1;
    };
    expect(await sessions()).toBeGreaterThan(0);
    const { signal, code } = await app.stop();
    expect([signal, code]).toEqual(['SIGTERM', null]);
    expect(await sessions()).toBe(0);
  });
});
