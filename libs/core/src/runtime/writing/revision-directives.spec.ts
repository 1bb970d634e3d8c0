import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { RevisionDirective } from '../../autogenerate/drafted-revision.js';
import { rewriter } from '../../autogenerate/rewriter.js';
import { postgresDialect } from '../../dialects/postgres/postgres-dialect.js';
import type { Operation } from '../../operations/operation.js';
import { EMPTY_SCHEMA } from '../../schema/schema-model.js';
import type { Column, SchemaModel } from '../../schema/schema-model.js';
import type { Workshop } from '../testing/migrator.fixture.js';
import { createWorkshop, errorOf, leaksOf, reset, stateOf } from '../testing/migrator.fixture.js';
import { useSpecDatabase } from '../testing/use-workshop.fixture.js';

const database = useSpecDatabase();
let shop: Workshop;
let model: SchemaModel;

beforeEach(async () => {
  await reset(database);
  let ids = 0;
  model = modelWith();
  shop = createWorkshop(database, {
    dialect: postgresDialect,
    targetSchema: () => model,
    newId: () => `rev${++ids}`,
  });
  writeFileSync(join(shop.root, 'package.json'), '{ "name": "shop" }');
});
afterEach(async () => {
  shop.remove();
  expect(await leaksOf(database)).toEqual([]);
});

const column = (name: string, type: string, nullable = true): Column => ({
  name,
  type,
  nullable,
  entity: 'Account',
  property: name,
});
const modelWith = (...columns: readonly Column[]): SchemaModel => ({
  ...EMPTY_SCHEMA,
  tables: [
    {
      schema: null,
      name: 'account',
      entity: 'Account',
      columns: [column('id', 'integer', false), ...columns],
      primaryKey: { name: 'account_pkey', columns: ['id'] },
      foreignKeys: [],
      uniques: [],
      checks: [],
      exclusions: [],
      indexes: [],
    },
  ],
});
const written = (): readonly string[] => readdirSync(shop.versions).sort();
const textOf = (file: string | undefined): string => readFileSync(String(file), 'utf8');
const migratorWith = (directive: RevisionDirective) =>
  shop.migratorWith({ processRevisionDirectives: directive });
const audit: Operation = { kind: 'execute', sql: "SELECT 'audited'" };
const hasChanges: RevisionDirective = (drafts) =>
  drafts.filter(({ upgrade }) => upgrade.length > 0);

