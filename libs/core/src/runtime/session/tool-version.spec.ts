import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newRunIdentity } from './run-identity.js';
import { TOOL_VERSION } from './tool-version.js';

describe('who runs', () => {
  it('has the version of package.json', () => {
    const manifest = readFileSync(join(__dirname, '../../../package.json'), 'utf8');
    expect(TOOL_VERSION).toBe(JSON.parse(manifest).version);
  });

  it('names a session in at most 63 bytes, with its run', () => {
    const { application, runId } = newRunIdentity();
    expect(Buffer.byteLength(application)).toBeLessThanOrEqual(63);
    expect(application).toContain(`run=${runId.slice(0, 8)}`);
  });
});
