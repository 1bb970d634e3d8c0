import {
  Column,
  type DataSource,
  Entity,
  Index,
  ManyToOne,
  PrimaryColumn,
  PrimaryGeneratedColumn,
  ViewColumn,
  ViewEntity,
} from 'typeorm';

@Entity()
export class Sale {
  @PrimaryGeneratedColumn() id!: number;
  @Column() product!: string;
  @Column('int') amount!: number;
}

@ViewEntity({
  name: 'sale_total',
  expression: `SELECT product, sum(amount) AS total FROM sale GROUP BY product;`,
})
export class SaleTotal {
  @ViewColumn() product!: string;
  @ViewColumn() total!: number;
}

@ViewEntity({
  expression: (dataSource: DataSource) =>
    dataSource
      .createQueryBuilder()
      .select('sale.product', 'product')
      .addSelect('count(*)', 'sales')
      .from(Sale, 'sale')
      .groupBy('sale.product'),
})
export class SaleCount {
  @ViewColumn() product!: string;
  @ViewColumn() sales!: number;
}

/** Comes before what it is made of, by name and in the list. */
@ViewEntity({
  name: 'a_best_product',
  expression: 'SELECT product FROM sale_total WHERE total > 100',
  dependsOn: [SaleTotal],
})
export class BestProduct {
  @ViewColumn() product!: string;
}

@ViewEntity({
  materialized: true,
  expression: 'SELECT id, product FROM sale WHERE amount > 10',
})
@Index('big_sale_product', ['product'])
export class BigSale {
  @PrimaryColumn() @Index({ unique: true }) id!: number;
  @ViewColumn() product!: string;
}

@ViewEntity({ synchronize: false, expression: 'SELECT 1 AS one' })
export class LegacyView {
  @ViewColumn() one!: number;
}

@Entity({ schema: 'audit', name: 'event', comment: 'In another schema' })
export class AuditEvent {
  @PrimaryGeneratedColumn('increment', { type: 'bigint' }) id!: string;
  @Column({ type: 'enum', enum: ['made', 'gone'], comment: 'What happened' })
  @Index()
  kind!: string;
  @ManyToOne(() => Sale, { onDelete: 'CASCADE' }) sale!: Sale;
  @ManyToOne(() => AuditEvent) cause!: AuditEvent;
}

@ViewEntity({ schema: 'audit', expression: 'SELECT id FROM audit.event' })
export class AuditView {
  @ViewColumn() id!: string;
}
