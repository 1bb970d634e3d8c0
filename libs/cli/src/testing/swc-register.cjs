// Lets a child process of a spec run TypeScript sources: `node --conditions=@nest-alembic/source -r swc-register.cjs x.ts`.
const Module = require('node:module');
const { transformFileSync } = require('@swc/core');

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

const resolveFilename = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  try {
    return resolveFilename.call(this, request, ...rest);
  } catch (error) {
    if (!/^\.{1,2}\/.*\.js$/.test(request)) throw error;
    return resolveFilename.call(this, request.replace(/\.js$/, '.ts'), ...rest);
  }
};
Module._extensions['.ts'] = (module, file) =>
  module._compile(transformFileSync(file, options).code, file);
