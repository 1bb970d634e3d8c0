import type { OperationKind } from '../../../operations/operation.js';
import type { CasesOf } from './compiler-case.fixture.js';
import { TYPE_CASES } from './type-cases.fixture.js';
import { TABLE_CASES } from './table-cases.fixture.js';
import { COLUMN_CASES } from './column-cases.fixture.js';
import { CONSTRAINT_CASES } from './constraint-cases.fixture.js';
import { INDEX_CASES } from './index-cases.fixture.js';
import { VIEW_CASES } from './view-cases.fixture.js';
import { DOMAIN_CASES } from './domain-cases.fixture.js';
import { ROUTINE_CASES } from './routine-cases.fixture.js';
import { PARTITION_CASES } from './partition-cases.fixture.js';

/** At least one case for every kind: a kind without one does not compile. The server has no constraint without a name. */
export const COMPILER_CASES: CasesOf<Exclude<OperationKind, 'dropUnnamedConstraint'>> = {
  ...TYPE_CASES,
  ...TABLE_CASES,
  ...COLUMN_CASES,
  ...CONSTRAINT_CASES,
  ...INDEX_CASES,
  ...VIEW_CASES,
  ...DOMAIN_CASES,
  ...ROUTINE_CASES,
  ...PARTITION_CASES,
};
