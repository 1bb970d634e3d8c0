import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Patch,
  Post,
  Put,
  Query,
} from '@nestjs/common';
import { input } from '../common/input/input.pipe.js';
import { slug } from '../common/input/values.js';
import type {
  NewProduct,
  NewVariant,
  ProductChange,
  ProductQuery,
  VariantOrder,
} from './catalog.input.js';
import {
  newProduct,
  newVariant,
  productChange,
  productQuery,
  variantOrder,
} from './catalog.input.js';
import type { ProductPage } from './product-search.service.js';
import { ProductSearchService } from './product-search.service.js';
import type { Product } from './product.entity.js';
import { ProductsService } from './products.service.js';

@Controller('products')
export class ProductsController {
  constructor(
    private readonly products: ProductsService,
    private readonly search: ProductSearchService,
  ) {}

  @Get()
  find(@Query(input(productQuery)) query: ProductQuery): Promise<ProductPage> {
    return this.search.find(query);
  }

  @Get(':slug')
  get(@Param('slug', input(slug)) name: string): Promise<Product> {
    return this.products.get(name);
  }

  @Post()
  create(@Body(input(newProduct)) product: NewProduct): Promise<Product> {
    return this.products.create(product);
  }

  @Patch(':slug')
  change(
    @Param('slug', input(slug)) name: string,
    @Body(input(productChange)) change: ProductChange,
  ): Promise<Product> {
    return this.products.change(name, change);
  }

  @Delete(':slug')
  @HttpCode(204)
  remove(@Param('slug', input(slug)) name: string): Promise<void> {
    return this.products.remove(name);
  }

  @Post(':slug/variants')
  addVariant(
    @Param('slug', input(slug)) name: string,
    @Body(input(newVariant)) variant: NewVariant,
  ): Promise<Product> {
    return this.products.addVariant(name, variant);
  }

  @Put(':slug/variants/order')
  orderVariants(
    @Param('slug', input(slug)) name: string,
    @Body(input(variantOrder)) order: VariantOrder,
  ): Promise<Product> {
    return this.products.orderVariants(name, order);
  }
}
