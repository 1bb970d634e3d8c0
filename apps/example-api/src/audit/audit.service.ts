import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import { Repository } from 'typeorm';
import type { Page } from '../common/paging.js';
import { pageOptions } from '../common/paging.js';
import { ActorKind, AuditActor } from './audit-actor.entity.js';
import type { AuditAction } from './audit-entry.entity.js';
import { AuditEntry } from './audit-entry.entity.js';

/** One thing that was done. */
export interface AuditRecord {
  readonly action: AuditAction;
  readonly subject: string;
  readonly subjectId: string;
  /** The customer who did it. @default the shop's staff */
  readonly customerId?: string;
  readonly before?: Record<string, unknown>;
  readonly after?: Record<string, unknown>;
}

@Injectable()
export class AuditService {
  constructor(@InjectRepository(AuditEntry) private readonly entries: Repository<AuditEntry>) {}

  /** Writes the record in the transaction of what it tells about: both are kept, or neither. */
  async record(manager: EntityManager, record: AuditRecord): Promise<void> {
    const { before = null, after = null } = record;
    await manager.insert(AuditEntry, {
      actor: { id: await this.actorOf(manager, record.customerId) },
      action: record.action,
      subject: record.subject,
      subjectId: record.subjectId,
      changed: changedFields(before, after),
      before: before as object,
      after: after as object,
    });
  }

  /** The latest records first. */
  list(page: Page): Promise<AuditEntry[]> {
    return this.entries.find({
      relations: { actor: true },
      order: { at: 'DESC', id: 'DESC' },
      ...pageOptions(page),
    });
  }

  private async actorOf(manager: EntityManager, customerId?: string): Promise<number> {
    const who =
      customerId === undefined
        ? { kind: ActorKind.Staff, label: 'api' }
        : { kind: ActorKind.Customer, label: customerId, customer: { id: customerId } };
    await manager
      .createQueryBuilder()
      .insert()
      .into(AuditActor)
      .values(who)
      .orIgnore()
      .updateEntity(false)
      .execute();
    const { kind, label } = who;
    const { id } = await manager.findOneByOrFail(AuditActor, { kind, label });
    return id;
  }
}

function changedFields(before: object | null, after: object | null): string[] {
  const [then, now] = [new Map(Object.entries(before ?? {})), new Map(Object.entries(after ?? {}))];
  const names = new Set([...then.keys(), ...now.keys()]);
  return [...names].filter(
    (name) => JSON.stringify(then.get(name)) !== JSON.stringify(now.get(name)),
  );
}
