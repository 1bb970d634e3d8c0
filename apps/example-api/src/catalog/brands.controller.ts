import { Body, Controller, Get, Post } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { input } from '../common/input/input.pipe.js';
import { Brand } from './brand.entity.js';
import type { NewBrand } from './catalog.input.js';
import { newBrand } from './catalog.input.js';

@Controller('brands')
export class BrandsController {
  constructor(@InjectRepository(Brand) private readonly brands: Repository<Brand>) {}

  @Get()
  list(): Promise<Brand[]> {
    return this.brands.find({ order: { name: 'ASC' } });
  }

  @Post()
  create(@Body(input(newBrand)) brand: NewBrand): Promise<Brand> {
    return this.brands.save(this.brands.create(brand));
  }
}
