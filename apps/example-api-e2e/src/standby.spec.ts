import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Outcome } from './example-process.js';
import { runExample } from './example-process.js';
import type { MigrationsFolder } from './migrations-folder.js';
import { generatedMigrations, succeed } from './migrations-folder.js';
import type { StandbyServer } from './own-server.js';
import { startStandbyServer } from './own-server.js';

jest.setTimeout(180_000);

let server: StandbyServer;
let migrations: MigrationsFolder;
let head: string;

beforeAll(async () => {
  server = await startStandbyServer();
  migrations = await generatedMigrations({
    DATABASE_URL: `postgres://postgres@${server.host}/postgres`,
  });
  await succeed(['migrate', 'upgrade', 'head'], migrations.env);
  [head = ''] = (await succeed(['migrate', 'current'], migrations.env)).stdout.split(' ');
  await server.becomeStandby();
});

afterAll(async () => {
  migrations?.remove();
  await server?.stop();
});

const filesNow = (): readonly string[] => readdirSync(join(migrations.directory, 'versions'));

const migrate = (...args: readonly string[]): Promise<Outcome> =>
  runExample(['migrate', ...args], migrations.env);

describe('a hot standby', () => {
  it('answers what only looks: current, history and an upgrade that has nothing to do', async () => {
    for (const args of [['current'], ['history', '-i'], ['upgrade', 'head']]) {
      const { code, stdout } = await migrate(...args);
      expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining(head) });
    }
  });

  it('is not taken for a database that differs: E5014 says that only the primary can tell', async () => {
    const { code, stdout, stderr } = await migrate('check');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(
      /^error E5014: .*is a standby.*only be one of spelling \(.*\n.*against the primary/m,
    );
  });

  it('E5014 and E5003: nothing is generated from it, and nothing written to it', async () => {
    const files = filesNow();
    const refused = {
      'revision --autogenerate -m x': 'E5014',
      'downgrade -1': 'E5003',
      'stamp base': 'E5003',
    };
    for (const [line, word] of Object.entries(refused)) {
      const { code, stderr } = await migrate(...line.split(' '));
      expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining(word) });
      expect(stderr).toMatch(/standby.*\n.*Nothing was written.*Run it against the primary/);
    }
    expect(filesNow()).toEqual(files);
  });
});
