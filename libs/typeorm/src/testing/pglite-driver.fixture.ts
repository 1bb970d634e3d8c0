import { Duplex } from 'node:stream';
import { type Extensions, PGlite } from '@electric-sql/pglite';
import * as pg from 'pg';

/**
 * node-postgres over one embedded PGlite, as plain as it can be: all clients share one session.
 *
 * @param extensions what `CREATE EXTENSION` can make besides. @default none
 */
export function pgliteDriver(extensions: Extensions = {}): typeof pg {
  const opened = PGlite.create({ extensions });
  class PglitePool extends pg.Pool {
    constructor(config?: pg.PoolConfig) {
      super({ ...config, stream: () => new PgliteStream(opened) } as pg.PoolConfig);
    }

    override end(): Promise<void>;
    override end(callback: () => void): void;
    override end(callback?: () => void): Promise<void> | void {
      const ended = super.end().then(async () => (await opened).close());
      return callback ? void ended.then(callback, callback) : ended;
    }
  }
  return { ...pg, Pool: PglitePool } as unknown as typeof pg;
}

const AUTHENTICATED = Buffer.from('520000000800000000', 'hex');
const READY = Buffer.from('5a0000000549', 'hex');
const TERMINATE = 'X'.charCodeAt(0);

/** What a client takes for its socket. */
class PgliteStream extends Duplex {
  #isStarted = false;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(private readonly opened: Promise<PGlite>) {
    super();
    for (const name of ['setNoDelay', 'setKeepAlive', 'ref', 'unref'] as const) {
      Object.assign(this, { [name]: () => this });
    }
  }

  connect(): this {
    void this.opened.then(() => this.emit('connect'));
    return this;
  }

  override _read(): void {
    // Answers are pushed as they come.
  }

  override _write(chunk: Buffer, _: BufferEncoding, done: () => void): void {
    this.#queue = this.#queue.then(() => this.#answer(chunk));
    done();
  }

  async #answer(chunk: Buffer): Promise<void> {
    if (!this.#isStarted) {
      this.#isStarted = true;
      this.push(Buffer.concat([AUTHENTICATED, READY]));
    } else if (chunk[0] === TERMINATE) {
      this.push(null);
    } else {
      const db = await this.opened;
      this.push(Buffer.from(await db.execProtocolRaw(chunk, { throwOnError: false })));
    }
  }
}
