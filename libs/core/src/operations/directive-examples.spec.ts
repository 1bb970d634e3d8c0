import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as ts from 'typescript';
import { postgresSyntax } from '../dialects/postgres/postgres-syntax.js';
import { literal } from '../schema/literal.fixture.js';
import { createOperations } from './create-operations.js';
import { callsOf } from './operation-definitions.js';
import type { Operation } from './operation.js';

jest.setTimeout(60_000);

const FOLDER = resolve(__dirname);
const FILES = [
  join(FOLDER, 'operations-api.ts'),
  ...readdirSync(join(FOLDER, 'api')).map((file) => join(FOLDER, 'api', file)),
];

/** The examples in the documentation of each directive. */
function examplesByDirective(): ReadonlyMap<string, readonly string[]> {
  const examples = new Map<string, readonly string[]>();
  const visit = (node: ts.Node): void => {
    const isDirective =
      ts.isMethodSignature(node) &&
      ts.isInterfaceDeclaration(node.parent) &&
      /Operations$|Directives$/.test(node.parent.name.text);
    if (isDirective) {
      const isBatch = node.parent.name.text === 'BatchOperations';
      const name = isBatch ? `batch.${node.name.getText()}` : node.name.getText();
      const tags = ts.getJSDocTags(node).filter(({ tagName }) => tagName.text === 'example');
      const texts = tags
        .map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? '')
        .map((text) => (isBatch ? `op.batchAlterTable('t', (batch) => {\n${text}\n});` : text));
      examples.set(name, [...(examples.get(name) ?? []), ...texts]);
    }
    ts.forEachChild(node, visit);
  };
  for (const file of FILES) {
    const text = ts.sys.readFile(file) ?? '';
    visit(ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true));
  }
  return examples;
}

const EXAMPLES = examplesByDirective();

const callee = (name: string): string => (name.startsWith('batch.') ? name : `op.${name}`);

function recorded() {
  const operations: Operation[] = [];
  const op = createOperations({
    literal,
    portable: postgresSyntax.portable,
    submit: async (operation) => void operations.push(operation),
  });
  return { op, operations };
}

/** The problems that the compiler finds in a file of statements about `op`. */
function problemsIn(statements: readonly string[]): readonly string[] {
  const file = join(FOLDER, 'examples-of-directives.ts');
  const text = `import type { Operations } from './operations-api.js';
export async function all(op: Operations): Promise<void> {
${statements.join('\n')}
}
`;
  const config = ts.readConfigFile(
    resolve(FOLDER, '../../../../tsconfig.base.json'),
    ts.sys.readFile,
  );
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, FOLDER);
  const checked = { ...options, noEmit: true, composite: false, skipLibCheck: true, types: [] };
  const host = ts.createCompilerHost(checked);
  const { readFile, fileExists, getSourceFile } = host;
  host.readFile = (path) => (path === file ? text : readFile(path));
  host.fileExists = (path) => path === file || fileExists(path);
  host.getSourceFile = (path, version, ...rest) =>
    path === file
      ? ts.createSourceFile(path, text, version)
      : getSourceFile.call(host, path, version, ...rest);
  const program = ts.createProgram([file], checked, host);
  return ts
    .getPreEmitDiagnostics(program, program.getSourceFile(file))
    .map(
      ({ messageText, start = 0 }) =>
        `${ts.flattenDiagnosticMessageText(messageText, ' ')} at ${text.slice(start, start + 60)}`,
    );
}

it('every directive has an example', async () => {
  const { op } = recorded();
  const ofBatch: string[] = [];
  await op.batchAlterTable('t', (batch) => void ofBatch.push(...Object.keys(batch)));
  const { type, ...directives } = op;
  expect(Object.keys(type).length).toBeGreaterThan(0);
  const names = [...Object.keys(directives), ...ofBatch.map((name) => `batch.${name}`)];
  expect([...EXAMPLES.keys()].sort()).toEqual(names.sort());
  for (const [name, examples] of EXAMPLES) {
    expect([name, examples.some((example) => example.includes(`${callee(name)}(`))]).toEqual([
      name,
      true,
    ]);
  }
});

it('every example has the right types', () => {
  expect(problemsIn([...EXAMPLES.values()].flat())).toEqual([]);
});

it('every directive asks for its arguments, and takes no symbol for one', () => {
  const names = [...EXAMPLES.keys()];
  const wrong = names.flatMap((name) => [
    ...(name === 'now' ? [] : [`${callee(name)}();`]),
    `${callee(name)}(Symbol());`,
  ]);
  const lines = wrong.map((call) =>
    call.startsWith('op.')
      ? `// @ts-expect-error\n${call}`
      : `op.batchAlterTable('t', (batch) => {\n// @ts-expect-error\n${call}\n});`,
  );
  expect(problemsIn(lines)).toEqual([]);
});

it.each([...EXAMPLES].map(([name, examples]) => [name, examples.join('\n')] as const))(
  'the example of %s makes operations that can be compiled and written',
  async (name, example) => {
    const { op, operations } = recorded();
    const run = new Function('op', `return (async () => {\n${example}\n})();`) as (
      given: typeof op,
    ) => Promise<void>;
    await run(op);
    expect(operations.length).toBeGreaterThan(0);
    for (const operation of operations) {
      const compile = (): readonly string[] => postgresSyntax.compile(operation);
      // Where every constraint has a name, none is dropped without.
      if (name.endsWith('dropUnnamedConstraint')) expect(compile).toThrow(/given it a name/);
      else expect(compile().length).toBeGreaterThan(0);
      expect(callsOf(operation).length).toBeGreaterThan(0);
    }
  },
);
