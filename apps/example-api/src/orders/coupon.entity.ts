import type { Relation } from 'typeorm';
import { Check, Column, Entity, JoinTable, ManyToMany, PrimaryColumn } from 'typeorm';
import { CustomerGroup } from '../customers/customer-group.entity.js';

export const CouponKind = { Percent: 'percent', Amount: 'amount' } as const;

export type CouponKind = (typeof CouponKind)[keyof typeof CouponKind];

@Entity()
@Check('ck_coupon_value', `value > 0 AND (kind <> 'percent' OR value <= 100)`)
@Check('ck_coupon_period', 'valid_until IS NULL OR valid_until > valid_from')
@Check('ck_coupon_uses', 'max_uses IS NULL OR used_count <= max_uses')
export class Coupon {
  @PrimaryColumn({ type: 'varchar', length: 32 })
  code!: string;

  @Column({ type: 'enum', enum: CouponKind, enumName: 'coupon_kind' })
  kind!: CouponKind;

  @Column({ type: 'numeric', precision: 12, scale: 2 })
  value!: string;

  @Column({ type: 'timestamptz', default: () => 'CURRENT_TIMESTAMP' })
  validFrom!: Date;

  @Column({ type: 'timestamptz', nullable: true })
  validUntil!: Date | null;

  @Column({ type: 'integer', nullable: true })
  maxUses!: number | null;

  @Column({ type: 'integer', default: 0 })
  usedCount!: number;

  @ManyToMany(() => CustomerGroup)
  @JoinTable({ name: 'coupon_customer_group' })
  customerGroups!: Relation<CustomerGroup>[];
}
