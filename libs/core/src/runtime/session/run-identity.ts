import { randomUUID } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import { TOOL_VERSION } from './tool-version.js';

/** Who runs, for the log and for `pg_stat_activity`. */
export interface RunIdentity {
  readonly runId: string;
  /** `user@host` of the operating system. */
  readonly appliedBy: string;
  readonly toolVersion: string;
  /** Name of the session, at most 63 bytes. */
  readonly application: string;
}

/** A new identity for one run. */
export function newRunIdentity(): RunIdentity {
  const runId = randomUUID();
  const host = hostname();
  const application = `nest-alembic/${TOOL_VERSION} run=${runId.slice(0, 8)} pid=${process.pid} host=${host}`;
  return {
    runId,
    appliedBy: `${userName()}@${host}`,
    toolVersion: TOOL_VERSION,
    application: application.replace(/[^\x20-\x7e]/g, '?').slice(0, 63),
  };
}

/** A container may run under a number that has no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? 'unknown');
  }
}
