import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { MigrationService } from './migration.service.js';

let root: string;
let versions: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'service-'));
  versions = join(root, 'migrations', 'versions');
  writeFileSync(join(root, 'package.json'), '{}');
});
afterEach(() => rmSync(root, { recursive: true }));

/** A service whose database nobody answers for. */
const serviceOf = (name: string): MigrationService =>
  new MigrationService({
    name,
    dataSource: new DataSource({ type: 'postgres', url: 'postgres://127.0.0.1:1/nowhere' }),
    options: { rootDirectory: root, headsLock: true },
    onEvent: () => undefined,
  });

describe('MigrationService, without a database', () => {
  it('makes the folder, writes revisions, merges and rebases them', async () => {
    const service = serviceOf('default');
    expect((await service.listTemplates()).map(({ name }) => name)).toEqual(['generic', 'multidb']);
    expect((await service.init()).next).toContain('with this folder already');
    await service.revision({ revisionId: 'aaaa1', branchLabels: ['shop'] });
    for (const revisionId of ['bbbb1', 'cccc1'])
      await service.revision({ revisionId, head: 'aaaa1', splice: true, dependsOn: ['shop'] });
    expect(await service.checkHeads()).toMatchObject({ problems: [expect.any(String)] });
    const merged = await service.merge(['heads'], { auto: true, revisionId: 'dddd1' });
    expect(merged).toMatchObject({ revision: 'dddd1', downRevisions: ['bbbb1', 'cccc1'] });
    rmSync(String(merged.file));
    expect(await service.rebase('cccc1', { onto: 'bbbb1' })).toMatchObject({ heads: ['cccc1'] });
    expect(await service.checkHeads()).toMatchObject({ problems: [] });
  });

  it('writes one revision for services that share their folder', async () => {
    const [shop, reports] = [serviceOf('shop'), serviceOf('reports')];
    await shop.init({ template: 'multidb' });
    const { file } = await shop.revision({ alongside: [reports] });
    const text = readFileSync(String(file), 'utf8');
    expect(text).toContain('shop: async () => {}');
    expect(text).toContain('reports: async () => {}');
    await expect(shop.revision({ alongside: [shop] })).rejects.toMatchObject({ code: 'E7007' });
    expect(readdirSync(versions)).toHaveLength(2);
  });
});
