import { portableOperation } from '../autogenerate/portable-operations.js';
import { portableTypeOf } from '../dialects/common/portable-type-of.js';
import { syntaxOf } from '../dialects/mysql/mysql-syntax.js';
import { postgresSyntax } from '../dialects/postgres/postgres-syntax.js';
import { sqliteSyntax } from '../dialects/sqlite/sqlite-syntax.js';
import { createOperations } from '../operations/create-operations.js';
import { portableDirectives } from '../operations/directives/portable-directives.js';
import type { Operation } from '../operations/operation.js';
import type { Operations } from '../operations/operations-api.js';
import type { PortableHint } from '../schema/portable-type.js';
import { renderRevision } from './render-revision.js';
import type { RevisionDraft } from './render-revision.js';

const DIALECTS = [postgresSyntax, syntaxOf('mariadb'), syntaxOf('mysql'), sqliteSyntax] as const;
type TestedDialect = (typeof DIALECTS)[number];

const { type } = portableDirectives;
const TYPES = [
  ...[type.string(50), type.string(), type.text(), type.integer(), type.smallint(), type.bigint()],
  ...[type.boolean(), type.decimal(12, 2), type.decimal(8), type.float(), type.double()],
  ...[type.date(), type.time(), type.time({ precision: 3 }), type.timestamp()],
  ...[type.timestamp({ precision: 0 }), type.timestamp({ timezone: true, precision: 3 })],
  ...[type.json(), type.json({ binary: true }), type.uuid(), type.binary()],
];

function rendered(
  operations: readonly Operation[],
  dialect: TestedDialect,
  more: Partial<RevisionDraft> & { readonly hints?: readonly PortableHint[] } = {},
): string {
  const { hints = [], ...parts } = more;
  return renderRevision(
    {
      revision: 'a',
      message: 'a',
      downRevisions: [],
      branchLabels: [],
      dependsOn: [],
      createdAt: '2026-11-20T14:32:05Z',
      importSource: '@nest-alembic/core',
      upgrade: operations,
      downgrade: { operations: [], irreversible: [] },
      ...parts,
    },
    { ...dialect.quoting, portable: { dialect, hints } },
  );
}

