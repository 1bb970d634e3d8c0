import type { Relation } from 'typeorm';
import {
  Column,
  CreateDateColumn,
  Entity,
  ManyToOne,
  PrimaryGeneratedColumn,
  Tree,
  TreeChildren,
  TreeParent,
} from 'typeorm';
import { Article } from './article.entity.js';

@Entity({ comment: 'Threads below articles' })
@Tree('materialized-path')
export class ArticleComment {
  @PrimaryGeneratedColumn()
  id!: number;

  @ManyToOne(() => Article, (article) => article.comments, { nullable: false, onDelete: 'CASCADE' })
  article!: Relation<Article>;

  @Column({ type: 'varchar', length: 120 })
  author!: string;

  @Column({ type: 'text' })
  body!: string;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt!: Date;

  @TreeParent({ onDelete: 'CASCADE' })
  parent!: Relation<ArticleComment> | null;

  @TreeChildren()
  children!: Relation<ArticleComment>[];
}
