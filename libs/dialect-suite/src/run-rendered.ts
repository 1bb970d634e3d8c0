import { createOperations, renderRevision, reverseAll } from '@nest-alembic/core';
import type { DefinedOperation, Dialect, Operation, Operations } from '@nest-alembic/core';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';

/** The operations that both directions of a rendered revision make. */
export interface RenderedRun {
  readonly text: string;
  readonly upgrade: readonly Operation[];
  /** Undefined where the file says that there is no way back. */
  readonly downgrade: readonly Operation[] | undefined;
}

/** Renders operations as a revision file, and runs that file. */
export async function runRendered(
  operations: readonly Operation[],
  dialect: Dialect,
  asBatch = false,
): Promise<RenderedRun> {
  const reversal = reverseAll(operations);
  const text = textOf(operations, dialect, asBatch);
  const isWhole = reversal.irreversible.length === 0;
  const own = ownDefinitionsIn([...operations, ...reversal.operations]);
  return { text, ...(await runRevisionText(text, dialect, { isWhole, own })) };
}

/** The definitions of the operations that an app would register. */
export function ownDefinitionsIn(operations: readonly Operation[]): readonly DefinedOperation[] {
  const own = operations.flatMap((operation) =>
    operation.kind === 'own' ? [operation.definition as DefinedOperation] : [],
  );
  return [...new Set(own)];
}

/** The functions of the revision file that operations are rendered as, for the engine to run. */
export function renderedFunctions(
  operations: readonly Operation[],
  dialect: Dialect,
): RevisionFunctions {
  const own = ownDefinitionsIn([...operations, ...reverseAll(operations).operations]);
  return { ...evaluate(textOf(operations, dialect)), own };
}

function textOf(operations: readonly Operation[], dialect: Dialect, asBatch = false): string {
  return renderRevision(
    {
      revision: '1975ea83b712',
      message: 'a case of the suite',
      downRevisions: [],
      branchLabels: [],
      dependsOn: [],
      createdAt: '2026-01-01T00:00:00Z',
      importSource: '@nest-alembic/core',
      upgrade: operations,
      downgrade: reverseAll(operations),
    },
    { parseLiteral: (sql) => dialect.quoting.parseLiteral(sql), asBatch },
  );
}

/** How the text of a revision file is run. */
export interface RunOptions {
  /** False: it has no way back, which is then not run. @default true */
  readonly isWhole?: boolean;
  /** Operations of an app's own that it calls. @default none */
  readonly own?: readonly DefinedOperation[];
}

/** Runs the text of a revision file. */
export async function runRevisionText(
  text: string,
  dialect: Dialect,
  { isWhole = true, own = [] }: RunOptions = {},
): Promise<Omit<RenderedRun, 'text'>> {
  const { upgrade, downgrade } = evaluate(text);
  return {
    upgrade: await collect(upgrade, dialect, own),
    downgrade: isWhole ? await collect(downgrade, dialect, own) : undefined,
  };
}

/** What a revision file exports to be run. */
export interface RevisionFunctions {
  /** Operations of an app's own that they call. @default none */
  readonly own?: readonly DefinedOperation[];
  upgrade(op: Operations): Promise<void>;
  downgrade(op: Operations): Promise<void>;
}

function evaluate(text: string): RevisionFunctions {
  const compilerOptions = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 };
  const { outputText } = transpileModule(text, { compilerOptions });
  const module = { exports: {} };
  new Function('exports', 'module', outputText)(module.exports, module);
  return module.exports as RevisionFunctions;
}

async function collect(
  run: (op: Operations) => Promise<void>,
  dialect: Dialect,
  own: readonly DefinedOperation[],
): Promise<readonly Operation[]> {
  const collected: Operation[] = [];
  const op = createOperations({
    operations: own,
    literal: (value) => dialect.quoting.literal(value),
    portable: dialect.portable,
    submit: async (operation) => {
      collected.push(operation);
    },
  });
  await run(op);
  return collected;
}
