import { join } from 'node:path';
import * as ts from 'typescript';

/** What the compiler says about files of an app, in its strictest mode. */
function errorsIn(files: Readonly<Record<string, string>>): readonly string[] {
  const texts = new Map(
    Object.entries(files).map(([name, text]) => [join(__dirname, `app-${name}`), text]),
  );
  const options: ts.CompilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noPropertyAccessFromIndexSignature: true,
    verbatimModuleSyntax: false,
    noEmit: true,
    target: ts.ScriptTarget.ES2023,
    lib: ['lib.es2023.d.ts'],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    customConditions: ['@nest-alembic/source'],
    experimentalDecorators: true,
    emitDecoratorMetadata: true,
    skipLibCheck: true,
    types: ['node'],
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile } = host;
  host.fileExists = (file) => texts.has(file) || fileExists.call(host, file);
  host.readFile = (file) => texts.get(file) ?? readFile.call(host, file);
  const program = ts.createProgram([...texts.keys()], options, host);
  return [...texts.keys()].flatMap((file) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(file))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' ')),
  );
}

const definition = (name: string, from: string) => `
import { argument, defineOperation } from '${from}';
import type { OperationMethod } from '${from}';

export const ${name} = defineOperation({
  name: '${name}',
  parameters: [['role', argument.name], { admin: argument.flag }],
  describe: ({ role }) => role,
  compile: ({ role }, { identifier }) => identifier(role),
});

declare module '${from}' {
  interface CustomOperations {
    ${name}: OperationMethod<typeof ${name}>;
  }
}
`;
const revision = (from: string) => `
import type { Operations } from '${from}';

export async function upgrade(op: Operations): Promise<void> {
  await op.grantRole('reader', { admin: true });
  await op.revokeRole('reader');
  // @ts-expect-error a number is no name
  await op.grantRole(5);
  // @ts-expect-error there is no such option
  await op.revokeRole('reader', { cascade: true });
  // @ts-expect-error no such operation was declared
  await op.reticulateSplines();
  // @ts-expect-error a built-in operation keeps its types
  await op.dropTable(5);
}
`;

it('operations of an app are typed in its revisions, whichever package declares them and whichever they are imported from', () => {
  const errors = errorsIn({
    'grant.ts': definition('grantRole', '@nest-alembic/nestjs'),
    'revoke.ts': definition('revokeRole', '@nest-alembic/core'),
    'revision-a.ts': revision('@nest-alembic/nestjs'),
    'revision-b.ts': revision('@nest-alembic/core'),
  });
  expect(errors).toEqual([]);
}, 120_000);

it('without the declaration they are no operations', () => {
  const errors = errorsIn({ 'revision.ts': revision('@nest-alembic/nestjs') });
  expect(errors).toEqual([
    `Property 'grantRole' does not exist on type 'Operations'.`,
    `Property 'revokeRole' does not exist on type 'Operations'.`,
  ]);
}, 120_000);
