import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit/audit.module.js';
import { Brand } from './brand.entity.js';
import { BrandsController } from './brands.controller.js';
import { CategoriesController } from './categories.controller.js';
import { CategoriesService } from './categories.service.js';
import { Category } from './category.entity.js';
import { ProductSearchService } from './product-search.service.js';
import { ProductVariant } from './product-variant.entity.js';
import { Product } from './product.entity.js';
import { ProductsController } from './products.controller.js';
import { ProductsService } from './products.service.js';
import { Tag } from './tag.entity.js';

@Module({
  imports: [TypeOrmModule.forFeature([Brand, Category, Product, ProductVariant, Tag]), AuditModule],
  controllers: [BrandsController, CategoriesController, ProductsController],
  providers: [CategoriesService, ProductsService, ProductSearchService],
})
export class CatalogModule {}
