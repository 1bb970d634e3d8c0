import type { MigrationEvent, MigrationListener, Step } from '@nest-alembic/core';

/** The part of Nest's logger that events go to. */
export interface EventLogger {
  log(message: string): void;
  warn(message: string): void;
}

/** How often one wait for the lock is told, in milliseconds. */
const WAIT_REPORT_MS = 10_000;

/**
 * A listener that tells a Nest logger what happens: steps, waits and warnings. Statements are left to `onEvent`: there
 * may be many, with data in them, and Nest's logger prints every level unless told otherwise.
 */
export function logEvents(logger: EventLogger): MigrationListener {
  let reportedMs: number | undefined;
  return (event) => {
    if (event.type === 'lockWaiting') {
      if (reportedMs !== undefined && event.waitedMs - reportedMs < WAIT_REPORT_MS) return;
      reportedMs = event.waitedMs;
      logger.warn(describeWait(event));
      return;
    }
    reportedMs = undefined;
    logEvent(logger, event);
  };
}

type Waiting = Extract<MigrationEvent, { type: 'lockWaiting' }>;

function logEvent(logger: EventLogger, event: MigrationEvent): void {
  if (event.type === 'stepStarted')
    logger.log(`${describeStep(event.step)} (${event.index + 1} of ${event.count})`);
  else if (event.type === 'changeDetected') logger.log(`detected: ${event.change}`);
  else if (event.type === 'fileWritten') logger.log(`wrote ${event.file}`);
  else if (event.type === 'warning') logger.warn(event.message);
}

/**
 * One step in words, with the revisions that Alembic's log shows (`upgrade ae10 -> 1975, add accounts`): the down
 * revisions of the step's own one, or for a stamp the rows that change.
 *
 * @param paint marks a revision id. @default as it is
 */
export function describeStep(step: Step, paint = (id: string): string => id): string {
  const [from, to] = endsOf(step).map((ids) => ids.map(paint).join(', ') || '<base>');
  const message = step.revision?.message ? `, ${firstLine(step.revision.message)}` : '';
  return `${step.direction} ${from} -> ${to}${message}`;
}

function endsOf(step: Step): readonly [readonly string[], readonly string[]] {
  switch (step.direction) {
    case 'upgrade':
      return [step.revision.downRevisions, [step.revision.id]];
    case 'downgrade':
      return [[step.revision.id], step.revision.downRevisions];
    case 'stamp':
      return [step.rowsBefore, step.rowsAfter];
  }
}

function firstLine(text: string): string {
  // What would move the cursor of a terminal, or break a line of a log, has no place in one.
  return (text.split(/\r?\n/, 1)[0] ?? '').replace(/\p{Cc}+/gu, ' ');
}

/** Who is waited for, in words. */
export function describeWait(event: Waiting): string {
  const { holder } = event;
  const who =
    holder && (holder.pid !== null || holder.application !== '')
      ? `${holder.application || 'a session without a name'} (pid ${holder.pid ?? 'unknown'}${holder.client ? `, ${holder.client}` : ''})`
      : 'another session';
  const seconds = Math.round(event.waitedMs / 1000);
  return `waiting for the migration lock${seconds > 0 ? ` for ${seconds} s` : ''}; ${who} holds it`;
}
