import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { input } from '../common/input/input.pipe.js';
import { slug } from '../common/input/values.js';
import { CategoriesService } from './categories.service.js';
import type { NewCategory } from './catalog.input.js';
import { newCategory } from './catalog.input.js';
import type { Category } from './category.entity.js';

@Controller('categories')
export class CategoriesController {
  constructor(private readonly categories: CategoriesService) {}

  @Get()
  tree(): Promise<Category[]> {
    return this.categories.tree();
  }

  @Get(':slug/path')
  path(@Param('slug', input(slug)) category: string): Promise<Category[]> {
    return this.categories.path(category);
  }

  @Post()
  create(@Body(input(newCategory)) category: NewCategory): Promise<Category> {
    return this.categories.create(category);
  }
}
