import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExampleApp, Outcome } from './example-process.js';
import { runExample, workspaceRoot } from './example-process.js';
import { inLanes } from './in-lanes.js';
import type { MigrationsFolder } from './migrations-folder.js';
import { emptyMigrations } from './migrations-folder.js';

/** The app and the database that commands are refused on. */
export interface RefusalBench {
  readonly app: ExampleApp;
  /** What DATABASE_URL is. */
  readonly url: string;
  /** How many commands may have it open at once. @default as many as run at once */
  readonly lanes?: number;
  /** All that a command could have written into the database. */
  state(): Promise<readonly string[]>;
}

/** A command that must fail with a code and write nothing. */
export interface Refusal {
  /** What is wrong, as the name of the spec. */
  readonly what: string;
  /** The command below `migrate`, split at blanks. */
  readonly line: string;
  readonly code: string;
  /** Revision files besides the committed ones. */
  readonly files?: Readonly<Record<string, string | Buffer>>;
  /** @default the database of the group */
  readonly url?: () => string;
  /** What the message must name. */
  readonly says?: string | (() => string);
  /** What may be printed nowhere. */
  readonly conceals?: string;
}

/**
 * Specs for a group of commands on one database: each exits with 1 and one clear error on stderr, and leaves the files as they
 * were; together they leave the database as it was. They run a few at a time, before the first spec.
 */
export function describeRefusals(bench: () => RefusalBench, refusals: readonly Refusal[]): void {
  let before: readonly string[];
  let attempts: readonly Attempt[];

  beforeAll(async () => {
    before = await bench().state();
    attempts = await inLanes(refusals, (refusal) => attempt(refusal, bench()), bench().lanes);
  });

  afterAll(() => attempts?.forEach(({ folder }) => folder.remove()));

  it.each(refusals.map((refusal, index) => [refusal.what, refusal, index] as const))(
    '%s',
    (_what, refusal, index) => {
      const { outcome, filesBefore, filesAfter } = attempts[index] as Attempt;
      expectClearError(outcome, refusal);
      expect(filesAfter).toEqual(filesBefore);
    },
  );

  it('and nothing was written into the database', async () => {
    expect(await bench().state()).toEqual(before);
  });
}

/** Exit code 1, an empty stdout, and an error with its code that a person can do something with. */
export function expectClearError(outcome: Outcome, { code, says, conceals }: Refusal): void {
  const { stdout, stderr } = outcome;
  expect([outcome.code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(new RegExp(`^error ${code}: .`, 'm'));
  expect(stderr).toContain(typeof says === 'function' ? says() : (says ?? ''));
  // No stack, no dump of an object.
  expect(stderr).not.toMatch(/^ +at |\[object /m);
  if (conceals !== undefined) expect(stderr).not.toContain(conceals);
}

interface Attempt {
  readonly folder: MigrationsFolder;
  readonly filesBefore: Readonly<Record<string, string>>;
  readonly filesAfter: Readonly<Record<string, string>>;
  readonly outcome: Outcome;
}

async function attempt(
  { line, files = {}, url }: Refusal,
  { app, url: ownUrl }: RefusalBench,
): Promise<Attempt> {
  const folder = committedRevisions({ DATABASE_URL: url?.() ?? ownUrl }, { app, files });
  const filesBefore = contentOf(folder);
  const outcome = await runExample(['migrate', ...line.split(' ')], folder.env, { app });
  return { folder, filesBefore, filesAfter: contentOf(folder), outcome };
}

/** Of which app, with which files besides. */
export interface CommittedRevisions {
  readonly app?: ExampleApp;
  readonly files?: Readonly<Record<string, string | Buffer>>;
}

/** A copy of the revisions of the checkout, with more files beside them. */
export function committedRevisions(
  database: Readonly<Record<string, string>>,
  { app = 'example-api', files = {} }: CommittedRevisions = {},
): MigrationsFolder {
  const folder = emptyMigrations(database);
  const versions = join(folder.directory, 'versions');
  mkdirSync(versions, { recursive: true });
  cpSync(join(workspaceRoot, 'apps', app, 'migrations/versions'), versions, {
    recursive: true,
  });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(versions, name), text);
  return folder;
}

/** Every file of a folder with its text. */
function contentOf({ directory }: MigrationsFolder): Readonly<Record<string, string>> {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  return Object.fromEntries(files.map((file) => [file, readFileSync(file, 'latin1')]));
}
