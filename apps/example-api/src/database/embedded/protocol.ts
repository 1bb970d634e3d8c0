/** PostgreSQL's wire protocol 3.0, as far as both ends of an in-process connection need it (PostgreSQL manual, 55.7). */

const HEADER_BYTES = 5;
const SSL_REQUEST = 80_877_103;
const CANCEL_REQUEST = 80_877_102;

/** Messages after which the server answers: Sync, simple Query, Flush, FunctionCall, CopyDone, CopyFail. */
const ANSWERED = new Set([...'SQHFcf'].map((type) => type.charCodeAt(0)));
const TERMINATE = 'X'.charCodeAt(0);
const READY_FOR_QUERY = 'Z'.charCodeAt(0);

/** What a client sent, cut where the server would answer. */
export type ClientRequest =
  | { readonly kind: 'startup' | 'sslRequest' | 'cancelRequest' | 'terminate' }
  | { readonly kind: 'messages'; readonly bytes: Buffer };

/** State of the session as ReadyForQuery tells it: idle, in a transaction, in a failed transaction. */
export type TransactionStatus = 'I' | 'T' | 'E';

/** Cuts a client's byte stream, which arrives in any pieces, into requests. */
export class ClientRequestReader {
  private pending: Buffer = Buffer.alloc(0);
  private scanned = 0;
  private isStarted = false;

  /** Returns the requests that `chunk` completes; the rest is kept for the next call. */
  read(chunk: Buffer): readonly ClientRequest[] {
    this.pending = this.pending.length === 0 ? chunk : Buffer.concat([this.pending, chunk]);
    const requests: ClientRequest[] = [];
    for (let next = this.next(); next !== undefined; next = this.next()) requests.push(next);
    return requests;
  }

  private next(): ClientRequest | undefined {
    return this.isStarted ? this.nextMessages() : this.nextStartup();
  }

  /** The first messages of a connection have no type byte. */
  private nextStartup(): ClientRequest | undefined {
    if (this.pending.length < 8) return undefined;
    const length = this.pending.readInt32BE(0);
    if (this.pending.length < length) return undefined;
    const code = this.pending.readInt32BE(4);
    this.pending = this.pending.subarray(length);
    if (code === SSL_REQUEST) return { kind: 'sslRequest' };
    if (code === CANCEL_REQUEST) return { kind: 'cancelRequest' };
    this.isStarted = true;
    return { kind: 'startup' };
  }

  private nextMessages(): ClientRequest | undefined {
    while (this.pending.length >= this.scanned + HEADER_BYTES) {
      const type = this.pending[this.scanned] ?? 0;
      const end = this.scanned + 1 + this.pending.readInt32BE(this.scanned + 1);
      if (this.pending.length < end) return undefined;
      this.scanned = end;
      if (type === TERMINATE) return this.take({ kind: 'terminate' });
      if (ANSWERED.has(type)) {
        return this.take({ kind: 'messages', bytes: this.pending.subarray(0, end) });
      }
    }
    return undefined;
  }

  private take(request: ClientRequest): ClientRequest {
    this.pending = this.pending.subarray(this.scanned);
    this.scanned = 0;
    return request;
  }
}

/** Returns the status of the last ReadyForQuery in a server's answer, or undefined when it holds none. */
export function readyStatus(answer: Buffer): TransactionStatus | undefined {
  let status: TransactionStatus | undefined;
  for (let at = 0; at + HEADER_BYTES < answer.length; at += 1 + answer.readInt32BE(at + 1)) {
    if (answer[at] === READY_FOR_QUERY) {
      status = String.fromCharCode(answer[at + HEADER_BYTES] ?? 0) as TransactionStatus;
    }
  }
  return status;
}

/** The server's greeting: no password wanted, these settings, ready. */
export function greeting(settings: Readonly<Record<string, string>>): Buffer {
  const parameters = Object.entries(settings).map(([name, value]) =>
    message('S', cstring(name), cstring(value)),
  );
  const backendKey = message('K', int32(process.pid), int32(0));
  return Buffer.concat([
    message('R', int32(0)),
    ...parameters,
    backendKey,
    message('Z', Buffer.from('I')),
  ]);
}

/** A simple query, as `psql` sends it; `sql` may hold several statements. */
export function simpleQuery(sql: string): Buffer {
  return message('Q', cstring(sql));
}

/** The answer to a request for TLS: there is none inside one process. */
export const SSL_REFUSED = Buffer.from('N');

function message(type: string, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(HEADER_BYTES);
  head.write(type, 0, 'latin1');
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

function cstring(text: string): Buffer {
  return Buffer.from(`${text}\0`, 'utf8');
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}
