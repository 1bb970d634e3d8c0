import { createMigrator } from '@nest-alembic/core';
import type { Comparator, ComparatorContext, CompareColumn } from '@nest-alembic/core';
import { column, keyed, named, required, schemaOf, tablesOf } from '../model-builders.js';
import { CompareBench } from './compare-bench.js';
import type { CompareOptions } from './compare-bench.js';

let bench: CompareBench;
beforeAll(async () => {
  bench = await CompareBench.open();
});
afterAll(() => bench.close());

const account = keyed('account', [column('nick', 'varchar(20)', { default: `'x'` })]);
const before = tablesOf(account);
const after = tablesOf(keyed('account', [column('nick', 'text', { default: `'y'` })]));
const changesOf = async (options: CompareOptions, target = after) =>
  (await bench.check(target, options)).changes;

describe('compareType and compareServerDefault', () => {
  beforeAll(() => bench.make(before));
  const told = (...answers: readonly (boolean | undefined)[]) => {
    const seen: Parameters<CompareColumn>[0][] = [];
    const hook: CompareColumn = (comparison) => {
      seen.push(comparison);
      return comparison.target.name === 'nick' ? answers[0] : undefined;
    };
    return { seen, hook };
  };

  it('AG-02: both are compared unless they are switched off', async () => {
    expect(await changesOf({})).toEqual(['alter column account.nick: type, default']);
    expect(await changesOf({ compareType: false })).toEqual(['alter column account.nick: default']);
    expect(await changesOf({ compareServerDefault: false })).toEqual([
      'alter column account.nick: type',
    ]);
    expect(await changesOf({ compareType: false, compareServerDefault: false })).toEqual([]);
  });

  it('AG-07: what is not compared stays as the database has it when the rest changes', async () => {
    const { diff } = await bench.check(after, { compareServerDefault: false });
    const text = `'x'::character varying`;
    expect(diff.operations).toMatchObject([
      {
        from: { type: 'character varying(20)', default: text },
        to: { type: 'text', default: text },
      },
    ]);
  });

  it('ENV-33, AG-46: a hook for types says differs, same, or leaves it', async () => {
    const same = told(false);
    expect(await changesOf({ compareType: same.hook, compareServerDefault: false })).toEqual([]);
    expect(same.seen).toContainEqual({
      table: { schema: null, name: 'account' },
      current: expect.objectContaining({ name: 'nick', type: 'character varying(20)' }),
      target: expect.objectContaining({ name: 'nick', type: 'text' }),
    });
    expect(await changesOf({ compareType: told(true).hook }, before)).toEqual([
      'alter column account.nick: type',
    ]);
    expect(await changesOf({ compareType: told(undefined).hook }, before)).toEqual([]);
    expect(await changesOf({ compareType: told(undefined).hook })).toEqual(await changesOf({}));
  });

  it('ENV-34, AG-56, SCN-44: a hook for defaults says differs, same, or leaves it', async () => {
    const compareType = false;
    const found = (answer: boolean | undefined, target = after) =>
      changesOf({ compareType, compareServerDefault: told(answer).hook }, target);
    expect(await found(false)).toEqual([]);
    expect(await found(true, before)).toEqual(['alter column account.nick: default']);
    expect(await found(undefined)).toEqual(['alter column account.nick: default']);
    expect(await found(undefined, before)).toEqual([]);
  });

  it('AG-06: without defaults, identities and generated columns are compared all the same', async () => {
    const counted = (identity: 'always' | 'by default') =>
      tablesOf(
        keyed('counted', [required('n', 'integer', { identity: { generation: identity } })]),
      );
    await bench.make(counted('always'));
    const found = await changesOf({ compareServerDefault: false }, counted('by default'));
    expect(found).toEqual(['alter column counted.n: identity']);
    await bench.make(before);
  });
});

