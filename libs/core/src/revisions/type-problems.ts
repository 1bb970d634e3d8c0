import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { MigrationError } from '../errors/migration-error.js';
import { isSource } from './revision-files.js';

/** What is used of the app's `typescript`, which core does not depend on. */
interface TypeScript {
  createProgram(files: readonly string[], options: object): Program;
  findConfigFile(folder: string, exists: (file: string) => boolean): string | undefined;
  readConfigFile(file: string, read: (file: string) => string | undefined): { config?: unknown };
  parseJsonConfigFileContent(
    config: unknown,
    host: object,
    folder: string,
  ): {
    readonly options: Readonly<Record<string, unknown>>;
    readonly fileNames: readonly string[];
  };
  getLineAndCharacterOfPosition(
    file: object,
    position: number,
  ): { readonly line: number; readonly character: number };
  flattenDiagnosticMessageText(text: unknown, separator: string): string;
  readonly sys: {
    fileExists(file: string): boolean;
    readFile(file: string): string | undefined;
  };
}

interface Program {
  getSourceFile(file: string): object | undefined;
  getSemanticDiagnostics(file: object): readonly Diagnostic[];
}

interface Diagnostic {
  readonly file?: object;
  readonly start?: number;
  readonly code: number;
  readonly messageText: unknown;
}

/**
 * Type errors in revision files, found by the `typescript` of the app with the options of its tsconfig.json. They do not matter
 * when a revision runs: only its types are removed then. One E2013 each, not thrown; one that says so where the app has no
 * `typescript`, as in production.
 *
 * @param options `withApp`: with the files of tsconfig.json, which may declare what revisions use (`CustomOperations`)
 */
export function typeProblems(
  files: readonly string[],
  root: string,
  { withApp = false }: { readonly withApp?: boolean } = {},
): readonly MigrationError[] {
  const sources = files.filter(isSource);
  if (sources.length === 0) return [];
  const typescript = typescriptOf(root);
  if (typescript === undefined) return [notChecked(root)];
  const { options, fileNames } = configOf(typescript, root, withApp);
  const program = typescript.createProgram([...sources, ...fileNames], options);
  return sources.flatMap((file) => {
    const source = program.getSourceFile(file);
    const found = source === undefined ? [] : program.getSemanticDiagnostics(source);
    return found.map((diagnostic) => typeProblem(typescript, file, diagnostic));
  });
}

/** Versions without a programming interface in JavaScript count as none. */
function typescriptOf(root: string): TypeScript | undefined {
  try {
    const found = createRequire(join(root, 'package.json'))('typescript') as TypeScript;
    return typeof found.createProgram === 'function' ? found : undefined;
  } catch {
    return undefined;
  }
}

function configOf(
  typescript: TypeScript,
  root: string,
  withApp: boolean,
): { readonly options: object; readonly fileNames: readonly string[] } {
  const { findConfigFile, readConfigFile, parseJsonConfigFileContent, sys } = typescript;
  const config = findConfigFile(root, (file) => sys.fileExists(file));
  const given = config && readConfigFile(config, (file) => sys.readFile(file)).config;
  // Which files belong to the app is no matter where none declares what revisions use.
  const host = withApp ? sys : { ...sys, readDirectory: () => [] };
  const folder = config === undefined ? root : dirname(config);
  const { options, fileNames } = parseJsonConfigFileContent(given ?? {}, host, folder);
  const { rootDir: _root, composite: _composite, incremental: _incremental, ...others } = options;
  const checked = { ...others, noEmit: true, declaration: false, skipLibCheck: true };
  return { options: checked, fileNames: withApp ? fileNames : [] };
}

function typeProblem(typescript: TypeScript, file: string, diagnostic: Diagnostic): MigrationError {
  const { line, character } = typescript.getLineAndCharacterOfPosition(
    diagnostic.file as object,
    diagnostic.start ?? 0,
  );
  const text = typescript.flattenDiagnosticMessageText(diagnostic.messageText, ' ');
  const place = { line: line + 1, column: character + 1 };
  return new MigrationError('E2013', {
    problem: `revision file "${file}:${place.line}:${place.column}" has a type error: ${text.replace(/\.$/, '')} (TS${diagnostic.code})`,
    advice:
      'It runs all the same, since only its types are removed; but it may not do what it says.',
    facts: { file, ...place, diagnostic: diagnostic.code },
  });
}

const notChecked = (root: string): MigrationError =>
  new MigrationError('E2013', {
    problem: `the types of revision files were not checked: "typescript" is not installed in "${root}"`,
    facts: { root },
  });
