import type { Connection, ObjectName, SchemaModel } from '@nest-alembic/core';

/**
 * Rows for every table of the example, of which none has a NULL and none is only what the defaults say: so that a change
 * that loses a value shows.
 */
export const EXAMPLE_ROWS = `
BEGIN;
INSERT INTO customer_group (id, name, discount_percent) VALUES (1, 'regulars', 2.50), (2, 'staff', 30);
INSERT INTO customer (id, email, name, locale, status, marketing_consent, version, deleted_at, group_id, referred_by_id) VALUES
  ('00000000-0000-0000-0000-0000000000c1', 'ada@example.com', 'Ada', 'de', 'blocked', true, 3, '2026-01-02 03:04:05+00', 1, '00000000-0000-0000-0000-0000000000c1'),
  ('00000000-0000-0000-0000-0000000000c2', 'bob@example.com', 'Bob', 'fr', 'active', false, 1, '2026-01-03 03:04:05+00', 2, '00000000-0000-0000-0000-0000000000c1');
INSERT INTO customer_profile (customer_id, birthday, interests, preferences) VALUES ('00000000-0000-0000-0000-0000000000c1', '1815-12-10', '{engines,"a, b"}', '{"newsletter": true}');
INSERT INTO customer_address (label, is_default, customer_id, line1, line2, city, postal_code, country_code, geo_latitude, geo_longitude) VALUES
  ('home', true, '00000000-0000-0000-0000-0000000000c1', '1 High Street', 'left', 'London', 'N1', 'GB', 51.5, -0.1),
  ('work', false, '00000000-0000-0000-0000-0000000000c1', '2 High Street', 'right', 'London', 'N2', 'GB', 51.6, -0.2);
INSERT INTO brand (name, website) VALUES ('Leaf & Co', 'https://leaf.example'), ('Root', 'https://root.example');
INSERT INTO category (slug, name, position, parent_id) VALUES ('tea', 'Tea', 1, 1), ('green', 'Green tea', 2, 1);
INSERT INTO category_closure (id_ancestor, id_descendant) VALUES (1, 1), (1, 2), (2, 2);
INSERT INTO tag (name) VALUES ('organic'), ('new');
INSERT INTO product (id, name, slug, description, status, channels, keywords, attributes, weight_grams, published_at, version, deleted_at, brand_id, replaced_by_id) VALUES
  ('00000000-0000-0000-0000-0000000000d1', 'Sencha', 'sencha', 'it''s green', 'published', '{app,store}', '{"a, b",c}', '{"origin": "JP"}', 250, '2026-02-03 04:05:06+00', 7, '2026-03-03 04:05:06+00', 1, '00000000-0000-0000-0000-0000000000d2'),
  ('00000000-0000-0000-0000-0000000000d2', 'Assam', 'assam', 'black', 'archived', '{web}', '{}', '{}', 100, '2026-02-04 04:05:06+00', 1, '2026-03-04 04:05:06+00', 2, '00000000-0000-0000-0000-0000000000d2');
INSERT INTO product_category (product_id, category_id) VALUES ('00000000-0000-0000-0000-0000000000d1', 2), ('00000000-0000-0000-0000-0000000000d2', 1);
INSERT INTO product_tag (product_id, tag_id) VALUES ('00000000-0000-0000-0000-0000000000d1', 1);
INSERT INTO related_product (product_id, related_id) VALUES ('00000000-0000-0000-0000-0000000000d1', '00000000-0000-0000-0000-0000000000d2');
INSERT INTO product_variant (sku, title, price, compare_at_price, currency, options, barcode, position, product_id) VALUES
  ('SEN-100', '100 g', 4.50, 5.00, 'GBP', '{"size": "100 g"}', '4000001', 1, '00000000-0000-0000-0000-0000000000d1'),
  ('SEN-250', '250 g', 9.90, 12.00, 'GBP', '{"size": "250 g"}', '4000002', 2, '00000000-0000-0000-0000-0000000000d1');
INSERT INTO review (rating, title, body, verified, product_id, customer_id) VALUES
  (5, 'Fresh', 'as it should be', true, '00000000-0000-0000-0000-0000000000d1', '00000000-0000-0000-0000-0000000000c1');
INSERT INTO article (id, slug, title, body, author, status) VALUES
  ('00000000-0000-0000-0000-0000000000e1', 'how-to-brew', 'How to brew', repeat('hot water ', 500), 'Ada', 'published');
INSERT INTO article_comment (author, body, mpath, article_id, parent_id) VALUES
  ('Bob', 'Thanks', '1.', '00000000-0000-0000-0000-0000000000e1', 1), ('Ada', 'Welcome', '1.2.', '00000000-0000-0000-0000-0000000000e1', 1);
INSERT INTO article_product (article_id, product_id) VALUES ('00000000-0000-0000-0000-0000000000e1', '00000000-0000-0000-0000-0000000000d1');
INSERT INTO warehouse (code, time_zone, active, address_line1, address_line2, address_city, address_postal_code, address_country_code, address_geo_latitude, address_geo_longitude) VALUES
  ('LON', 'Europe/London', false, '1 Dock', 'gate 2', 'London', 'E16', 'GB', 51.5, 0.05);
INSERT INTO stock_level (warehouse_id, variant_id, quantity, reserved, reorder_point) VALUES (1, 1, 20, 2, 5), (1, 2, 30, 0, 6);
INSERT INTO stock_movement (warehouse_id, variant_id, delta, reason, reference) VALUES (1, 1, 20, 'receipt', 'D-1'), (1, 1, -1, 'sale', 'O-1');
INSERT INTO coupon (code, kind, value, valid_from, valid_until, max_uses, used_count) VALUES ('SPRING', 'percent', 10, '2026-03-01', '2026-06-01', 100, 1), ('FIVE', 'amount', 5, '2026-03-01', '2026-06-01', 10, 2);
INSERT INTO coupon_customer_group (coupon_code, customer_group_id) VALUES ('SPRING', 1);
INSERT INTO "order" (number, status, currency, note, version, customer_id, coupon_code, warehouse_id, shipping_line1, shipping_line2, shipping_city, shipping_postal_code, shipping_country_code, shipping_geo_latitude, shipping_geo_longitude) VALUES
  ('O-1', 'paid', 'GBP', 'ring twice', 2, '00000000-0000-0000-0000-0000000000c1', 'SPRING', 1, '1 High Street', 'left', 'London', 'N1', 'GB', 51.5, -0.1),
  ('O-2', 'cancelled', 'GBP', 'no more', 4, '00000000-0000-0000-0000-0000000000c2', 'FIVE', 1, '3 High Street', 'left', 'London', 'N3', 'GB', 51.7, -0.3);
INSERT INTO order_line (order_id, line_no, quantity, unit_price, discount, variant_id) VALUES (1, 1, 2, 4.50, 0.90, 1), (1, 2, 1, 9.90, 0.99, 2);
INSERT INTO payment (id, kind, amount, status, card_brand, last_four, iban, reference, order_id) VALUES
  ('00000000-0000-0000-0000-0000000000f1', 'card', 17.01, 'captured', 'visa', '4242', 'DE02120300000000202051', 'O-1', 1);
INSERT INTO shipment (carrier, tracking_number, shipped_on, delivered_on, order_id) VALUES ('Post', 'T-1', '2026-04-01', '2026-04-03', 1);
INSERT INTO audit.actor (kind, label, customer_id) VALUES ('staff', 'Ada', '00000000-0000-0000-0000-0000000000c1');
INSERT INTO audit.entry (action, subject, subject_id, changed, before, after, actor_id) VALUES
  ('update', 'product', 'sencha', '{name,"a, b"}', '{"name": "Senca"}', '{"name": "Sencha"}', 1);
${timesOf({
  article: ['created_at', 'updated_at'],
  article_comment: ['created_at'],
  customer: ['created_at', 'updated_at'],
  product: ['created_at', 'updated_at'],
  product_variant: ['created_at', 'updated_at'],
  review: ['created_at'],
  payment: ['created_at'],
  stock_movement: ['occurred_at'],
  '"order"': ['placed_at', 'payable_until'],
  'audit.entry': ['at'],
})}
COMMIT`;