describe('comparators of the app', () => {
  /** Who may read which table, by a comment of the model's own: the simplest kind that autogenerate does not know. */
  const grants: Comparator = {
    name: 'acme.grants',
    compare: async ({ connection, target }) => {
      const { rows } = await connection.query<{ table: string }>(
        `SELECT table_name AS table FROM information_schema.role_table_grants
          WHERE grantee = 'PUBLIC' AND privilege_type = 'SELECT' AND table_schema = current_schema()`,
      );
      const readable = new Set(rows.map(({ table }) => table));
      const missing = target.tables.filter(({ name }) => !readable.has(name));
      return {
        after: missing.map(({ name }) => ({
          kind: 'execute',
          sql: `GRANT SELECT ON "${name}" TO PUBLIC`,
          undo: `REVOKE SELECT ON "${name}" FROM PUBLIC`,
        })),
      };
    },
  };

  it('find what autogenerate does not know; it is run, and found no more', async () => {
    await bench.make(before);
    const options = { comparators: [grants] };
    const { changes, diff } = await bench.check(before, options);
    expect(changes).toEqual(['execute GRANT SELECT ON "account" TO PUBLIC']);
    await bench.run(diff.operations);
    expect(await bench.check(before, options)).toMatchObject({ upToDate: true });
    expect(await changesOf({ ...options, autogeneratePlugins: ['acme.*'] }, after)).toEqual([]);
  });

  it('ask in the order of their priority, see what was found before, and put theirs before or after it', async () => {
    await bench.make(before);
    const seen: [string, readonly string[]][] = [];
    const saying = (name: string, more: Partial<Comparator> = {}): Comparator => ({
      name,
      compare: ({ operations }: ComparatorContext) => {
        seen.push([name, operations.map(({ kind }) => kind)]);
        return {
          before: [{ kind: 'execute', sql: `SELECT '${name} before'` }],
          after: [{ kind: 'execute', sql: `SELECT '${name} after'` }],
          questions: [{ id: name, kind: 'destructive', text: 'Really?', choices: [] }],
        };
      },
      ...more,
    });
    const { changes, diff } = await bench.check(after, {
      comparators: [
        saying('b', { priority: 'last' }),
        saying('mysql', { dialects: ['mysql'] }),
        saying('a', { dialects: ['postgres'] }),
      ],
    });
    expect(seen).toEqual([
      ['a', ['alterColumn']],
      ['b', ['execute', 'alterColumn', 'execute']],
    ]);
    expect(changes).toEqual([
      `execute SELECT 'b before'`,
      `execute SELECT 'a before'`,
      'alter column account.nick: type, default',
      `execute SELECT 'a after'`,
      `execute SELECT 'b after'`,
    ]);
    expect(diff.questions.map(({ id }) => id)).toEqual(['a', 'b']);
  });

  it('cannot write', async () => {
    const writes: Comparator = {
      name: 'acme.writes',
      compare: async ({ connection }) => {
        await connection.query('CREATE TABLE mine (id int)');
        return undefined;
      },
    };
    await expect(bench.check(before, { comparators: [writes] })).rejects.toThrow(/read-only/);
    expect(await bench.check(before)).toMatchObject({ upToDate: true });
  });

  it.each<[string, unknown]>([
    ['an unknown member', { operations: [] }],
    ['an unknown kind', { after: [{ kind: 'grant' }] }],
    ['a question without text', { questions: [{ id: 'x', kind: 'destructive' }] }],
    ['no object', 'nothing'],
  ])('E9002: %s is no finding', async (_, findings) => {
    const compare = (() => findings) as Comparator['compare'];
    const options = { comparators: [{ name: 'acme.odd', compare }] };
    await expect(bench.check(before, options)).rejects.toMatchObject({
      code: 'E9002',
      facts: { name: 'acme.odd' },
    });
  });

  it.each<[string, readonly unknown[], string]>([
    ['a name twice', [grants, grants], 'E9002'],
    ['a name of ours', [{ ...grants, name: 'nest-alembic.types' }], 'E9002'],
    ['a name with a star', [{ ...grants, name: 'acme.*' }], 'E9002'],
    ['no comparison', [{ name: 'acme.x' }], 'E9002'],
    ['an unknown priority', [{ ...grants, priority: 1 }], 'E9002'],
    ['an unknown member', [{ ...grants, target: 'table' }], 'E9003'],
    ['no object', [grants.compare], 'E9002'],
  ])('PLG-01: %s is refused', (_, comparators, code) => {
    expect(() => migratorWith({ comparators: comparators as Comparator[] })).toThrow(
      expect.objectContaining({ code }),
    );
  });
});

const migratorWith = (options: CompareOptions) =>
  createMigrator({ dialect: {} as never, connect: () => Promise.reject(new Error()), ...options });

