import type { Column, SchemaModel } from '@nest-alembic/core';
import { Column as ColumnOption, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { MemberSchema, TeamSchema } from '../testing/entity-schemas.fixture.js';
import { modelOf } from '../testing/compare-schemas.fixture.js';
import { Author, Book, Profile, Shelf, Tag } from '../testing/relations.fixture.js';
import { Content, Country, Customer, Movie, Photo, Short } from '../testing/structure.fixture.js';
import { ClosureNode } from '../testing/trees.fixture.js';
import { EnumUser } from '../testing/columns.fixture.js';
import { AuditEvent, BigSale, Sale } from '../testing/views.fixture.js';

jest.setTimeout(60_000);

const marksOf = (model: SchemaModel, table: string): readonly string[] =>
  model.tables
    .find(({ name }) => name === table)
    ?.columns.map((column) => `${column.name}: ${column.entity}.${column.property}`) ?? [];

describe('marks of objects', () => {
  it('name class and property path of columns, through embeddeds and relations', async () => {
    const model = await modelOf([Customer, Country]);
    expect(marksOf(model, 'customer')).toEqual(
      expect.arrayContaining([
        'createdBy: Customer.createdBy',
        'homeStreet: Customer.home.street',
        'homeGeoLat: Customer.home.geo.lat',
        'ship_Street: Customer.shipping.street',
        'street: Customer.plain.street',
        'homeCountryid: Customer.home.country.id',
      ]),
    );
  });

  it('name the parent for all columns of a single-table hierarchy', async () => {
    const model = await modelOf([Content, Photo, Movie, Short, Country]);
    expect(marksOf(model, 'content')).toEqual(
      expect.arrayContaining([
        'kind: Content.kind',
        'url: Content.url',
        'seconds: Content.seconds',
      ]),
    );
    expect(model.tables.map(({ name }) => name)).toEqual(['content', 'country']);
  });

  it('name class and relation for a join table, and the side for its columns', async () => {
    const model = await modelOf([Author, Book, Profile, Shelf, Tag]);
    expect(marksOf(model, 'book_tags_tag')).toEqual([
      'bookId: Book#tags.owner.id',
      'tagCode: Book#tags.inverse.code',
    ]);
    expect(marksOf(model, 'book_copies_shelf')).toEqual([
      'bookId: Book#copies.owner.id',
      'shelfBuilding: Book#copies.inverse.building',
      'shelfRow: Book#copies.inverse.row',
    ]);
  });

  it('name class and closure for a closure table', async () => {
    const model = await modelOf([ClosureNode]);
    expect(marksOf(model, 'closure_node_closure')).toEqual([
      'id_ancestor: ClosureNode#closure.ancestor.id',
      'id_descendant: ClosureNode#closure.descendant.id',
      'level: ClosureNode#closure.level',
    ]);
  });

  it('stand on every object, and never for two tables', async () => {
    const model = await modelOf([
      Author,
      Book,
      Profile,
      Shelf,
      Tag,
      Sale,
      BigSale,
      EnumUser,
      AuditEvent,
    ]);
    const parts = model.tables.flatMap((table) => [
      table,
      ...(table.primaryKey ? [table.primaryKey] : []),
      ...[table.columns, table.foreignKeys, table.uniques, table.checks, table.indexes].flat(),
    ]);
    const all = [
      ...parts,
      ...model.views,
      ...model.views.flatMap((v) => v.indexes),
      ...model.enums,
    ];
    expect(all.filter(({ entity }) => !entity)).toEqual([]);
    const columns: readonly Column[] = model.tables.flatMap((table) => table.columns);
    const paths = columns.map(({ entity, property }) => `${entity}.${property}`);
    expect(new Set(paths).size).toBe(paths.length);
    const marks = model.tables.map(({ entity }) => entity);
    expect(new Set(marks).size).toBe(marks.length);
  });

  it('name an entity without a class as its schema does', async () => {
    const model = await modelOf([TeamSchema, MemberSchema]);
    expect(model.tables.map(({ entity }) => entity)).toEqual(['Member', 'Team', 'Team#members']);
  });

  it('tell classes of the same name apart by their tables', async () => {
    const first = namedAccount('account');
    const second = namedAccount('ledger_account');
    const model = await modelOf([first, second]);
    expect(model.tables.map(({ entity }) => entity)).toEqual([
      'Account@account',
      'Account@ledger_account',
    ]);
  });
});

function namedAccount(table: string) {
  @Entity(table)
  class Account {
    @PrimaryGeneratedColumn() id!: number;
    @ColumnOption() name!: string;
  }
  return Account;
}