describe('processRevisionDirectives', () => {
  it('ENV-41, RW-01: is handed the draft, the rows and a session, and what it returns is written', async () => {
    const seen: unknown[] = [];
    const migrator = migratorWith(async (drafts, { connection, newDraft: _, ...context }) => {
      const answer = await connection?.query<{ one: number }>('SELECT 1 AS one');
      seen.push({ drafts, context, one: answer?.rows[0]?.one });
      return drafts.map((draft) => ({ ...draft, message: `${draft.message}, reviewed` }));
    });
    const { file } = await migrator.revision({ autogenerate: true, message: 'accounts' });
    expect(basename(String(file))).toBe('rev1_accounts_reviewed.ts');
    expect(seen).toEqual([
      {
        drafts: [
          expect.objectContaining({
            environment: 'default',
            revisionId: 'rev1',
            message: 'accounts',
            head: ['head'],
            upgrade: [expect.objectContaining({ kind: 'createTable' })],
          }),
        ],
        context: {
          command: 'revision',
          environment: 'default',
          autogenerate: true,
          x: {},
          rows: [],
        },
        one: 1,
      },
    ]);
    await migrator.upgrade('head');
    model = modelWith(column('note', 'text'));
    await migrator.revision({ autogenerate: true });
    expect(seen[1]).toMatchObject({ context: { rows: ['rev1'] } });
  });

  it('is asked by a plain revision too, without a database unless the environment has one', async () => {
    const seen: unknown[] = [];
    const look: RevisionDirective = (drafts, { rows, connection, command, autogenerate }) => {
      seen.push([rows, connection !== undefined, command, autogenerate]);
      return drafts;
    };
    const noDatabase = { connect: () => Promise.reject(new Error('must not connect')) };
    const options = { processRevisionDirectives: look };
    await shop.migratorWith({ ...options, ...noDatabase }).revision();
    const connected = { ...options, revisionEnvironment: true };
    await shop.migratorWith(connected).revision();
    await shop.migratorWith({ ...connected, ...noDatabase }).revision({ sql: true });
    expect(seen).toEqual([
      [undefined, false, 'revision', false],
      [[], true, 'revision', false],
      [undefined, false, 'revision', false],
    ]);
    expect(written()).toHaveLength(3);
  });

  it('API-07, RW-02: that of the call comes before that of the options', async () => {
    const say =
      (word: string): RevisionDirective =>
      (drafts) =>
        drafts.map((draft) => ({ ...draft, message: `${draft.message}${word}` }));
    const { file } = await migratorWith(say(' second')).revision({
      message: 'first',
      processRevisionDirectives: say(' and'),
    });
    expect(textOf(file)).toContain(`export const message = 'first and second';`);
  });

  it.each<[string, RevisionDirective]>([
    ['an empty list', () => []],
    ['null', () => null],
    ['a promise of null', () => Promise.resolve(null)],
  ])('writes nothing for %s', async (_, directive) => {
    const { file, revision, cancelled, written: files } = await migratorWith(directive).revision();
    expect([file, revision, cancelled, files]).toEqual([undefined, undefined, true, []]);
    expect(written()).toEqual([]);
  });

  it('RW-04: can skip empty revisions, give ids, add and reorder operations, and choose the branch', async () => {
    shop.put('aaaa1', { labels: ['shop'] });
    shop.put('bbbb1', { labels: ['billing'] });
    let numbers = 1;
    const migrator = migratorWith(
      rewriter()
        .rewrite('createTable', (operation) => ({
          ...operation,
          table: { ...operation.table, columns: operation.table.columns.toReversed() },
        }))
        .chain((drafts) =>
          drafts.map((draft) => ({
            ...draft,
            revisionId: `000${++numbers}`,
            head: ['billing@head'],
            upgrade: [...draft.upgrade, audit],
          })),
        ),
    );
    await shop.migrator.upgrade('heads');
    model = { ...modelWith(column('note', 'text')) };
    const { file, downRevisions } = await migrator.revision({ autogenerate: true });
    expect(basename(String(file))).toBe('0002_.ts');
    expect(downRevisions).toEqual(['bbbb1']);
    expect(textOf(file)).toMatch(
      /t\.column\('note'[^]*t\.column\('id'[^]*op\.execute\("SELECT 'audited'"\)/,
    );
    const skipping = migratorWith(hasChanges);
    expect(await skipping.revision({ head: '0002' })).toMatchObject({ cancelled: true });
  });

  it('RW-03, SCN-71: writes several files, each with its own place, and the next builds on the first', async () => {
    const other = join(shop.root, 'other');
    mkdirSync(other);
    const migrator = shop.migratorWith({
      versionLocations: [shop.versions, other],
      headsLock: true,
      processRevisionDirectives: ([draft], { newDraft }) =>
        draft === undefined
          ? []
          : [
              {
                ...draft,
                versionPath: 'migrations/versions',
                head: ['base'],
                branchLabels: ['shop'],
              },
              newDraft({ message: 'then', head: ['shop@head'] }),
              newDraft({ head: ['base'], versionPath: 'other', branchLabels: ['billing'] }),
              newDraft({ head: ['shop'], splice: true, dependsOn: ['billing'], upgrade: [audit] }),
            ],
    });
    const { written: files, ...first } = await migrator.revision({ message: 'one' });
    expect(files).toEqual([
      { revision: 'rev1', file: join(shop.versions, 'rev1_one.ts'), downRevisions: [] },
      { revision: 'rev2', file: join(shop.versions, 'rev2_then.ts'), downRevisions: ['rev1'] },
      { revision: 'rev3', file: join(other, 'rev3_.ts'), downRevisions: [] },
      { revision: 'rev4', file: join(shop.versions, 'rev4_.ts'), downRevisions: ['rev1'] },
    ]);
    expect(first).toMatchObject({ file: files[0]?.file, revision: 'rev1' });
    const { heads } = await migrator.checkHeads();
    expect(heads.map(({ id }) => id).sort()).toEqual(['rev2', 'rev3', 'rev4']);
    expect(readFileSync(join(shop.root, 'migrations', 'heads.lock'), 'utf8')).toMatch(
      /rev2[^]*rev3[^]*rev4/,
    );
    expect(await migrator.upgrade('heads')).toMatchObject({ rows: ['rev2', 'rev4'] });
  });

  it('writes none of several files when one of them cannot be written', async () => {
    const twice = migratorWith(([draft]) => (draft ? [draft, { ...draft, head: ['base'] }] : []));
    expect(await errorOf(twice.revision())).toMatchObject({ code: 'E7001' });
    const sameName = shop.migratorWith({
      fileTemplate: '%(slug)s',
      headsLock: true,
      processRevisionDirectives: ([draft], { newDraft }) =>
        draft ? [draft, newDraft({ message: draft.message })] : [],
    });
    expect(await errorOf(sameName.revision({ message: 'x' }))).toMatchObject({ code: 'E7001' });
    expect(written()).toEqual([]);
    expect(readdirSync(join(shop.root, 'migrations'))).toEqual(['versions']);
  });

  it('RW-10: writes SQL that it adds; the downgrade says that there is no way back from it', async () => {
    const { file } = await migratorWith((drafts) =>
      drafts.map((draft) => ({ ...draft, upgrade: [audit, ...draft.upgrade] })),
    ).revision({ autogenerate: true });
    const text = textOf(file);
    expect(text).toContain(`await op.execute("SELECT 'audited'");`);
    expect(text).toContain('There is no way back from: execute');
    await shop.migrator.upgrade('head');
    expect(await stateOf(database)).toMatchObject({ tables: ['account'] });
  });

  it('the downgrade follows the upgrade until a directive writes its own', async () => {
    const add = (downgrade?: readonly Operation[]) =>
      migratorWith((drafts) =>
        drafts.map((draft) => ({
          ...draft,
          downgrade,
          upgrade: [...draft.upgrade, { kind: 'createSchema' as const, name: 'extra' }],
        })),
      );
    const followed = await add().revision({ message: 'one' });
    expect(textOf(followed.file)).toContain(`await op.dropSchema('extra');`);
    await shop.migrator.upgrade('head');
    await shop.migrator.downgrade('base');
    const own = await add([audit]).revision({ message: 'two' });
    expect(textOf(own.file).split('downgrade(')[1]).toMatch(
      /^[^]*\{\n {2}await op\.execute\("SELECT 'audited'"\);\n\}\n$/,
    );
  });

  it('RW-09: a body that became empty has no needless line', async () => {
    const none = rewriter().rewrite('createTable', () => null);
    const { file } = await migratorWith(none.chain((drafts) => drafts)).revision({
      autogenerate: true,
    });
    expect(file).toBeUndefined();
    const left = none.chain((drafts) => drafts.map((draft) => ({ ...draft, downgrade: [audit] })));
    const text = textOf((await migratorWith(left).revision({ autogenerate: true })).file);
    expect(text).toMatch(/upgrade\(op: Operations, ctx: RevisionContext\): Promise<void> \{\}\n/);
    expect(text).not.toContain('pass');
  });

  it('RW-11: drafts and lists are handed frozen, and a copy of an operation is as good as the operation', async () => {
    const careless: RevisionDirective = (drafts) => {
      (drafts[0]?.upgrade as Operation[]).push(audit);
      return drafts;
    };
    await expect(migratorWith(careless).revision({ autogenerate: true })).rejects.toThrow(
      TypeError,
    );
    await expect(
      migratorWith((drafts) => {
        (drafts[0] as { message: string }).message = 'x';
        return drafts;
      }).revision(),
    ).rejects.toThrow(TypeError);
    expect(written()).toEqual([]);
    const reordered = (copy: (operation: Operation) => Operation) =>
      migratorWith((drafts) =>
        drafts.map((draft) => ({ ...draft, upgrade: draft.upgrade.map(copy).toReversed() })),
      );
    const options = { autogenerate: true, head: 'base', revisionId: 'same' } as const;
    model = { ...modelWith(), schemas: ['b'] };
    const texts = [];
    for (const copy of [
      (operation: Operation) => operation,
      (operation: Operation) => structuredClone(operation),
    ]) {
      const { file } = await reordered(copy).revision(options);
      texts.push(textOf(file));
      shop.remove();
      mkdirSync(shop.versions, { recursive: true });
      writeFileSync(join(shop.root, 'package.json'), '{}');
    }
    expect(texts[0]?.replace(/createdAt.*/, '')).toBe(texts[1]?.replace(/createdAt.*/, ''));
  });

  it('CLI-48: check differs by what the directives leave, and writes nothing', async () => {
    const seen: unknown[] = [];
    const none = rewriter()
      .rewrite('createTable', () => null)
      .chain((drafts, { command, rows }) => {
        seen.push([command, rows]);
        return drafts;
      });
    expect(await shop.migrator.check()).toMatchObject({ upToDate: false });
    const checked = await migratorWith(none).check();
    expect(checked).toMatchObject({ upToDate: true, changes: [] });
    expect(checked.diff.operations).toHaveLength(1);
    expect(seen).toEqual([['check', []]]);
    const more = await migratorWith((drafts, { newDraft }) => [
      ...drafts,
      newDraft({ upgrade: [audit] }),
    ]).check();
    expect(more.changes).toEqual([
      'create table account',
      `execute ${audit.kind === 'execute' ? audit.sql : ''}`,
    ]);
    expect(written()).toEqual([]);
  });

  it('writes imports below those of the template, each once', async () => {
    const line = `import { regions } from '../regions.js';`;
    writeFileSync(join(shop.root, 'migrations', 'regions.ts'), `export const regions = ['eu'];\n`);
    const migrator = migratorWith((drafts) =>
      drafts.map((draft) => ({ ...draft, imports: [line, `  ${line}`, `import '../a.js';`] })),
    );
    writeFileSync(join(shop.root, 'migrations', 'a.ts'), '');
    const { file } = await migrator.revision();
    expect(textOf(file)).toContain(`core';\nimport '../a.js';\n${line}\n\nexport const revision`);
    expect(await shop.migrator.upgrade('head')).toMatchObject({ rows: ['rev1'] });
    writeFileSync(
      join(shop.root, 'migrations', 'revision.ts.tpl'),
      textOf(file)
        .replace(/import.*\n/g, '')
        .replace(`'rev1'`, '{{revision}}')
        .replace('downRevision = null', 'downRevision = {{downRevision}}')
        .replace('{}', '{\n{{upgradeBody}}\n}')
        .replace('{}', '{\n{{downgradeBody}}\n}'),
    );
    const error = await errorOf(migrator.revision());
    expect(error).toMatchObject({ code: 'E7006', facts: { placeholder: 'imports' } });
  });

  const complete = ([draft]: Parameters<RevisionDirective>[0], more: object) => [
    { ...draft, ...more },
  ];
  it.each<[string, (...args: Parameters<RevisionDirective>) => unknown, string, RegExp]>([
    ['nothing', () => undefined, 'E9002', /returned nothing/],
    ['a text', () => 'drafts', 'E9002', /no list of drafts/],
    ['a draft without its parts', () => [{}], 'E9002', /needs the option "environment"/],
    ['a member that drafts do not have', (d) => complete(d, { mesage: '' }), 'E9003', /"message"/],
    [
      'an operation that is none',
      (d) => complete(d, { upgrade: [{ kind: 'x' }] }),
      'E9002',
      /array of operations/,
    ],
    [
      'an operation without its parts',
      (d) => complete(d, { upgrade: [{ kind: 'addColumn' }] }),
      'E9002',
      /"addColumn" that is not complete/,
    ],
    [
      'an import that is none',
      (d) => complete(d, { imports: ['drop()'] }),
      'E9002',
      /import declarations/,
    ],
    [
      'an import of two lines',
      (d) => complete(d, { imports: ["import 'a';\ndrop()"] }),
      'E9002',
      /import declarations/,
    ],
    [
      'another environment',
      (d) => complete(d, { environment: 'prod' }),
      'E9002',
      /for prod and not for default/,
    ],
    ['an id that is none', (d) => complete(d, { revisionId: 'a b' }), 'E1011', /"a b"/],
    ['a head that is not there', (d) => complete(d, { head: ['zzz'] }), 'E1017', /zzz/],
    ['no head', (d) => complete(d, { head: [] }), 'E9002', /at least one target/],
  ])('refuses %s, and writes nothing', async (_, directive, code, text) => {
    const error = await errorOf(migratorWith(directive as RevisionDirective).revision());
    expect(error).toMatchObject({ code });
    expect(error.message).toMatch(text);
    expect(written()).toEqual([]);
  });

  it('refuses what is no function, of the options and of a call', async () => {
    const none = { processRevisionDirectives: [] as unknown as RevisionDirective };
    expect(() => shop.migratorWith(none)).toThrow(expect.objectContaining({ code: 'E9002' }));
    expect(await errorOf(shop.migrator.revision(none))).toMatchObject({
      code: 'E9002',
      facts: { option: 'processRevisionDirectives' },
    });
    expect(written()).toEqual([]);
  });

  it('what a directive throws comes through as it is', async () => {
    const mine = new Error('not on Fridays');
    await expect(
      migratorWith(() => {
        throw mine;
      }).revision(),
    ).rejects.toBe(mine);
    expect(written()).toEqual([]);
  });
});

describe('processRevisionDirectives of several environments', () => {
  it('AG-96, OPX-06: is asked for each in turn, with the whole draft; a rewriter rewrites its own part', async () => {
    const seen: unknown[] = [];
    const look: RevisionDirective = (drafts, { environment, rows }) => {
      seen.push([environment, rows, drafts[0]?.others.map((other) => other.environment)]);
      return drafts;
    };
    const commented = rewriter().rewrite('createTable', (operation) => ({
      ...operation,
      table: { ...operation.table, comment: 'rewritten' },
    }));
    const reports = shop.migratorWith({ name: 'reports', processRevisionDirectives: commented });
    const main = shop.migratorWith({ name: 'main' });
    await main.init({ template: 'multidb', directory: join(shop.root, 'two') });
    writeFileSync(
      join(shop.root, 'migrations', 'revision.ts.tpl'),
      readFileSync(join(shop.root, 'two', 'revision.ts.tpl')),
    );
    const { file, changes } = await main.revision({
      autogenerate: true,
      alongside: [reports],
      processRevisionDirectives: look,
    });
    expect(seen).toEqual([
      ['main', [], ['reports']],
      ['reports', [], ['reports']],
    ]);
    expect(changes).toEqual(['main: create table account', 'reports: create table account']);
    const [ofMain, ofReports] = textOf(file).split('reports: async');
    expect(ofMain).not.toContain('rewritten');
    expect(ofReports).toContain('rewritten');
  });
});
