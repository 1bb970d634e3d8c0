import { readFileSync, rmSync } from 'node:fs';
import type { Migrator, SchemaModel } from '@nest-alembic/core';
import { differences } from '../differences.js';
import type { Judgement } from '../workbench.js';
import type { ExampleBench } from './example-bench.js';
import type { ExampleChange } from './example-change.js';
import { partsOf, readRows, sharedParts, valuesOf, withFormerNames } from './example-rows.js';
import type { MigratedExample } from './migrated-example.js';

/** Which judges are asked: the database's own tool takes a process each time. */
export interface Judges {
  readonly withDump: boolean;
}

/** One change of the example on a database of its own, in which specs go there and back. */
export class ChangeStory {
  /** Its model is the changed one. */
  readonly migrator: Migrator;
  private readonly target: SchemaModel;
  private readonly files: string[] = [];
  private expected: Promise<Judgement> | undefined;

  private constructor(
    private readonly change: ExampleChange,
    private readonly example: MigratedExample,
    readonly bench: ExampleBench,
  ) {
    this.target = change.edit(example.model);
    this.migrator = this.migratorOf(this.target);
  }

  static async begin(change: ExampleChange, example: MigratedExample): Promise<ChangeStory> {
    return new ChangeStory(change, example, await example.borrow());
  }

  /** Removes what the story has made. @param outcome whether the database is what it was, every row included */
  async end({ isAsBefore }: { readonly isAsBefore: boolean }): Promise<void> {
    this.discardFiles();
    if (isAsBefore) this.example.giveBack(this.bench);
    else await this.bench.close();
  }

  /** Removes the revisions that were written. */
  discardFiles(): void {
    for (const file of this.files.splice(0)) rmSync(file);
  }

  /** Has the revision to the changed model written. @returns the text of its file */
  writeChange(revisionId: string): Promise<string> {
    return this.write(this.migrator, revisionId);
  }

  /** Has the revision to the model of before written. @returns the text of its file */
  writeReturn(revisionId: string): Promise<string> {
    return this.write(this.migratorOf(this.example.model), revisionId);
  }

  /** The database is as one that is made from the changed model at once, and has the rows of before. */
  async expectTarget(judges: Judges): Promise<void> {
    this.expected ??= this.example.judgementOf(this.target, { ...this.options, ...judges });
    await this.expectSchema(this.expected, judges);
    await this.expectRows(this.target, this.formerName);
  }

  /** The database is what it was before the change, rows included. */
  async expectOrigin(judges: Judges): Promise<void> {
    await this.expectSchema(this.example.judgement(this.options), judges);
    await this.expectRows(this.example.model, unchanged);
  }

  private migratorOf(model: SchemaModel): Migrator {
    return this.bench.migrator(this.example.folder, { targetSchema: () => model });
  }

  private async write(migrator: Migrator, revisionId: string): Promise<string> {
    const request = { autogenerate: true, allowDestructive: true, revisionId };
    const { file, questions } = await migrator.revision(request);
    expect(questions).toEqual([]);
    if (file === undefined) throw new Error('there was nothing to write');
    this.files.push(file);
    return readFileSync(file, 'utf8');
  }

  private get options() {
    return { columnOrder: this.change.movesColumns !== true };
  }

  private get formerName() {
    return this.change.formerName ?? unchanged;
  }

  private async expectSchema(
    expectation: Judgement | Promise<Judgement>,
    { withDump }: Judges,
  ): Promise<void> {
    const { keepsSequenceNames } = this.change;
    const [expected, fingerprint, dump] = await Promise.all([
      expectation,
      this.bench.fingerprint(this.options),
      withDump ? this.bench.dump(this.options) : undefined,
    ]);
    const lines = (found: readonly string[]) =>
      keepsSequenceNames ? withoutSequenceNames(found) : found;
    expect(differences(lines(expected.fingerprint), lines(fingerprint))).toEqual([]);
    if (withDump && !keepsSequenceNames) expect(dump).toEqual(expected.dump);
  }

  private async expectRows(
    model: SchemaModel,
    formerName: (name: string) => string,
  ): Promise<void> {
    const { rows, model: origin } = this.example;
    const kept = sharedParts(
      partsOf(origin, unchanged),
      partsOf(this.target, this.formerName),
      this.change.derived ?? [],
    );
    expect(kept.size).toBeGreaterThan(0);
    const found = withFormerNames(await readRows(this.bench.connection, model), formerName);
    expect(valuesOf(found, kept)).toEqual(valuesOf(rows, kept));
  }
}

const unchanged = (name: string): string => name;

/** Lines of a fingerprint without the names that the server gave to the sequences of counters. */
function withoutSequenceNames(lines: readonly string[]): readonly string[] {
  return lines.map((line) =>
    line.replace(/^sequence .* (?=as )/, 'sequence ').replace(/nextval\(.*\)/, 'nextval(…)'),
  );
}
