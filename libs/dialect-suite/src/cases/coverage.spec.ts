import type { OperationKind } from '@nest-alembic/core';
import { BATCH_CASES } from './batch-cases.js';
import { COLUMN_CASES } from './column-cases.js';
import { COMMENT_CASES } from './comment-cases.js';
import { CONSTRAINT_CASES } from './constraint-cases.js';
import { CONSTRAINT_CHANGE_CASES } from './constraint-change-cases.js';
import { DATA_CASES } from './data-cases.js';
import { INDEX_CASES } from './index-cases.js';
import { DOMAIN_CASES } from './domain-cases.js';
import { ENFORCED_CASES } from './enforced-cases.js';
import { EXTENSION_CASES } from './extension-cases.js';
import { OWN_CASES } from './own-cases.js';
import { PARTITION_CASES } from './partition-cases.js';
import { PERIOD_CASES } from './period-cases.js';
import { POLICY_CASES } from './policy-cases.js';
import { ROUTINE_CASES } from './routine-cases.js';
import { SEQUENCE_CASES } from './sequence-cases.js';
import { STORAGE_CASES } from './storage-cases.js';
import { TABLE_CASES } from './table-cases.js';
import { TYPE_CASES } from './type-cases.js';
import { VIEW_CASES } from './view-cases.js';

/** Every kind of operation: one that is forgotten here does not compile. */
const KINDS: Readonly<Record<OperationKind, true>> = {
  createSchema: true,
  dropSchema: true,
  createEnum: true,
  dropEnum: true,
  alterEnum: true,
  renameEnum: true,
  createSequence: true,
  dropSequence: true,
  alterSequence: true,
  renameSequence: true,
  renameView: true,
  createTable: true,
  dropTable: true,
  renameTable: true,
  setTableStorage: true,
  setTableComment: true,
  addColumn: true,
  dropColumn: true,
  alterColumn: true,
  renameColumn: true,
  addConstraint: true,
  dropConstraint: true,
  dropUnnamedConstraint: true,
  renameConstraint: true,
  validateConstraint: true,
  alterConstraint: true,
  setComment: true,
  createIndex: true,
  dropIndex: true,
  renameIndex: true,
  attachIndex: true,
  createView: true,
  dropView: true,
  execute: true,
  bulkInsert: true,
  renameSchema: true,
  refreshView: true,
  createExtension: true,
  dropExtension: true,
  alterExtension: true,
  createDomain: true,
  dropDomain: true,
  alterDomain: true,
  renameDomain: true,
  createRoutine: true,
  dropRoutine: true,
  renameRoutine: true,
  createTrigger: true,
  dropTrigger: true,
  renameTrigger: true,
  setTriggerState: true,
  setRowSecurity: true,
  createPolicy: true,
  dropPolicy: true,
  renamePolicy: true,
  alterPolicy: true,
  createPartition: true,
  dropPartition: true,
  attachPartition: true,
  detachPartition: true,
  batchAlterTable: true,
  own: true,
};

const ALL_CASES = [
  ...BATCH_CASES,
  ...COLUMN_CASES,
  ...COMMENT_CASES,
  ...CONSTRAINT_CASES,
  ...CONSTRAINT_CHANGE_CASES,
  ...DATA_CASES,
  ...INDEX_CASES,
  ...OWN_CASES,
  ...DOMAIN_CASES,
  ...ENFORCED_CASES,
  ...EXTENSION_CASES,
  ...PARTITION_CASES,
  ...PERIOD_CASES,
  ...POLICY_CASES,
  ...ROUTINE_CASES,
  ...SEQUENCE_CASES,
  ...STORAGE_CASES,
  ...TABLE_CASES,
  ...TYPE_CASES,
  ...VIEW_CASES,
];

it.each(Object.keys(KINDS) as OperationKind[])('the laws are checked for %s', (kind) => {
  const cases = ALL_CASES.filter(({ operations }) => operations.some((one) => one.kind === kind));
  expect(cases.length).toBeGreaterThan(0);
});

it('each case has a name of its own', () => {
  expect(new Set(ALL_CASES.map(({ name }) => name)).size).toBe(ALL_CASES.length);
});
