import { spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { compileCore } from './compiled-core.fixture.js';

/**
 * What a program prints that runs without the rights of the superuser, who may read and write everything: as nobody where the
 * specs are run by that one. `program` gets the folder of the compiled core as `core`; others must be able to enter the folders it names.
 */
export function runAsNobody(program: string): string {
  const core = compileCore();
  try {
    chmodSync(core.folder, 0o755);
    const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    const text = `const core = ${JSON.stringify(core.folder)};\n${program}`;
    const run = spawnSync(process.execPath, ['-e', text], {
      ...user,
      env: core.env,
      encoding: 'utf8',
    });
    if (run.status !== 0) throw new Error(run.stderr);
    return run.stdout;
  } finally {
    core.remove();
  }
}
