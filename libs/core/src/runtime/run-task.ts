import type { Emit } from './emit-event.js';
import type { Task } from './events.js';

/** Does a piece of work and tells its beginning and its end (MSG-01). */
export function runTask<Result>(emit: Emit, task: Task, work: () => Result): Result {
  let failed = true;
  emit({ type: 'taskStarted', task });
  try {
    const result = work();
    failed = false;
    return result;
  } finally {
    emit({ type: 'taskFinished', task, failed });
  }
}

/** The same for work that is waited for. */
export async function awaitTask<Result>(
  emit: Emit,
  task: Task,
  work: () => Promise<Result>,
): Promise<Result> {
  let failed = true;
  emit({ type: 'taskStarted', task });
  try {
    const result = await work();
    failed = false;
    return result;
  } finally {
    emit({ type: 'taskFinished', task, failed });
  }
}
