// Lets a child process of a spec run TypeScript sources: `node --conditions=@nest-alembic/source -r swc-register.cjs x.ts`.
const { createHash } = require('node:crypto');
const { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const { tmpdir } = require('node:os');
const { dirname, join } = require('node:path');

const options = {
  swcrc: false,
  jsc: {
    target: 'es2023',
    parser: { syntax: 'typescript', decorators: true, dynamicImport: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: true },
    keepClassNames: true,
  },
  module: { type: 'commonjs' },
  sourceMaps: false,
};

/** Specs start some hundred processes: what one has compiled the next ones read. */
const cache = join(tmpdir(), `nest-alembic-specs-${process.getuid?.() ?? 'all'}`);
const version = JSON.stringify([require('@swc/core/package.json').version, options]);

function compiled(file) {
  const source = readFileSync(file);
  const key = createHash('sha256').update(version).update(file).update(source).digest('hex');
  const kept = join(cache, key);
  if (existsSync(kept)) return readFileSync(kept, 'utf8');
  const { code } = require('@swc/core').transformFileSync(file, options);
  mkdirSync(cache, { recursive: true, mode: 0o700 });
  const draft = `${kept}.${process.pid}`;
  writeFileSync(draft, code);
  renameSync(draft, kept);
  return code;
}

/** A source names its neighbour as the compiled file will be called. */
const resolveFilename = Module._resolveFilename;
Module._resolveFilename = function (request, parent, ...rest) {
  if (parent?.filename?.endsWith('.ts') && /^\.{1,2}\/.*\.js$/.test(request)) {
    const source = join(dirname(parent.filename), request.replace(/\.js$/, '.ts'));
    if (existsSync(source)) return source;
  }
  return resolveFilename.call(this, request, parent, ...rest);
};
Module._extensions['.ts'] = (module, file) => module._compile(compiled(file), file);
