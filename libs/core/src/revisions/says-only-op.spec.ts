import { saysOnlyOp } from './says-only-op.js';

/** Makes a function of its text, with names around it that it could reach. */
const made = (text: string): ((...args: never[]) => unknown) =>
  new Function('outer', 't', `return (${text});`)(() => undefined, { go: () => undefined });

const inBody = (body: string): boolean => saysOnlyOp(made(`async function upgrade(op) {${body}}`));

describe('a function that says only op', () => {
  it.each([
    ['a function', `async function upgrade(op) { await op.dropTable('a'); }`],
    ['one that takes the context', `async function upgrade(op, ctx) { await op.dropTable('a'); }`],
    ['one that is not async', `function upgrade(op) { op.dropTable('a'); }`],
    ['an arrow function', `async (op) => { await op.dropTable('a'); }`],
    ['one without a name', `async function (o) { await o.dropTable('a'); }`],
    ['an empty one', `async function upgrade(op) {}`],
  ])('%s', (_form, text) => {
    expect(saysOnlyOp(made(text))).toBe(true);
  });

  it('a method', () => {
    const { upgrade } = made(`{ async upgrade(op) { await op.dropTable('a'); } }`) as never as {
      upgrade(): void;
    };
    expect(saysOnlyOp(upgrade)).toBe(true);
  });

  it.each([
    `await op.createTable('a', (t) => [t.column('id', 'int', { default: t.sql('1') }), t.unique(['id'])]);`,
    `await op.createTable('a', t => [t.column('id', 'int')]); await op.createTable('b', (t) => [t.column('id', 'int')]);`,
    `await op.addColumn({ schema: 's', name: 'a' }, 'n', 'int', { default: -1, nullable: false, comment: null });`,
    `await op.addColumn('a', 'n', op.type.string(3), { default: op.now() });`,
    `await op.batchAlterTable('a', {}, (batch) => { batch.addColumn('n', 'int'); batch.dropColumn('m'); });`,
    `// a comment with outer()\nawait op.execute(\`SELECT 'a', "b"\`); /* outer() */ return op.dropTable("it's");`,
    `await op.bulkInsert('a', [{ id: 1, 'n b': 1.5e3 }, { id: 2, 'n b': true }]);`,
    `await op.execute('SELECT ' + "'(' || outer()");`,
    `op.createTable('a', (t) => [t.column('id', 'int')])\nop.batchAlterTable('b', {}, (batch) => { batch.dropColumn('c')\n batch.dropColumn('d') })\nop.dropTable('e')`,
    `await op.bulkInsert('a', [{ n: 0x1f, m: 1_000.5, k: 1e-3, j: 2E3, i: 10n, h: +1, g: 'a' + 'b' }]);`,
    `"use strict"; return op.dropTable('a', { ifExists: true, schema: undefined });`,
    'await op.execute(`SELECT $1, \\`a\\``);',
  ])('with the body %s', (body) => {
    expect(inBody(body)).toBe(true);
  });
});

