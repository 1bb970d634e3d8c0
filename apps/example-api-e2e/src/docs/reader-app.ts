import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { neutralEnvironment, workspaceRoot } from '../example-process.js';

/** Files of an app by path. */
export type AppFiles = Readonly<Record<string, string>>;

/** Makes apps as a reader of the guide has them, on the public packages as they would be published. */
export interface ReaderApps {
  /** A new app with these files besides package.json and tsconfig.json, or a copy of another one. */
  make(from: AppFiles | string): string;
  remove(): void;
}

const packageJson = {
  name: 'accounts',
  version: '1.0.0',
  private: true,
  scripts: { build: 'tsc' },
};

/** Nest's own settings of a new app; incremental, since pages build again and again. */
const tsconfig = {
  compilerOptions: {
    module: 'nodenext',
    target: 'es2023',
    strict: true,
    noUncheckedIndexedAccess: true,
    experimentalDecorators: true,
    emitDecoratorMetadata: true,
    skipLibCheck: true,
    incremental: true,
    types: ['node'],
    rootDir: 'src',
    outDir: 'dist',
  },
  include: ['src'],
};

/** Packs the libraries, which takes some seconds. @throws Error when a package cannot be made */
export function createReaderApps(): ReaderApps {
  const base = mkdtempSync(join(tmpdir(), 'reader-apps-'));
  const script = join(workspaceRoot, 'tools/packages/install-packed.mjs');
  const result = spawnSync(process.execPath, [script, base], {
    encoding: 'utf8',
    env: neutralEnvironment(),
  });
  if (result.status !== 0) throw new Error(`${script} failed:\n${result.stdout}${result.stderr}`);
  let count = 0;
  return {
    make: (from) => {
      const app = join(base, `app-${++count}`);
      if (typeof from === 'string') cpSync(from, app, { recursive: true, filter: isNoModules });
      else writeApp(app, from);
      symlinkSync(join(base, 'node_modules'), join(app, 'node_modules'), 'dir');
      return app;
    },
    remove: () => rmSync(base, { recursive: true }),
  };
}

const isNoModules = (path: string): boolean => !path.endsWith('node_modules');

function writeApp(app: string, files: AppFiles): void {
  const all = {
    'package.json': JSON.stringify(packageJson),
    'tsconfig.json': JSON.stringify(tsconfig),
    ...files,
  };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(app, path)), { recursive: true });
    writeFileSync(join(app, path), text);
  }
}
