import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, In, IsNull } from 'typeorm';
import { Product } from '../catalog/product.entity.js';
import { PublicationStatus } from '../common/publication-status.js';
import { ArticleComment } from './article-comment.entity.js';
import { Article } from './article.entity.js';
import type { NewArticle, NewComment } from './content.input.js';

@Injectable()
export class ArticlesService {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  listPublished(): Promise<Article[]> {
    return this.dataSource.manager.find(Article, {
      where: { status: PublicationStatus.Published },
      order: { createdAt: 'DESC' },
    });
  }

  /** @throws EntityNotFoundError */
  get(slug: string): Promise<Article> {
    return this.dataSource.manager.findOneOrFail(Article, {
      where: { slug },
      relations: { products: true },
    });
  }

  async create({ products = [], ...fields }: NewArticle): Promise<Article> {
    const { manager } = this.dataSource;
    const about = await manager.findBy(Product, { slug: In(products) });
    await manager.save(Object.assign(manager.create(Article, fields), { products: about }));
    return this.get(fields.slug);
  }

  /** Comments with the answers to them inside, the oldest first. */
  async threads(slug: string): Promise<ArticleComment[]> {
    const { id } = await this.get(slug);
    const comments = this.dataSource.manager.getTreeRepository(ArticleComment);
    const roots = await comments.find({
      where: { article: { id }, parent: IsNull() },
      order: { id: 'ASC' },
    });
    const threads: ArticleComment[] = [];
    for (const root of roots) threads.push(await comments.findDescendantsTree(root));
    return threads;
  }

  async comment(slug: string, { parent, ...fields }: NewComment): Promise<ArticleComment> {
    return this.dataSource.transaction(async (manager) => {
      const article = await manager.findOneByOrFail(Article, { slug });
      const comment = manager.create(ArticleComment, { ...fields, article: { id: article.id } });
      if (parent !== undefined) {
        const where = { id: parent, article: { id: article.id } };
        comment.parent = await manager.findOneByOrFail(ArticleComment, where);
      }
      return manager.save(comment);
    });
  }
}