describe('autogeneratePlugins (ENV-39)', () => {
  const noted = (comment: string, more: object = {}) =>
    keyed('account', [column('nick', 'text')], { comment, ...more });

  it.each<[string, readonly string[], readonly string[]]>([
    ['excludes one', ['~nest-alembic.comments'], ['create index ix on account']],
    ['selects some', ['nest-alembic.comments'], ['set comment of table account']],
    [
      'excludes wherever it stands',
      ['~*.indexes', 'nest-alembic.*'],
      ['set comment of table account'],
    ],
    ['matches across dots', ['*'], ['set comment of table account', 'create index ix on account']],
    [
      'selects a few',
      ['*.comments', 'nest-alembic.indexes'],
      ['set comment of table account', 'create index ix on account'],
    ],
  ])('PLG-05: a pattern %s', async (_, autogeneratePlugins, finds) => {
    await bench.make(tablesOf(noted('a')));
    const index = { name: 'ix', elements: [{ column: 'nick' }], unique: false };
    const target = tablesOf(noted('b', { indexes: [index] }));
    expect(await changesOf({ autogeneratePlugins }, target)).toEqual(finds);
  });

  it.each<[string, readonly string[]]>([
    ['is none', ['nest-alembic..types']],
    ['is none, with a blank', ['nest alembic']],
    ['selects nothing', ['acme.*']],
    ['selects only what is excluded', ['nest-alembic.types', '~nest-alembic.types']],
  ])('PLG-05: E9002 for a pattern that %s', (_, autogeneratePlugins) => {
    expect(() => migratorWith({ autogeneratePlugins })).toThrow(
      expect.objectContaining({
        code: 'E9002',
        facts: expect.objectContaining({ option: 'autogeneratePlugins' }),
      }),
    );
  });

  it('AG-93: without check constraints none is found', async () => {
    const checked = (...checks: readonly string[]) =>
      tablesOf(
        keyed('a', [column('n', 'integer')], {
          checks: checks.map((expression, at) => ({ name: `ck_${at}`, expression })),
        }),
      );
    await bench.make(checked('n > 0'));
    const autogeneratePlugins = ['~nest-alembic.check-constraints'];
    expect(await changesOf({}, checked('n > 1', 'n < 9'))).toHaveLength(3);
    expect(await changesOf({ autogeneratePlugins }, checked('n > 1', 'n < 9'))).toEqual([]);
    expect(await changesOf({ autogeneratePlugins }, checked())).toEqual([]);
  });

  it('PLG-04: each of the built-in ones can be left out, and all else is found', async () => {
    await bench.make(everything('a'));
    const all = await changesOf({}, everything('b'));
    for (const [plugin, words] of Object.entries(FOUND_BY)) {
      const left = await changesOf(
        { autogeneratePlugins: [`~nest-alembic.${plugin}`] },
        everything('b'),
      );
      const gone = all.filter((change) => !left.includes(change));
      expect([plugin, gone.length > 0]).toEqual([plugin, true]);
      for (const change of gone)
        expect([plugin, change]).toEqual([plugin, expect.stringMatching(words)]);
    }
  });
});

/** What goes from the changes of `everything` when a comparator is left out. */
const FOUND_BY: Readonly<Record<string, RegExp>> = {
  schemas: /schema/,
  tables: /table [ab]_only|column/,
  types: /alter column t.type/,
  nullability: /alter column t.null/,
  defaults: /alter column t.default/,
  'primary-keys': /primary key/,
  'unique-constraints': /unique constraint/,
  'check-constraints': /check constraint/,
  'exclusion-constraints': /exclusion constraint/,
  'foreign-keys': /foreign key/,
  indexes: /index/,
  comments: /comment/,
  enums: /enum/,
  sequences: /sequence/,
  views: /view/,
};

/** A model of which every part differs from that of another letter. */
function everything(letter: 'a' | 'b') {
  const is = letter === 'b';
  return schemaOf({
    schemas: [`schema_${letter}`],
    enums: [{ ...named(`enum_${letter}`), labels: ['x'] }],
    sequences: [named(`sequence_${letter}`)],
    views: [
      {
        ...named(`view_${letter}`),
        definition: 'SELECT id FROM t',
        materialized: false,
        dependsOn: [],
        indexes: [],
      },
    ],
    tables: [
      keyed(`${letter}_only`),
      keyed(
        't',
        [
          column('type', is ? 'text' : 'varchar(9)'),
          column('null', 'text', { nullable: is }),
          column('default', 'text', { default: `'${letter}'` }),
          required('other', 'integer'),
          column(`column_${letter}`, 'integer'),
          column('during', 'tstzrange'),
        ],
        {
          primaryKey: { name: 't_pkey', columns: is ? ['other'] : ['id'] },
          uniques: [
            { name: 'uq', columns: is ? ['id', 'other'] : ['other', 'id', 'type'] },
            { name: 'uq_id', columns: ['id'] },
          ],
          checks: [{ name: 'ck', expression: is ? 'other > 1' : 'other > 0' }],
          exclusions: [{ name: 'ex', definition: `USING gist (during WITH ${is ? '&&' : '='})` }],
          indexes: [
            {
              name: 'ix',
              elements: [{ column: 'other' }],
              unique: false,
              ...(is && { where: 'id > 0' }),
            },
          ],
          foreignKeys: [
            {
              name: 'fk',
              columns: ['other'],
              referencedTable: named('t'),
              referencedColumns: ['id'],
              ...(is && { onDelete: 'cascade' as const }),
            },
          ],
          comment: letter,
        },
      ),
    ],
  });
}
