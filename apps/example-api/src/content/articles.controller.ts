import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { input } from '../common/input/input.pipe.js';
import { slug } from '../common/input/values.js';
import type { ArticleComment } from './article-comment.entity.js';
import type { Article } from './article.entity.js';
import { ArticlesService } from './articles.service.js';
import type { NewArticle, NewComment } from './content.input.js';
import { newArticle, newComment } from './content.input.js';

@Controller('articles')
export class ArticlesController {
  constructor(private readonly articles: ArticlesService) {}

  @Get()
  list(): Promise<Article[]> {
    return this.articles.listPublished();
  }

  @Get(':slug')
  get(@Param('slug', input(slug)) name: string): Promise<Article> {
    return this.articles.get(name);
  }

  @Post()
  create(@Body(input(newArticle)) article: NewArticle): Promise<Article> {
    return this.articles.create(article);
  }

  @Get(':slug/comments')
  threads(@Param('slug', input(slug)) name: string): Promise<ArticleComment[]> {
    return this.articles.threads(name);
  }

  @Post(':slug/comments')
  comment(
    @Param('slug', input(slug)) name: string,
    @Body(input(newComment)) comment: NewComment,
  ): Promise<ArticleComment> {
    return this.articles.comment(name, comment);
  }
}
