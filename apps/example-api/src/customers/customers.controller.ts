import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { input } from '../common/input/input.pipe.js';
import { uuid } from '../common/input/values.js';
import type { Customer } from './customer.entity.js';
import type { NewAddress, NewCustomer, ProfileInput } from './customers.input.js';
import { newAddress, newCustomer, profile } from './customers.input.js';
import { CustomersService } from './customers.service.js';

@Controller('customers')
export class CustomersController {
  constructor(private readonly customers: CustomersService) {}

  @Get(':id')
  get(@Param('id', input(uuid)) id: string): Promise<Customer> {
    return this.customers.get(id);
  }

  @Post()
  create(@Body(input(newCustomer)) customer: NewCustomer): Promise<Customer> {
    return this.customers.create(customer);
  }

  @Put(':id/profile')
  saveProfile(
    @Param('id', input(uuid)) id: string,
    @Body(input(profile)) body: ProfileInput,
  ): Promise<Customer> {
    return this.customers.saveProfile(id, body);
  }

  @Post(':id/addresses')
  addAddress(
    @Param('id', input(uuid)) id: string,
    @Body(input(newAddress)) address: NewAddress,
  ): Promise<Customer> {
    return this.customers.addAddress(id, address);
  }

  @Delete(':id')
  @HttpCode(204)
  erase(@Param('id', input(uuid)) id: string): Promise<void> {
    return this.customers.erase(id);
  }
}
