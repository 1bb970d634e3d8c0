import type { MigrationSession } from '../session/migration-session.js';
import { Turn } from './turn.js';
import type { UnitPlace, WorkUnit } from './work-unit.js';

/** A unit that was called before its turn. */
interface Ahead {
  readonly unit: WorkUnit;
  readonly turn: Turn;
  readonly performed: Promise<void>;
}

/**
 * Gets the next unit of a run ready while the server works on the last text of the one before it (ADR 0014): its operations are made and
 * compiled, and wait for their turn. What became of the unit before it is decided first, whatever that takes.
 */
export class UnitAhead {
  readonly #session: MigrationSession;
  #ahead: Ahead | undefined;
  #isOver = false;

  constructor(session: MigrationSession) {
    this.#session = session;
  }

  /** Calls a unit ahead, where nobody can see that it was. */
  call(unit: WorkUnit, place: UnitPlace): void {
    if (this.#isOver || this.#ahead !== undefined || !unit.isForeseeable?.(this.#session)) return;
    const turn = new Turn();
    const performed = unit.perform(this.#session, { ...place, turn });
    // Its failure is told when its turn has come.
    performed.catch(() => undefined);
    this.#ahead = { unit, turn, performed };
  }

  /** Lets a unit go on that was called ahead. @returns undefined where it was not: then it is to be called now */
  goOn(unit: WorkUnit): Promise<void> | undefined {
    const ahead = this.#ahead;
    if (ahead?.unit !== unit) return undefined;
    this.#ahead = undefined;
    ahead.turn.come();
    return ahead.performed;
  }

  /** What was called ahead is not wanted. */
  callOff(): void {
    this.#ahead?.turn.callOff();
    this.#ahead = undefined;
  }

  /** Nothing more is to be run. */
  end(): void {
    this.#isOver = true;
    this.callOff();
  }
}
