import { Column, Entity, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import { modelOf } from '../testing/compare-schemas.fixture.js';
import { RenamedFrom } from './renamed-from.js';

class Address {
  @RenamedFrom('street')
  @Column()
  road!: string;
}

abstract class Base {
  @PrimaryGeneratedColumn()
  id!: number;

  @RenamedFrom('made')
  @Column()
  created!: string;
}

@Entity()
@RenamedFrom('Account')
class Customer extends Base {
  @RenamedFrom('email')
  @Column({ name: 'address_text' })
  address!: string;

  @Column(() => Address)
  home!: Address;

  @RenamedFrom('boss')
  @ManyToOne(() => Customer)
  @JoinColumn({ name: 'manager_id' })
  manager!: Customer;
}

@Entity()
class Plain extends Base {}

it('RenamedFrom tells former names of tables and columns, through parents, embeddeds and relations', async () => {
  const { renamed = [] } = await modelOf([Customer]);
  const table = { schema: null, name: 'customer' };
  expect(renamed).toHaveLength(5);
  expect(renamed).toEqual(
    expect.arrayContaining([
      { kind: 'table', table, from: 'Account' },
      { kind: 'column', table, column: 'created', from: 'made' },
      { kind: 'column', table, column: 'address_text', from: 'email' },
      { kind: 'column', table, column: 'homeRoad', from: 'home.street' },
      { kind: 'column', table, column: 'manager_id', from: 'boss' },
    ]),
  );
});

it('RenamedFrom of one class says nothing of another one', async () => {
  const { renamed } = await modelOf([Plain]);
  expect(renamed).toEqual([
    { kind: 'column', table: { schema: null, name: 'plain' }, column: 'created', from: 'made' },
  ]);
});
