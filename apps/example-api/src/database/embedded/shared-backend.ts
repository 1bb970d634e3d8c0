import type { Backend } from './backend.js';
import { readyStatus, simpleQuery } from './protocol.js';

/** A client's key: any object that is its own. */
type Client = object;

interface Waiter {
  readonly client: Client;
  readonly grant: () => void;
  readonly refuse: (error: Error) => void;
}

/** Options of a `SharedBackend`. */
export interface SharedBackendOptions {
  /** Opens the database; called when the first client connects, and again after a failure. */
  readonly open: () => Promise<Backend>;
  /** How long a client waits for one that sits idle in a transaction, in milliseconds. @default 15_000 */
  readonly waitTimeoutMs?: number;
}

/**
 * Lets many clients take turns on the only session of an embedded database. A client owns it from its first message until
 * the server says that it is out of a transaction, so transactions of two clients never mix: the second waits.
 */
export class SharedBackend {
  private backend: Promise<Backend> | undefined;
  private owner: Client | undefined;
  private isExecuting = false;
  private readonly waiters: Waiter[] = [];
  private readonly clients = new Set<Client>();

  constructor(private readonly options: SharedBackendOptions) {}

  /** Registers a client and returns the open database. @throws when the database cannot be opened */
  async connect(client: Client): Promise<Backend> {
    const backend = await keepingAlive(() => this.opened());
    this.clients.add(client);
    return backend;
  }

  /** Executes a client's messages when it is its turn. */
  async execute(client: Client, messages: Buffer): Promise<Buffer> {
    return keepingAlive(async () => {
      await this.acquire(client);
      return this.run(client, messages);
    });
  }

  /** Undoes what the client has not committed, and gives its turn away. */
  async disconnect(client: Client): Promise<void> {
    if (!this.clients.delete(client)) return;
    this.refuseWaiter(client, new Error('the connection was closed'));
    await keepingAlive(async () => {
      if (this.owner === client) await this.rollback(client);
      if (this.clients.size === 0) await this.reset();
    });
  }

  /** Waits for the clients that are at work and closes the database. */
  async close(): Promise<void> {
    const { backend } = this;
    if (backend === undefined) return;
    const closer = {};
    await keepingAlive(async () => {
      await this.acquire(closer);
      this.backend = undefined;
      await (await backend).close();
      this.release(closer);
    });
  }

  private async opened(): Promise<Backend> {
    this.backend ??= this.options.open();
    try {
      return await this.backend;
    } catch (error) {
      this.backend = undefined;
      throw error;
    }
  }

  private async run(client: Client, messages: Buffer): Promise<Buffer> {
    this.isExecuting = true;
    let answer: Buffer | undefined;
    try {
      const backend = await this.opened();
      answer = await backend.execute(messages);
      return answer;
    } finally {
      this.isExecuting = false;
      // Without an answer the session's state is unknown: the turn ends with the client, which rolls back first.
      if (answer !== undefined && readyStatus(answer) === 'I') this.release(client);
    }
  }

  private async rollback(client: Client): Promise<void> {
    try {
      await this.run(client, simpleQuery('ROLLBACK'));
    } finally {
      this.release(client);
    }
  }

  /** A server forgets a session's settings, temporary tables and advisory locks with the connection; so does this one with the last. */
  private async reset(): Promise<void> {
    const cleaner = {};
    await this.acquire(cleaner);
    if (this.clients.size === 0 && this.backend !== undefined) {
      await this.run(cleaner, simpleQuery('DISCARD ALL'));
    }
    this.release(cleaner);
  }

  private async acquire(client: Client): Promise<void> {
    if (this.owner === client) return;
    if (this.owner === undefined) {
      this.owner = client;
      return;
    }
    let timer: NodeJS.Timeout | undefined;
    try {
      await new Promise<void>((grant, refuse) => {
        this.waiters.push({ client, grant, refuse });
        timer = this.watch(client);
      });
    } finally {
      clearInterval(timer);
    }
  }

  private release(client: Client): void {
    if (this.owner !== client) return;
    const next = this.waiters.shift();
    this.owner = next?.client;
    next?.grant();
  }

  /** A code path that holds a transaction and awaits another client would wait for ever: tell instead. */
  private watch(client: Client): NodeJS.Timeout {
    const waitTimeoutMs = this.options.waitTimeoutMs ?? 15_000;
    return setInterval(() => {
      if (this.isExecuting) return;
      this.refuseWaiter(
        client,
        new Error(
          `the embedded database has one session, and another query runner has kept a transaction open for ` +
            `${waitTimeoutMs} ms. Use the transaction's own manager inside it, or set DATABASE_URL to a server`,
        ),
      );
    }, waitTimeoutMs);
  }

  private refuseWaiter(client: Client, error: Error): void {
    const index = this.waiters.findIndex((waiter) => waiter.client === client);
    const [waiter] = index < 0 ? [] : this.waiters.splice(index, 1);
    waiter?.refuse(error);
  }
}

/** An embedded database holds no handle of the event loop: without a timer the process may end while a query is running. */
async function keepingAlive<T>(work: () => Promise<T>): Promise<T> {
  const timer = setInterval(() => undefined, 0x7fff_ffff);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
