import { ClientRequestReader, greeting, readyStatus, simpleQuery } from './protocol.js';

const startup = Buffer.from([0, 0, 0, 9, 0, 3, 0, 0, 0]);
const sslRequest = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);
const message = (type: string, body = ''): Buffer => {
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeInt32BE(4 + body.length, 1);
  return Buffer.concat([head, Buffer.from(body)]);
};

function started(): ClientRequestReader {
  const reader = new ClientRequestReader();
  reader.read(startup);
  return reader;
}

describe('ClientRequestReader', () => {
  it('answers the start once it is complete', () => {
    const reader = new ClientRequestReader();
    expect(reader.read(startup.subarray(0, 6))).toEqual([]);
    expect(reader.read(startup.subarray(6))).toEqual([{ kind: 'startup' }]);
  });

  it('sees a request for TLS before the start', () => {
    const requests = new ClientRequestReader().read(Buffer.concat([sslRequest, startup]));
    expect(requests).toEqual([{ kind: 'sslRequest' }, { kind: 'startup' }]);
  });

  it('keeps the messages of the extended protocol together until Sync', () => {
    const reader = started();
    const extended = [message('P', 'parse'), message('B', 'bind'), message('E'), message('S')];
    for (const part of extended.slice(0, 3)) expect(reader.read(part)).toEqual([]);
    expect(reader.read(extended[3] ?? Buffer.alloc(0))).toEqual([
      { kind: 'messages', bytes: Buffer.concat(extended) },
    ]);
  });

  it('cuts two queries of one chunk apart', () => {
    const [first, second] = [simpleQuery('select 1'), simpleQuery('select 2')];
    expect(started().read(Buffer.concat([first, second]))).toEqual([
      { kind: 'messages', bytes: first },
      { kind: 'messages', bytes: second },
    ]);
  });

  it('reads the same requests from a stream that comes byte by byte', () => {
    const stream = Buffer.concat([startup, simpleQuery('select 1'), message('X')]);
    const reader = new ClientRequestReader();
    const requests = [...stream].flatMap((byte) => reader.read(Buffer.from([byte])));
    expect(requests.map((request) => request.kind)).toEqual(['startup', 'messages', 'terminate']);
  });
});

describe('readyStatus', () => {
  it.each(['I', 'T', 'E'] as const)('finds the status %s at the end of an answer', (status) => {
    expect(readyStatus(Buffer.concat([message('C', 'SELECT 1\0'), message('Z', status)]))).toBe(
      status,
    );
  });

  it('returns undefined for an answer that is not finished', () => {
    expect(readyStatus(message('1'))).toBeUndefined();
  });

  it('finds the session idle after the greeting', () => {
    expect(readyStatus(greeting({ server_version: '18.6' }))).toBe('I');
  });
});
