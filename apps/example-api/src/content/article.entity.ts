import type { Relation } from 'typeorm';
import { Column, Entity, JoinTable, ManyToMany, OneToMany, PrimaryGeneratedColumn } from 'typeorm';
import { Product } from '../catalog/product.entity.js';
import { PublicationStatus } from '../common/publication-status.js';
import { Timestamps } from '../database/timestamps.js';
import { ArticleComment } from './article-comment.entity.js';

@Entity()
export class Article extends Timestamps {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column({ type: 'varchar', length: 160, unique: true })
  slug!: string;

  @Column({ type: 'varchar', length: 200 })
  title!: string;

  @Column({ type: 'text' })
  body!: string;

  @Column({ type: 'varchar', length: 120 })
  author!: string;

  @Column({
    type: 'enum',
    enum: PublicationStatus,
    enumName: 'publication_status',
    default: PublicationStatus.Draft,
  })
  status!: PublicationStatus;

  @Column({
    type: 'integer',
    asExpression: 'greatest(1, length(body) / 1200)',
    generatedType: 'STORED',
  })
  readonly readingMinutes!: number;

  @ManyToMany(() => Product)
  @JoinTable({ name: 'article_product' })
  products!: Relation<Product>[];

  @OneToMany(() => ArticleComment, (comment) => comment.article)
  comments!: Relation<ArticleComment>[];
}
