import * as pg from 'pg';
import type { Backend } from './backend.js';
import { BackendStream } from './backend-stream.js';
import { SharedBackend } from './shared-backend.js';

/**
 * Returns node-postgres with a pool that talks to one embedded database, for TypeORM's `driver` option. Types, parameters,
 * errors and pooling are those of node-postgres; only the socket differs.
 *
 * Its limits are those of a single session: transactions wait for each other, and `SET`, temporary tables, advisory locks
 * and named prepared statements are shared by all clients of the pool.
 *
 * @param open opens the database; called when the first client connects, never before
 */
export function embeddedDriver(open: () => Promise<Backend>): typeof pg {
  class EmbeddedPool extends pg.Pool {
    private readonly shared: SharedBackend;

    constructor(config?: pg.PoolConfig) {
      const shared = new SharedBackend({ open });
      super({ ...config, stream: () => new BackendStream(shared) } as pg.PoolConfig);
      this.shared = shared;
    }

    override end(): Promise<void>;
    override end(callback: () => void): void;
    override end(callback?: (error?: Error) => void): Promise<void> | void {
      const ended = super.end().then(() => this.shared.close());
      if (callback === undefined) return ended;
      ended.then(() => callback(), callback);
    }
  }
  return { ...pg, Pool: EmbeddedPool } as unknown as typeof pg;
}
