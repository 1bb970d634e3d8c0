import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { input } from '../common/input/input.pipe.js';
import { integerText } from '../common/input/values.js';
import { CustomerGroup } from './customer-group.entity.js';
import type { NewGroup } from './customers.input.js';
import { newGroup } from './customers.input.js';

@Controller('customer-groups')
export class CustomerGroupsController {
  constructor(
    @InjectRepository(CustomerGroup) private readonly groups: Repository<CustomerGroup>,
  ) {}

  @Get()
  list(): Promise<CustomerGroup[]> {
    return this.groups.find({ order: { name: 'ASC' } });
  }

  @Post()
  create(@Body(input(newGroup)) group: NewGroup): Promise<CustomerGroup> {
    return this.groups.save(this.groups.create(group));
  }

  /** A group that has customers stays: the database restricts it. */
  @Delete(':id')
  @HttpCode(204)
  async remove(@Param('id', input(integerText(1))) id: number): Promise<void> {
    await this.groups.delete({ id });
  }
}
