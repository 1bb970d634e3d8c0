import type { MigrationEvent, MigrationListener } from '@nest-alembic/core';
import { describeStep, describeWait } from '@nest-alembic/nestjs';
import { shownPath } from './shown-path.js';
import type { Terminal } from './terminal.js';

/** How often one wait for the lock is told, in milliseconds. */
const WAIT_REPORT_MS = 5_000;

/**
 * A listener that tells on stderr what happens, as `alembic` does: `Running upgrade ae10 -> 1975, add accounts`.
 *
 * @param tasks whether to tell on stdout which files are written (MSG-07). @default true
 */
export function describeProgress(
  terminal: Terminal,
  { tasks = true }: { readonly tasks?: boolean } = {},
): MigrationListener {
  let reportedMs = -Infinity;
  return (event) => {
    if (event.type === 'lockWaiting') {
      if (event.waitedMs - reportedMs < WAIT_REPORT_MS) return;
      reportedMs = event.waitedMs;
      terminal.talk(capitalized(describeWait(event)));
    } else if (isTaskEvent(event)) {
      if (tasks) describeTask(terminal, event);
    } else describeEvent(terminal, event);
  };
}

type TaskEvent = Extract<MigrationEvent, { type: 'taskStarted' | 'taskFinished' }>;
type OtherEvent = Exclude<MigrationEvent, TaskEvent | { type: 'lockWaiting' }>;

function describeEvent(terminal: Terminal, event: OtherEvent): void {
  switch (event.type) {
    case 'stepStarted':
      return terminal.talk(`Running ${describeStep(event.step, terminal.talkStyle.revision)}`);
    case 'warning':
      return terminal.talk(`${terminal.talkStyle.warning('warning')}: ${event.message}`);
    case 'changeDetected':
      return terminal.talk(`detected: ${event.change}`);
    case 'planStarted':
    case 'statementExecuted':
    case 'stepFinished':
    case 'retrying':
    case 'lockAcquired':
    case 'fileWritten':
      return;
  }
}

function isTaskEvent(event: MigrationEvent): event is TaskEvent {
  return event.type === 'taskStarted' || event.type === 'taskFinished';
}

function describeTask(terminal: Terminal, event: TaskEvent): void {
  if (event.type === 'taskStarted') terminal.beginStatus(taskInWords(event.task));
  else terminal.endStatus(event.failed ? 'FAILED' : 'done');
}

function taskInWords(task: TaskEvent['task']): string {
  if (task.kind === 'runHook') return `Running post write hook "${task.hook}"`;
  const path = shownPath(task.path);
  return task.kind === 'generateFile' ? `Generating ${path}` : `Creating directory ${path}`;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