/** Rows that are filled in again have to be the same: no time may be that of the clock. */
function timesOf(columns: Readonly<Record<string, readonly string[]>>): string {
  const set = (names: readonly string[]) =>
    names.map((name) => `${name} = '2026-05-06 07:08:09+00'`).join(', ');
  return Object.entries(columns)
    .map(([table, names]) => `UPDATE ${table} SET ${set(names)};`)
    .join('\n');
}

/** Fills the tables again, of which some have lost their rows. */
export async function fillAgain(connection: Connection, model: SchemaModel): Promise<void> {
  const tables = model.tables.map(sqlOf).join(', ');
  await connection.script(`TRUNCATE ${tables} RESTART IDENTITY; ${EXAMPLE_ROWS}`);
}

/** A row as the server tells it in JSON. */
export type Row = Readonly<Record<string, unknown>>;

/** The rows of tables, by the name that the model gives them. */
export type Rows = ReadonlyMap<string, readonly Row[]>;

/** Reads all rows of the tables of a model. */
export async function readRows(connection: Connection, model: SchemaModel): Promise<Rows> {
  const rows = new Map<string, Row[]>(model.tables.map((table) => [nameOf(table), []]));
  const queries = model.tables.map(
    (table) => `SELECT '${nameOf(table)}' AS name, to_jsonb(t) AS row FROM ${sqlOf(table)} t`,
  );
  const found = await connection.query<{ name: string; row: Row }>(queries.join(' UNION ALL '));
  for (const { name, row } of found.rows) rows.get(name)?.push(row);
  return rows;
}

