import type { Relation } from 'typeorm';
import {
  Check,
  Column,
  DeleteDateColumn,
  Entity,
  Index,
  JoinTable,
  ManyToMany,
  ManyToOne,
  OneToMany,
  PrimaryGeneratedColumn,
  VersionColumn,
} from 'typeorm';
import { PublicationStatus } from '../common/publication-status.js';
import { Review } from '../content/review.entity.js';
import { Timestamps } from '../database/timestamps.js';
import { Brand } from './brand.entity.js';
import { Category } from './category.entity.js';
import { ProductVariant } from './product-variant.entity.js';
import { SalesChannel } from './sales-channel.js';
import { Tag } from './tag.entity.js';

@Entity({ comment: 'What the shop sells; its variants carry price and stock' })
@Index('ix_product_published', ['publishedAt'], {
  where: `status = 'published' AND deleted_at IS NULL`,
})
@Index(['brand', 'status'])
@Check('ck_product_weight', 'weight_grams > 0')
export class Product extends Timestamps {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column({ type: 'varchar', length: 160, comment: "The product's name as customers see it" })
  name!: string;

  @Index({ unique: true })
  @Column({ type: 'varchar', length: 160 })
  slug!: string;

  @Column({ type: 'text', default: '' })
  description!: string;

  @Column({
    type: 'enum',
    enum: PublicationStatus,
    enumName: 'publication_status',
    default: PublicationStatus.Draft,
  })
  status!: PublicationStatus;

  @Column({ type: 'enum', enum: SalesChannel, array: true, default: [SalesChannel.Web] })
  channels!: SalesChannel[];

  @Column({ type: 'text', array: true, default: [] })
  keywords!: string[];

  @Column({ type: 'jsonb', default: {} })
  attributes!: Record<string, unknown>;

  @Index()
  @Column({ type: 'text', asExpression: 'lower(name)', generatedType: 'STORED' })
  readonly searchName!: string;

  @Column({ type: 'integer', nullable: true })
  weightGrams!: number | null;

  @Column({ type: 'timestamptz', nullable: true })
  publishedAt!: Date | null;

  @VersionColumn()
  version!: number;

  @DeleteDateColumn({ type: 'timestamptz' })
  deletedAt!: Date | null;

  @ManyToOne(() => Brand, (brand) => brand.products, { nullable: true, onDelete: 'SET NULL' })
  brand!: Relation<Brand> | null;

  @ManyToOne(() => Product, { nullable: true, onDelete: 'SET NULL' })
  replacedBy!: Relation<Product> | null;

  @ManyToMany(() => Category, (category) => category.products)
  @JoinTable()
  categories!: Relation<Category>[];

  @ManyToMany(() => Tag, (tag) => tag.products)
  @JoinTable({ name: 'product_tag' })
  tags!: Relation<Tag>[];

  @ManyToMany(() => Product)
  @JoinTable({
    name: 'related_product',
    joinColumn: { name: 'product_id' },
    inverseJoinColumn: { name: 'related_id' },
  })
  related!: Relation<Product>[];

  @OneToMany(() => ProductVariant, (variant) => variant.product, { cascade: ['insert'] })
  variants!: Relation<ProductVariant>[];

  @OneToMany(() => Review, (review) => review.product)
  reviews!: Relation<Review>[];
}
