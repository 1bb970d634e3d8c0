import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const workspace = resolve(__dirname, '../../..');

/** What a program prints that uses the built libraries. */
function printed(code: string, ...flags: readonly string[]): string {
  const { stdout, stderr } = spawnSync(process.execPath, [...flags, '-e', code], {
    cwd: workspace,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return stdout.trim();
}

describe('the built libraries', () => {
  it('load only the modules of core that are used', () => {
    const modules = Number(
      printed(`
        const { createMigrator, postgresDialect } = require('@nest-alembic/core');
        createMigrator({ dialect: postgresDialect, connect: () => undefined, revisions: [{ revision: 'aaaa1' }] })
          .heads()
          .then(() => console.log(Object.keys(require.cache).filter((file) => /core.dist/.test(file)).length));`),
    );
    expect(modules).toBeGreaterThan(10);
    expect(modules).toBeLessThan(60);
  });

  it.each([
    ['core', 'createMigrator'],
    ['core', 'diffSchema'],
    ['typeorm', 'migratorOptionsFor'],
    ['nestjs', 'MigrationsModule'],
    ['cli', 'runMigrationCli'],
  ])('give ES modules their names: %s, %s', (library, name) => {
    const code = `import { ${name} } from '@nest-alembic/${library}'; console.log(typeof ${name});`;
    expect(printed(code, '--input-type=module')).toBe('function');
  });
});