/** Names of columns by the name of their table. */
export type Parts = ReadonlyMap<string, readonly string[]>;

/** The tables and columns of a model, under the names that they had before. */
export function partsOf(model: SchemaModel, formerName: (name: string) => string): Parts {
  return new Map(
    model.tables.map((table) => [
      formerName(nameOf(table)),
      table.columns.map(({ name }) => formerName(name)),
    ]),
  );
}

/** What of some tables and columns others have too, without columns of some names. */
export function sharedParts(parts: Parts, others: Parts, except: readonly string[]): Parts {
  return new Map(
    [...parts].flatMap(([table, columns]) => {
      const known = new Set(others.get(table));
      const shared = columns.filter((name) => known.has(name) && !except.includes(name));
      return shared.length === 0 ? [] : [[table, shared] as const];
    }),
  );
}

/** Rows under the names that their tables and columns had before. */
export function withFormerNames(rows: Rows, formerName: (name: string) => string): Rows {
  const renamed = (row: Row): Row =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [formerName(name), value]));
  return new Map([...rows].map(([name, own]) => [formerName(name), own.map(renamed)]));
}

/** The values of some columns, by table; sorted, as the order of rows is nobody's. */
export function valuesOf(rows: Rows, parts: Parts): Readonly<Record<string, readonly Row[]>> {
  const only = (names: readonly string[]) => (row: Row) =>
    Object.fromEntries(names.map((name) => [name, row[name]]));
  const values = [...parts].map(
    ([table, names]) => [table, sorted((rows.get(table) ?? []).map(only(names)))] as const,
  );
  return Object.fromEntries(values);
}

const sorted = (rows: readonly Row[]): readonly Row[] =>
  [...rows].sort((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1));

const nameOf = ({ schema, name }: ObjectName): string =>
  schema === null ? name : `${schema}.${name}`;

const sqlOf = ({ schema, name }: ObjectName): string =>
  schema === null ? `"${name}"` : `"${schema}"."${name}"`;
