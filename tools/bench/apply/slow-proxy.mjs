// A TCP proxy that holds back every byte for half of a round trip, in each direction.
import { connect, createServer } from 'node:net';

/** Starts a proxy before a server. @returns its port, and `close()` */
export async function startSlowProxy({ host, port, roundTripMs }) {
  const server = createServer((client) => {
    const upstream = connect({ host, port, noDelay: true });
    client.setNoDelay(true);
    pipeSlowly(client, upstream, roundTripMs / 2);
    pipeSlowly(upstream, client, roundTripMs / 2);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: server.address().port, close: () => server.close() };
}

function pipeSlowly(from, to, delayMs) {
  const later = (work) => setTimeout(work, delayMs);
  from.on('data', (chunk) => later(() => to.writable && to.write(chunk)));
  from.on('end', () => later(() => to.end()));
  from.on('error', () => later(() => to.destroy()));
  from.on('close', () => later(() => to.destroy()));
}
