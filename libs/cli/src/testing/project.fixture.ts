import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runApp } from './run-app.fixture.js';
import type { AppRun, RunAppOptions } from './run-app.fixture.js';

/** What the fixture app writes to stdout when its providers are made. */
export const BUILT = 'noise of a constructor';
/** A URL that nobody answers: nothing listens on port 1. */
export const DOWN = 'postgres://app:top-secret@127.0.0.1:1/nowhere';

/** A folder with the migrations of the fixture app. */
export class Project {
  readonly root = mkdtempSync(join(tmpdir(), 'migrate-'));
  readonly migrations = join(this.root, 'migrations');
  readonly versions = join(this.migrations, 'versions');

  constructor() {
    writeFileSync(join(this.root, 'package.json'), '{}');
    mkdirSync(this.versions, { recursive: true });
  }

  /** Runs `migrate …` of the fixture app in a process of its own. */
  migrate(url: string, args: readonly string[], options: RunAppOptions = {}): Promise<AppRun> {
    const env = { EXIT_AFTER: '50', ...options.env, DATABASE_URL: url, PROJECT: this.root };
    return runApp('main.fixture.ts', ['migrate', ...args], { ...options, env });
  }

  /** Writes a revision. @param body of `upgrade(op)` @default '' */
  writeRevision(id: string, down: string | null, body = ''): void {
    const lines = [
      `import type { Operations } from '@nest-alembic/core';`,
      `export const revision = '${id}';`,
      `export const message = 'revision ${id}';`,
      `export const downRevision: string | null = ${JSON.stringify(down)};`,
      `export async function upgrade(op: Operations): Promise<void> { ${body} }`,
    ];
    writeFileSync(join(this.versions, `${id}_x.ts`), lines.join('\n'));
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** What must hold for every run that failed: told on stderr with its code, in whole lines, without a stack; exit code 1. */
export function expectError(run: AppRun, code: string): void {
  expect(run.stdout).toBe('');
  expect(run.stderr).toContain(`error ${code}: `);
  expect(run.stderr).toMatch(/\n$/);
  expect(run.stderr).not.toMatch(/^ +at /m);
  expectDiscreet(run);
  expect(run.exitCode).toBe(1);
}

/** No hook of the app ran, none of its commands, and the password was not told; the process ended soon. */
export function expectDiscreet(run: AppRun): void {
  expect(run.stderr + run.stdout).not.toMatch(/HOOK|COMMAND of the app|serving|top-secret/);
  expect(run.silenceMs).toBeLessThan(2_000);
}
