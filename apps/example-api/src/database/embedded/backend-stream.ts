import { Duplex } from 'node:stream';
import type { ClientRequest } from './protocol.js';
import { ClientRequestReader, greeting, SSL_REFUSED } from './protocol.js';
import type { SharedBackend } from './shared-backend.js';

type Done = (error?: Error | null) => void;

/** The socket that node-postgres believes to have: one client's connection to an embedded database. */
export class BackendStream extends Duplex {
  private readonly reader = new ClientRequestReader();
  private readonly client = {};
  private queue: Promise<void> = Promise.resolve();
  private settings: Readonly<Record<string, string>> = {};

  constructor(private readonly shared: SharedBackend) {
    super({ allowHalfOpen: false });
  }

  /** Opens the database where that has not been done; `connect` or `error` follows, as with a socket. */
  connect(): this {
    this.shared.connect(this.client).then(
      (backend) => {
        this.settings = backend.settings;
        this.emit('connect');
      },
      (error: Error) => this.destroy(error),
    );
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  override _read(): void {
    // Answers are pushed as they arrive.
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: Done): void {
    for (const request of this.reader.read(chunk)) this.enqueue(request);
    done();
  }

  override _final(done: Done): void {
    void this.queue.then(() => done());
  }

  override _destroy(error: Error | null, done: Done): void {
    this.shared.disconnect(this.client).then(
      () => done(error),
      (failure: Error) => done(error ?? failure),
    );
  }

  /** Requests of one client are answered in their order. */
  private enqueue(request: ClientRequest): void {
    this.queue = this.queue
      .then(() => this.answer(request))
      .catch((error: Error) => void this.destroy(error));
  }

  private async answer(request: ClientRequest): Promise<void> {
    if (this.destroyed) return;
    if (request.kind === 'messages') {
      const answer = await this.shared.execute(this.client, request.bytes);
      if (answer.length > 0 && !this.destroyed) this.push(answer);
    } else if (request.kind === 'startup') {
      this.push(greeting(this.settings));
    } else if (request.kind === 'sslRequest') {
      this.push(SSL_REFUSED);
    } else {
      this.push(null);
    }
  }
}