/** What the body of `upgrade` makes when it is run. */
async function run(text: string, dialect: TestedDialect): Promise<readonly Operation[]> {
  const made: Operation[] = [];
  const submit = async (one: Operation): Promise<void> => void made.push(one);
  const { quoting, portable } = dialect;
  const body = /upgrade\(.*\{\n([^]*?)\n\}/.exec(text)?.[1] ?? '';
  const upgrade = new Function('op', `return (async () => {\n${body}\n})();`) as (
    op: Operations,
  ) => Promise<void>;
  await upgrade(createOperations({ literal: quoting.literal, portable, submit }));
  return made;
}

const table = { schema: null, name: 't' };
const added = (native: string, rest: object = {}): Operation => ({
  kind: 'addColumn',
  table,
  column: { name: 'c', type: native, nullable: true, ...rest },
});

describe.each(DIALECTS.map((dialect) => [dialect.name, dialect] as const))('%s', (_, dialect) => {
  it('what is written as portable makes the same operations (law 4)', async () => {
    const operations = TYPES.flatMap((portable): readonly Operation[] => {
      const native = dialect.portable.type(portable);
      return [
        added(native),
        { kind: 'alterColumn', table, name: 'c', from: { type: 'char(3)' }, to: { type: native } },
        added(native, { default: dialect.portable.now(native) }),
      ];
    });
    const text = rendered(operations, dialect);
    expect(text.match(/op\.type\./g)).toHaveLength(operations.length);
    expect(text.match(/op\.now\(\)/g)).toHaveLength(TYPES.length);
    expect(await run(text, dialect)).toEqual(operations);
  });

  it('a truth value is written as one', async () => {
    const native = dialect.portable.type(type.boolean());
    const operations = [true, false].map((value) =>
      added(native, { default: dialect.quoting.literal(value) }),
    );
    const text = rendered(operations, dialect);
    expect(text).toContain("op.addColumn('t', 'c', op.type.boolean(), { default: true });");
    expect(text).toContain("op.addColumn('t', 'c', op.type.boolean(), { default: false });");
    expect(await run(text, dialect)).toEqual(operations);
  });

  it('a type that no portable one is spelled as stays what it is', () => {
    expect(rendered([added('polygon')], dialect)).toContain("'c', 'polygon')");
  });
});

it('a hint of the model decides between portable types that are spelled alike, and no other', () => {
  const hint = { table, column: 'c', type: type.uuid() };
  expect(rendered([added('varchar')], sqliteSyntax, { hints: [hint] })).toContain('op.type.uuid()');
  expect(rendered([added('varchar')], sqliteSyntax)).toContain('op.type.string()');
  expect(rendered([added('varchar(9)')], sqliteSyntax, { hints: [hint] })).toContain(
    'op.type.string(9)',
  );
  const elsewhere = { ...hint, column: 'd' };
  expect(rendered([added('varchar')], sqliteSyntax, { hints: [elsewhere] })).toContain('.string()');
});

it('what the app says of a type goes before what is portable', () => {
  const renderItem: NonNullable<RevisionDraft['renderItem']> = (item) =>
    item.kind === 'type' ? 'moneyType' : undefined;
  const text = rendered([added('numeric(8,2)', { default: 'now()' })], postgresSyntax, {
    renderItem,
  });
  expect(text).toContain("op.addColumn('t', 'c', moneyType, { default: op.now() });");
});

describe('portableOperation', () => {
  const shared = (operation: Operation, dialect: TestedDialect): Operation =>
    portableOperation(operation, {
      ...dialect.quoting,
      now: (native) => dialect.portable.now(native),
      kindOf: (native) => portableTypeOf(native, dialect)?.portable,
    });
  const mariadb = syntaxOf('mariadb');

  it.each([
    ['tinyint', "'1'", 'true'],
    ['tinyint', '0', 'false'],
    ['int', "'5'", '5'],
    ['decimal(8,2)', "'0.00'", '0'],
    ['decimal(8,2)', '0.50', '0.5'],
    ['datetime(6)', 'current_timestamp(6)', 'CURRENT_TIMESTAMP(6)'],
    ['varchar(9)', "'5'", "'5'"],
    ['bigint', "'9007199254740993'", "'9007199254740993'"],
    ['int', 'f(1)', 'f(1)'],
  ])('a default of type %s that is %s becomes %s', (native, text, expected) => {
    expect(shared(added(native, { default: text }), mariadb)).toEqual(
      added(native, { default: expected }),
    );
  });

  it('the key of a new table loses its name, as not every database keeps one', () => {
    const primaryKey = { columns: ['id'], name: 'PK_1' };
    const lists = { columns: [], foreignKeys: [], uniques: [], checks: [], exclusions: [] };
    const made = { kind: 'createTable', table: { ...table, ...lists, indexes: [] } } as const;
    expect(shared({ ...made, table: { ...made.table, primaryKey } }, mariadb)).toEqual({
      ...made,
      table: { ...made.table, primaryKey: { columns: ['id'] } },
    });
    expect(shared(made, mariadb)).toEqual(made);
  });

  it('a change says what changes only, and a default that goes along with another kind of type', () => {
    const change = (from: object, to: object): Operation => ({
      kind: 'alterColumn',
      table,
      name: 'c',
      from,
      to,
    });
    const same = { default: "'1'", nullable: false, comment: null };
    expect(
      shared(change({ type: 'varchar(5)', ...same }, { type: 'varchar(9)', ...same }), mariadb),
    ).toEqual(change({ type: 'varchar(5)' }, { type: 'varchar(9)' }));
    expect(shared(change({ type: 'int', ...same }, { type: 'text', ...same }), mariadb)).toEqual(
      change({ type: 'int', default: '1' }, { type: 'text', default: "'1'" }),
    );
  });
});
