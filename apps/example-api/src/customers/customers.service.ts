import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import { DataSource } from 'typeorm';
import { AuditAction } from '../audit/audit-entry.entity.js';
import { AuditService } from '../audit/audit.service.js';
import { CustomerAddress } from './customer-address.entity.js';
import { CustomerGroup } from './customer-group.entity.js';
import { CustomerProfile } from './customer-profile.entity.js';
import { Customer, CustomerStatus } from './customer.entity.js';
import type { NewAddress, NewCustomer, ProfileInput } from './customers.input.js';

@Injectable()
export class CustomersService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly audit: AuditService,
  ) {}

  /** @throws EntityNotFoundError */
  get(id: string): Promise<Customer> {
    return read(this.dataSource.manager, id);
  }

  create({ group, referredBy, ...fields }: NewCustomer): Promise<Customer> {
    return this.dataSource.transaction(async (manager) => {
      const customer = manager.create(Customer, fields);
      if (group) customer.group = await manager.findOneByOrFail(CustomerGroup, { name: group });
      if (referredBy)
        customer.referredBy = await manager.findOneByOrFail(Customer, { id: referredBy });
      const { id } = await manager.save(customer);
      await this.audit.record(manager, {
        action: AuditAction.Create,
        subject: 'customer',
        subjectId: id,
        customerId: id,
        after: { ...fields },
      });
      return read(manager, id);
    });
  }

  saveProfile(id: string, profile: ProfileInput): Promise<Customer> {
    return this.dataSource.transaction(async (manager) => {
      await manager.findOneByOrFail(Customer, { id });
      await manager.save(manager.create(CustomerProfile, { customerId: id, ...profile }));
      return read(manager, id);
    });
  }

  /** A new default address takes the place of the old one: only one may be marked. */
  addAddress(id: string, { address, ...fields }: NewAddress): Promise<Customer> {
    return this.dataSource.transaction(async (manager) => {
      const customer = await manager.findOneByOrFail(Customer, { id });
      if (fields.isDefault === true) {
        await manager.update(
          CustomerAddress,
          { customer: { id }, isDefault: true },
          { isDefault: false },
        );
      }
      await manager.save(
        manager.create(CustomerAddress, { ...fields, address: { ...address }, customer }),
      );
      return read(manager, id);
    });
  }

  /** Hides the customer and forgets who it was; orders stay. */
  erase(id: string): Promise<void> {
    return this.dataSource.transaction(async (manager) => {
      const customer = await manager.findOneByOrFail(Customer, { id });
      await manager.delete(CustomerProfile, { customerId: id });
      await manager.delete(CustomerAddress, { customer: { id } });
      const anonymous = {
        email: `${id}@erased.invalid`,
        name: 'erased',
        status: CustomerStatus.Erased,
      };
      await manager.save(Object.assign(customer, anonymous));
      await manager.softRemove(customer);
      await this.audit.record(manager, {
        action: AuditAction.Delete,
        subject: 'customer',
        subjectId: id,
        customerId: id,
      });
    });
  }
}

function read(manager: EntityManager, id: string): Promise<Customer> {
  return manager.findOneOrFail(Customer, {
    where: { id },
    relations: { group: true, profile: true, addresses: true, referredBy: true, referrals: true },
    order: { addresses: { id: 'ASC' } },
  });
}
