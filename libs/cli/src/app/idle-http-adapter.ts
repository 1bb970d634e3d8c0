import { createServer } from 'node:http';
import { AbstractHttpAdapter } from '@nestjs/core';

/**
 * An HTTP adapter that serves nothing, so that `NestFactory.create` builds any app without its web framework. What a
 * constructor of the app calls on the framework's instance is swallowed.
 */
export class IdleHttpAdapter extends AbstractHttpAdapter {
  constructor() {
    super(swallowAll());
    // A real server object, for providers that add listeners to it; it never listens.
    this.httpServer = createServer();
  }

  close(): void {
    // never opened
  }

  getType(): string {
    return 'idle';
  }

  getRequestHostname(): string {
    return '';
  }

  getRequestMethod(): string {
    return '';
  }

  getRequestUrl(): string {
    return '';
  }

  isHeadersSent(): boolean {
    return false;
  }

  createMiddlewareFactory(): () => void {
    return () => undefined;
  }

  applyVersionFilter(): () => () => void {
    return () => () => undefined;
  }

  initHttpServer = doNothing;
  useStaticAssets = doNothing;
  setViewEngine = doNothing;
  status = doNothing;
  reply = doNothing;
  end = doNothing;
  render = doNothing;
  redirect = doNothing;
  setErrorHandler = doNothing;
  setNotFoundHandler = doNothing;
  getHeader = doNothing;
  setHeader = doNothing;
  appendHeader = doNothing;
  registerParserMiddleware = doNothing;
  enableCors = doNothing;
}

function doNothing(): void {
  // nobody is served
}

/** A value on which everything can be read, called and constructed, with itself as the result. */
function swallowAll(): unknown {
  const all: unknown = new Proxy(doNothing, {
    // Without `then` and symbols it is neither a promise nor iterable, so nobody waits for it or loops over it.
    get: (_target, key) => (key === 'then' || typeof key === 'symbol' ? undefined : all),
    apply: () => all,
    construct: () => all as object,
  });
  return all;
}
