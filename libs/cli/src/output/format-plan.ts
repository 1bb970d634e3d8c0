import type { PlanResult, PlannedOperation, PlannedStep, RowsOfPlan } from '@nest-alembic/core';
import { describeStep } from '@nest-alembic/nestjs';
import type { Style } from './style.js';

/** A plan for people: each revision, its operations in words, and below each its statements. */
export function formatPlan({ steps }: PlanResult, style: Style): string {
  return steps.map((step) => formatStep(step, style)).join('\n\n');
}

function formatStep(planned: PlannedStep, style: Style): string {
  const { step, transaction, operations, dependsOnData, rowsInTheWay = [] } = planned;
  const scope = transaction === 'none' ? ' (each statement is committed by itself)' : '';
  return [
    `${describeStep(step, style.revision)}${scope}`,
    ...operations.flatMap((operation) => formatOperation(operation, style)),
    ...(operations.length === 0 && !dependsOnData ? ['  nothing'] : []),
    ...(dependsOnData ? [`  ${style.warning(restDependsOn(dependsOnData))}`] : []),
    ...rowsInTheWay.flatMap((rows) => formatRows(rows, style)),
  ].join('\n');
}

function formatOperation(operation: PlannedOperation, style: Style): readonly string[] {
  const marks = [
    ...(operation.leaves ? ['what came before is committed first'] : []),
    ...(operation.destructive ? [style.warning('data can be lost')] : []),
  ];
  const [words = ''] = operation.words.split('\n');
  return [
    `  ${words}${marks.length === 0 ? '' : ` (${marks.join('; ')})`}`,
    ...operation.statements.map((statement) => indented(shortened(`${statement};`))),
  ];
}

/** Rows that are in the way with the query that counts them; those that something before may mend as a note. */
function formatRows({ text, rows, sql, after }: RowsOfPlan, style: Style): readonly string[] {
  const found = `${rows ?? 'nobody knows how many'} in the way: ${text}`;
  return [
    `  ${after ? found : style.warning(found)}`,
    ...(after ? [`      unless mended before by: ${after.join('; ')}`] : []),
    indented(`${sql};`),
  ];
}

/** More lines of one statement than this are told as a number: rows by the thousand hide the rest of the plan. */
const SHOWN_LINES = 40;

function shortened(statement: string): string {
  const lines = statement.split('\n');
  const left = lines.length - SHOWN_LINES;
  if (left < 2) return statement;
  return [...lines.slice(0, SHOWN_LINES), `… ${left} more lines; --json has them all`].join('\n');
}

const indented = (text: string): string => text.replace(/^/gm, '      ');

function restDependsOn({ line, sql }: NonNullable<PlannedStep['dependsOnData']>): string {
  const [first = ''] = sql.trim().split('\n');
  const where = line === undefined ? '' : ` in line ${line}`;
  return `the rest depends on data, which is asked for${where}: ${first}`;
}