describe('a function that may do anything else', () => {
  it.each([
    `outer();`,
    `await outer;`,
    `await op.dropTable(outer());`,
    `await op.dropTable(outer);`,
    `await op.bulkInsert('a', [{ outer }]);`,
    `await op.bulkInsert('a', [...outer]);`,
    `await op.bulkInsert('a', [{ ...op }]);`,
    `await op.bulkInsert('a', [{ at: new Date() }]);`,
    `await op.bulkInsert('a', [{ [outer]: 1 }]);`,
    `await op.bulkInsert('a', [{ get id() { return 1; } }]);`,
    'await op.execute(`SELECT ${outer()}`);',
    'await op.execute(String.raw`SELECT`);',
    `await op.execute('a'.replace(/a/, 'b'));`,
    `await ctx.query('SELECT 1');`,
    `t.go();`,
    `await op.createTable('a', (t) => [t.column('id', 'int')]); t.go();`,
    `await op.createTable('a', (t) => [t.column('id', 'int')], t.go());`,
    `await op.autocommitBlock(async () => { await op.dropTable('a'); });`,
    `const name = 'a'; await op.dropTable(name);`,
    `for (const name of ['a']) await op.dropTable(name);`,
    `if (true) await op.dropTable('a');`,
    `await op.dropTable(true ? outer : 'a');`,
    `op.dropTable = 'a';`,
    `op.f.constructor('outer()')();`,
    `op.f['constructor']('outer()')();`,
    `op['f']('a');`,
    `op.f('a')('b');`,
    `(() => { throw 'a'; })();`,
    `throw 'a';`,
    `op?.dropTable('a');`,
    `import('node:fs');`,
    `this.dropTable('a');`,
    `op.dropTable(op);`,
    `(op.f['constructor'].call(null, 'outer()')).call();`,
    `op['f'].call(null, 'a');`,
    `1..constructor.constructor('outer()').call();`,
    `1..constructor.constructor .call(null, 'outer()') .call();`,
    `1.5.constructor('outer()');`,
    `op.dropTable(1 > 2);`,
    `op.f.prototype.go();`,
    `op.f.__lookupGetter__('__proto__').call('a').go();`,
    `++op.type.count;`,
    `op.type.count--;`,
    'op.f`a`;',
    'op.execute`SELECT 1`;',
    `'a'('b');`,
    `undefined.go();`,
    `op.dropTable(\`a\`, (t) => t.x, t.go());`,
    `t => t.x()\n t.go();`,
    `(t) => { t.x(); }\n t.go();`,
    `t => t.x()\n { t.go() }`,
    `t => t.x()\n 'a'.at(t.go());`,
    `t => t.x()\n \`a\`.at(t.go());`,
    `t => t.x; t.go();`,
    `op.dropTable('a', (t) => t.x) + t.go();`,
    `const t2 = (t) => t.x;`,
    `op.batchAlterTable('a', {}, (batch) => { t => t.x()\n t.go(); });`,
    `op.createTable('a', ({ constructor: t }) => t.go());`,
    `op.createTable('a', ([t]) => t.go());`,
    `op.createTable('a', (t = outer()) => []);`,
    `op.createTable('a', (...t) => t.go());`,
    `op.bulkInsert('a', [{ outer() {} }]);`,
    `op.bulkInsert('a', [{ 'b'() { t.go(); } }]);`,
    `op.bulkInsert('a', [{ ['b']() { t.go(); } }]);`,
    `op.f.\\u0063onstructor('outer()');`,
    `o\u0075ter();`,
    `label: outer();`,
    `<!-- \n outer();`,
    `op.dropTable('a' /* ' */, outer());`,
    `op.dropTable('a\\'', outer());`,
    `op.dropTable("\\\\", outer());`,
    `op.dropTable('a'); // '\u2028 outer();`,
    `op.dropTable(-outer);`,
    `op.dropTable(a\u0301.go());`,
    `void op.dropTable('a');`,
    `outer = '>';`,
    `op.type.count = '>';`,
    `'.'\n outer();`,
    `'await' ['constructor'].call('a');`,
    `op.dropTable('a' + ':', outer);`,
    `op.dropTable(arguments[1]);`,
    `arguments.at(1).query('SELECT 1');`,
    `op.dropTable('a' in outer);`,
  ])('%s', (body) => {
    expect(inBody(body)).toBe(false);
  });

  it.each([
    ['a default that calls', `async function upgrade(op = outer()) { await op.dropTable('a'); }`],
    ['parameters taken apart', `async function upgrade({ dropTable }) { await dropTable('a'); }`],
    ['no parameters', `async function upgrade() { outer(); }`],
    ['three of them', `async function upgrade(op, ctx, t) { t.go(); }`],
    ['an arrow without braces', `async (op) => op.dropTable('a')`],
  ])('%s', (_form, text) => {
    expect(saysOnlyOp(made(text))).toBe(false);
  });

  it('one where await is a name', () => {
    const told = (body: string) => saysOnlyOp(made(`function upgrade(op) {${body}}`));
    expect(told(`await('a');`)).toBe(false);
    expect(told(`await.go();`)).toBe(false);
    expect(told(`await['go'].call();`)).toBe(false);
    expect(told(`op.dropTable('a');`)).toBe(true);
  });

  it('one behind a proxy: its text is not told', () => {
    const upgrade = made(`async function upgrade(op) { await op.dropTable('a'); }`);
    expect(saysOnlyOp(new Proxy(upgrade, {}))).toBe(false);
  });

  it('one that was bound: its text is not told', () => {
    const upgrade = made(`async function upgrade(op) { outer(); }`);
    expect(saysOnlyOp(upgrade.bind(undefined))).toBe(false);
  });

  it('a long one', () => {
    const drop = `await op.dropTable('a');\n`;
    expect(inBody(drop)).toBe(true);
    expect(inBody(drop.repeat(1_000))).toBe(false);
  });
});
