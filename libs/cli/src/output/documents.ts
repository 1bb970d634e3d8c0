import type {
  BranchInfo,
  CheckResult,
  CurrentResult,
  DrawingFormat,
  MigrateResult,
  PlanResult,
  RevisionInfo,
  RowsOfPlan,
  Step,
} from '@nest-alembic/core';
import { questionDocument } from './describe-question.js';

// The documents that `--json` prints. They are a promise to scripts: docs/guide/json-output.md describes them, members
// may be added and never change their meaning. So each is written out here, and does not follow the engine's types.

/** Document of `heads`, `history` and `show`. */
export function revisionsDocument(revisions: readonly RevisionInfo[]): object {
  return { revisions: revisions.map(revisionDocument) };
}

/** Document of `branches`. */
export function branchesDocument(branches: readonly BranchInfo[]): object {
  return {
    branches: branches.map(({ branchPoint, children }) => ({
      branchPoint: revisionDocument(branchPoint),
      children: children.map(revisionDocument),
    })),
  };
}

/** Document of `graph`. */
export function graphDocument(
  revisions: readonly RevisionInfo[],
  format: DrawingFormat,
  drawing: string,
): object {
  return { format, drawing, ...revisionsDocument(revisions) };
}

/** Document of `current`. */
export function currentDocument(current: CurrentResult): object {
  const { rows, revisions, heads, isAtHead, unfinished } = current;
  return { rows, isAtHead, heads, unfinished, revisions: revisions.map(revisionDocument) };
}

/** Document of `upgrade`, `downgrade`, `redo` and `stamp`. */
export function moveDocument({ steps, rows, sql }: MigrateResult): object {
  return { steps: steps.map(stepDocument), rows, ...(sql !== undefined && { sql }) };
}

/** Document of `plan`, and of `--dry-run`. */
export function planDocument(plan: PlanResult): object {
  const { steps, rowsBefore, rowsAfter, fitsData } = plan;
  return {
    steps: steps.map(({ step, transaction, operations, dependsOnData, rowsInTheWay }) => ({
      ...stepDocument(step),
      transaction,
      operations: operations.map(({ kind, words, statements, destructive, leaves }) => {
        return { kind, words, statements, destructive, leaves };
      }),
      dependsOnData: dependsOnData
        ? { line: dependsOnData.line ?? null, sql: dependsOnData.sql }
        : null,
      ...(rowsInTheWay && { rowsInTheWay: rowsInTheWay.map(rowsDocument) }),
    })),
    rowsBefore,
    rowsAfter,
    ...(fitsData !== undefined && { fitsData }),
  };
}

const rowsDocument = ({ text, sql, rows, after = [] }: RowsOfPlan): object => ({
  text,
  sql,
  rows: rows ?? null,
  after,
});

/** Document of `check`. */
export function checkDocument(result: CheckResult): object {
  const { upToDate, changes, doubtful = [], diff, warnings } = result;
  return {
    upToDate,
    changes,
    questions: diff.questions.map(questionDocument),
    untouched: diff.untouched,
    unverified: diff.unverified,
    doubtful,
    warnings,
  };
}

function revisionDocument(revision: RevisionInfo): object {
  const { id, downRevisions, dependsOn, branchLabels, labels, message, children } = revision;
  return {
    revision: id,
    message,
    downRevisions,
    dependsOn,
    branchLabels,
    labels,
    children,
    isHead: revision.isHead,
    isEffectiveHead: revision.isEffectiveHead,
    isBase: revision.isBase,
    isBranchPoint: revision.isBranchPoint,
    isMergePoint: revision.isMergePoint,
    ...(revision.isCurrent !== undefined && { isCurrent: revision.isCurrent }),
    createdAt: revision.createdAt ?? null,
    file: revision.file ?? null,
  };
}

function stepDocument({ direction, revision, rowsBefore, rowsAfter }: Step): object {
  return {
    direction,
    revision: revision?.id ?? null,
    message: revision?.message ?? null,
    rowsBefore,
    rowsAfter,
  };
}
