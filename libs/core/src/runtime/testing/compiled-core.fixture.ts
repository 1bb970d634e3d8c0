import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { transformSync } from '@swc/core';

/** The sources as JavaScript, for processes of their own: ten that each transpile would measure only that. */
export interface CompiledCore {
  readonly folder: string;
  /** Environment for a process of its own. */
  readonly env: NodeJS.ProcessEnv;
  remove(): void;
}

/** Transpiles the sources and fixtures of core into a temporary folder. */
export function compileCore(): CompiledCore {
  const source = resolve(__dirname, '../..');
  const folder = mkdtempSync(join(tmpdir(), 'core-compiled-'));
  for (const name of readdirSync(source, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts') || name.endsWith('.spec.ts')) continue;
    const target = join(folder, name.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, toCommonJs(readFileSync(join(source, name), 'utf8')));
  }
  symlinkSync(resolve(source, '../../../node_modules'), join(folder, 'node_modules'), 'junction');
  // The revision loader of a replica must not take itself for one inside Jest.
  const { JEST_WORKER_ID, ...env } = process.env;
  return {
    folder,
    env,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const toCommonJs = (text: string): string =>
  transformSync(text, {
    swcrc: false,
    jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
    module: { type: 'commonjs', ignoreDynamic: true },
  }).code;
