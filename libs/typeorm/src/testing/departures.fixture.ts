import {
  ChildEntity,
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  PrimaryGeneratedColumn,
  TableInheritance,
  Tree,
  TreeChildren,
  TreeParent,
  ViewColumn,
  ViewEntity,
} from 'typeorm';

@Entity('we"ird')
export class WeirdNames {
  @PrimaryGeneratedColumn({ name: 'the "id"' }) id!: number;
}

@Entity()
export class Currency {
  @PrimaryColumn({ type: 'enum', enum: ['eur', 'usd'] }) code!: string;
}

@Entity()
export class Price {
  @PrimaryGeneratedColumn() id!: number;
  @ManyToOne(() => Currency) currency!: Currency;
}

@Entity()
export class DefaultedParent {
  @PrimaryGeneratedColumn() id!: number;
}

@Entity()
export class DefaultedChild {
  @PrimaryGeneratedColumn() id!: number;
  @Column('int', { default: 1 }) parentId!: number;
  @ManyToOne(() => DefaultedParent, { onDelete: 'DEFAULT', onUpdate: 'DEFAULT' })
  @JoinColumn({ name: 'parentId' })
  parent!: DefaultedParent;
}

@Entity()
@TableInheritance({ column: { type: 'varchar', name: 'type' } })
export class Vehicle {
  @PrimaryGeneratedColumn() id!: number;
}

@ChildEntity()
export class Car extends Vehicle {
  @Column({ name: 'plate', nullable: true }) @Index() carPlate!: string;
}

@ChildEntity()
export class Truck extends Vehicle {
  @Column({ name: 'plate', nullable: true }) @Index() truckPlate!: string;
}

@Entity()
@Tree('closure-table')
export class TenantNode {
  @PrimaryColumn('int') tenant!: number;
  @PrimaryColumn('int') id!: number;
  @TreeChildren() children!: TenantNode[];
  @TreeParent() parent!: TenantNode;
}

@ViewEntity({ name: 'a_view', expression: 'SELECT one + 1 AS two FROM z_view' })
export class AView {
  @ViewColumn() two!: number;
}

@ViewEntity({ name: 'z_view', expression: 'SELECT 1 AS one' })
export class ZView {
  @ViewColumn() one!: number;
}

@Entity({ name: 'kept', schema: 'other' })
export class OtherSchema {
  @PrimaryGeneratedColumn() id!: number;
}
