import { postgresDialect } from '../../dialects/postgres/postgres-dialect.js';
import { createMigrator } from '../create-migrator.js';
import { errorOf } from '../testing/migrator.fixture.js';
import type { MigratorOptions } from '../migrator-options.js';

const needed: MigratorOptions = {
  dialect: postgresDialect,
  connect: async () => Promise.reject(new Error('must not connect')),
};
const failure = (options: object) =>
  errorOf(Promise.resolve().then(() => createMigrator({ ...needed, ...options })));
const hookFailure = (...postWriteHooks: readonly unknown[]) => failure({ postWriteHooks });

describe('options of createMigrator', () => {
  it('every one is accepted with a value of its type', () => {
    const every: Required<MigratorOptions> = {
      ...needed,
      name: 'reports',
      targetSchema: () => Promise.reject(new Error('must not be asked')),
      rootDirectory: '/srv/app',
      directory: 'db',
      versionLocations: ['db/versions'],
      recursiveVersionLocations: true,
      allowOutside: true,
      followSymlinks: false,
      strictPermissions: false,
      strict: false,
      revisions: [],
      versionTable: 'v',
      versionTableSchema: 's',
      importSource: 'x',
      fileTemplate: '%(rev)s',
      truncateSlugLength: 20,
      timezone: 'Europe/Berlin',
      revisionTemplate: 'a.txt',
      templateArgs: { a: 'b' },
      revisionEnvironment: false,
      processRevisionDirectives: () => null,
      renderAsBatch: true,
      renderItem: () => undefined,
      portableTypes: true,
      portableHints: () => [],
      postWriteHooks: [
        { name: 'a', type: 'exec', executable: 'a', options: ['-x', ''], cwd: 'b', timeoutMs: 1 },
        { name: 'b', type: 'bin', bin: 'a' },
        { name: 'c', type: 'module', module: 'a' },
        { name: 'd', type: 'function', run: () => undefined },
      ],
      namingConvention: { uq: 'uq_%(table_name)s' },
      operations: [],
      headsLock: true,
      lockTimeoutMs: 0,
      statementLockTimeoutMs: 0,
      statementTimeoutMs: 0,
      transactionPerRevision: false,
      revisionTries: 1,
      retryPauseMs: 0,
      revisionTimeoutMs: 0,
      includeSchemas: true,
      includeName: () => true,
      includeObject: () => true,
      compareType: false,
      compareServerDefault: () => undefined,
      comparators: [
        { name: 'acme.grants', dialects: ['postgres'], priority: 'last', compare: () => undefined },
      ],
      autogeneratePlugins: ['nest-alembic.*', 'acme.*', '~nest-alembic.views'],
      objects: ['CREATE VIEW v AS SELECT 1', { sqlFile: 'views/v.sql' }],
      ignoredTables: [{ schema: null, name: 't' }],
      x: { a: 'b' },
      onEvent: () => undefined,
      now: () => new Date(),
      newId: () => 'a',
    };
    expect(createMigrator(every).name).toBe('reports');
  });

  it('B138: an unknown name is refused with a suggestion, or with all names', async () => {
    expect(await failure({ fileTemplat: 'x' })).toMatchObject({
      code: 'E9003',
      problem: 'createMigrator has no option "fileTemplat"',
      advice: 'Did you mean "fileTemplate"?',
      facts: { option: 'fileTemplat', suggestion: 'fileTemplate' },
    });
    const { advice } = await failure({ url: 'x' });
    expect(advice).toContain('directory, fileTemplate, ');
  });

  it('B137: names that reach a prototype are refused, and what an object inherits is no option', async () => {
    const parsed = JSON.parse('{ "__proto__": { "name": "evil" } }') as object;
    const options = Object.defineProperties({}, Object.getOwnPropertyDescriptors(parsed));
    expect(() => createMigrator(options as never)).toThrow(
      expect.objectContaining({ code: 'E9001' }),
    );
    const inherited = Object.assign(Object.create({ name: 'evil' }) as object, needed);
    expect(createMigrator(inherited as never).name).toBe('default');
  });

  it('what is undefined is as if it were not there', () => {
    const options = { ...needed, timezone: undefined, name: undefined };
    expect(createMigrator(options as never).name).toBe('default');
  });

  it.each<[keyof MigratorOptions, unknown]>([
    ['name', ''],
    ['dialect', 'postgres'],
    ['connect', 'postgres://db'],
    ['targetSchema', {}],
    ['rootDirectory', 7],
    ['directory', null],
    ['versionLocations', []],
    ['versionLocations', 'a b'],
    ['recursiveVersionLocations', 'true'],
    ['recursiveVersionLocations', 1],
    ['allowOutside', 'yes'],
    ['revisions', [7]],
    ['fileTemplate', 7],
    ['fileTemplate', ''],
    ['fileTemplate', '%(nosuch)s'],
    ['truncateSlugLength', '40'],
    ['truncateSlugLength', -1],
    ['truncateSlugLength', 1.5],
    ['truncateSlugLength', Number.NaN],
    ['timezone', 'Mars/Phobos'],
    ['timezone', 60],
    ['templateArgs', 'x'],
    ['templateArgs', { a: 1 }],
    ['templateArgs', []],
    ['revisionEnvironment', 'yes'],
    ['revisionEnvironment', 'maybe'],
    ['postWriteHooks', { name: 'x' }],
    ['headsLock', 'true'],
    ['lockTimeoutMs', -1],
    ['lockTimeoutMs', '5'],
    ['lockTimeoutMs', 1e12],
    ['includeSchemas', 'public'],
    ['ignoredTables', ['t']],
    ['x', { a: 1 }],
    ['now', new Date()],
  ])('B112, CFG-14, CFG-16: option %s refuses %p', async (option, value) => {
    expect(await failure({ [option]: value })).toMatchObject({ code: 'E9002', facts: { option } });
  });

  it.each<[string, unknown]>([
    ['lacks "name"', { type: 'bin', bin: 'x' }],
    ['lacks "name"', null],
    ['lacks "type"', { name: 'x' }],
    ['lacks "executable"', { name: 'x', type: 'exec' }],
    ['lacks "bin"', { name: 'x', type: 'bin' }],
    ['lacks "module"', { name: 'x', type: 'module' }],
    ['lacks "run"', { name: 'x', type: 'function' }],
    ['unknown type "shell"', { name: 'x', type: 'shell' }],
    ['unknown type "__proto__"', { name: 'x', type: '__proto__' }],
    ['"executable"', { name: 'x', type: 'exec', executable: '' }],
    ['"options"', { name: 'x', type: 'bin', bin: 'x', options: '--fix --quiet' }],
    ['"options"', { name: 'x', type: 'bin', bin: 'x', options: ['a\0b'] }],
    ['"timeoutMs"', { name: 'x', type: 'bin', bin: 'x', timeoutMs: 0 }],
    ['"cwd"', { name: 'x', type: 'bin', bin: 'x', cwd: 7 }],
    ['"run"', { name: 'x', type: 'function', run: 'x' }],
  ])('HOOK-06: a hook is refused: %s', async (problem, hook) => {
    expect(await hookFailure(hook)).toMatchObject({
      code: 'E9002',
      problem: expect.stringContaining(problem),
    });
  });

  it('HOOK-06: a name or a member that is misspelt is suggested', async () => {
    expect(
      await hookFailure({ name: 'x', type: 'function', run: () => 0, timeout: 5 }),
    ).toMatchObject({
      code: 'E9003',
      problem: 'post-write hook "x" of createMigrator has no option "timeout"',
    });
    expect(await hookFailure({ name: 'x', type: 'bin', bin: 'x', option: [] })).toMatchObject({
      advice: 'Did you mean "options"?',
    });
    expect(await hookFailure({ name: 'x', type: 'modul' })).toMatchObject({
      advice: 'Did you mean "module"?',
    });
  });
});
