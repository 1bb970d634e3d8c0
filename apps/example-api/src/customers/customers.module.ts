import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit/audit.module.js';
import { CustomerAddress } from './customer-address.entity.js';
import { CustomerGroup } from './customer-group.entity.js';
import { CustomerGroupsController } from './customer-groups.controller.js';
import { CustomerProfile } from './customer-profile.entity.js';
import { Customer } from './customer.entity.js';
import { CustomersController } from './customers.controller.js';
import { CustomersService } from './customers.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([Customer, CustomerAddress, CustomerGroup, CustomerProfile]),
    AuditModule,
  ],
  controllers: [CustomersController, CustomerGroupsController],
  providers: [CustomersService],
})
export class CustomersModule {}
