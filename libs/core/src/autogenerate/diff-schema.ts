import { effectsOf } from '../operations/operation-definitions.js';
import type { Operation } from '../operations/operation.js';
import { writtenPolicies, writtenTriggers } from '../operations/written-table.js';
import { compareNames, compareText, nameKey } from '../schema/object-name.js';
import type { SchemaModel, Table, View } from '../schema/schema-model.js';
import type { ComparisonRules } from './comparators/comparison-rules.js';
import { ALL_RULES } from './comparators/comparison-rules.js';
import { leavingOut } from './comparators/leaving-out.js';
import { type AskedQuestion, type Decisions, NO_DECISIONS } from './decisions.js';
import {
  type DiffContext,
  type DiffDialect,
  type DiffPart,
  dropWhenManaged,
  joinParts,
  NO_DIFFERENCE,
  operationsPart,
} from './diff-part.js';
import { diffObjects } from './diff-objects.js';
import { diffTables } from './diff-tables.js';
import { diffTypes } from './diff-types.js';
import { diffViews } from './diff-views.js';
import { withFreedNames } from './freed-names.js';
import { findRenames } from './find-renames.js';
import { withKeptDefaults } from './kept-defaults.js';
import { joinAlterations } from './join-alterations.js';
import { leavingAlone } from './leaving-alone.js';
import { markDropped } from './mark-dropped.js';
import { movedPartitions } from './moved-partitions.js';
import { orderOperations } from './order-operations.js';
import type { OwnershipMemory } from './ownership.js';
import { NO_RENAMES } from './rename-search.js';
import type { SchemaDiff } from './schema-diff.js';
import { withoutStandingApart } from './standing-apart.js';
import { withDependants } from './with-dependants.js';
import { withFreedKeys } from './with-freed-keys.js';
import { withGenerated } from './with-generated.js';
import { withOwnedParts } from './with-owned-parts.js';
import { withRoutines } from './with-routines.js';
import { withViews } from './with-views.js';

/** What a diff is made of. */
export interface DiffInput {
  /** The schema of the database, as reflected. */
  readonly current: SchemaModel;
  /** The schema of the model, its expressions spelled as the server does (design D6). */
  readonly target: SchemaModel;
  readonly memory: OwnershipMemory;
  readonly dialect: DiffDialect;
  /** Drop tables and columns that are gone from the model, instead of asking. @default false */
  readonly allowDestructive?: boolean;
  /** What else a person has decided. @default nothing, and nothing is suspected of being a rename */
  readonly decisions?: Partial<Omit<Decisions, 'allowDestructive'>>;
  /** What the options say of how to compare. @default everything is compared */
  readonly rules?: ComparisonRules;
  /** Columns of the database that filters left out of `current`, by their tables. @default [] */
  readonly hidden?: readonly Table[];
  /** False where the options register no object: then each drop of one that was registered is asked about. @default true */
  readonly registersObjects?: boolean;
  /** The server could not be asked for its spelling. @default false */
  readonly unverified?: boolean;
  /**
   * Views and routines that can be replaced in place, this way and back, by `replaceableKey`. Others are dropped and made anew.
   * @default no view, every routine
   */
  readonly replaceable?: ReadonlySet<string>;
  /**
   * The views of the model with the texts that it writes. The server spells them by the types that columns have now, and leaves out
   * a cast that only the new types need; so what is made behind a change is made by these.
   * @default the target's
   */
  readonly writtenViews?: readonly View[];
}

/**
 * Compares two schema models and gives the operations that turn the current one into the target, in an order in which
 * they run. Objects that the model does not know, and that were not made from it, are left alone (design D8). Pure.
 * @throws MigrationError E7040 for an answer, E7041 for a stated rename that does not fit
 */
export function diffSchema(given: DiffInput): SchemaDiff {
  const apart = withoutStandingApart(given.current, given.target, given.memory);
  const diff = compareModels({
    ...given,
    current: byName(given.current),
    target: byName(apart.target),
  });
  return { ...diff, untouched: [...apart.untouched, ...diff.untouched] };
}

function compareModels(input: DiffInput): SchemaDiff {
  const { rules = ALL_RULES, hidden = [] } = input;
  const decisions = decisionsOf(input);
  const renames = rules.builtIn.has('tables')
    ? findRenames({ ...input, decisions })
    : { ...NO_RENAMES, current: input.current };
  const context: DiffContext = {
    dialect: input.dialect,
    memory: leavingAlone(
      input.memory.after(renames.operations.flatMap(effectsOf)),
      input.target.unmanaged ?? [],
    ),
    decisions,
    undecided: new Set(renames.undecided),
    rules,
    hidden,
    registersObjects: input.registersObjects ?? true,
    ...(input.replaceable && { replaceable: input.replaceable }),
    writtenViews: new Map(input.writtenViews?.map((view) => [nameKey(view), view.definition])),
  };
  const { current, operations: moves } = rules.builtIn.has('partitions')
    ? movedPartitions(renames.current, input.target)
    : { current: renames.current, operations: [] };
  const target = withKeptDefaults(current, leavingOut(current, input.target, rules.builtIn));
  const parts = joinParts([
    {
      ...NO_DIFFERENCE,
      operations: [...renames.operations, ...moves],
      questions: renames.questions,
    },
    diffTypes(current, target, context),
    diffTables(current, target, context),
    diffViews(current, target, context),
    diffObjects(current, target, context),
  ]);
  const sides = { current, target };
  const standing = withDependants(sides, withGenerated(sides, parts, context), context);
  const columns = withOwnedParts(sides, withFreedKeys(current, standing, context), context);
  const objects = withRoutines(sides, withViews(sides, columns, context), context);
  const found = joinParts([objects, diffSchemas({ current, target, objects }, context)]);
  const operations = withFreedNames({ current, target }, found.operations, input.dialect)
    .flatMap(withoutOwned)
    .map((operation) => markDropped(operation, context.memory));
  return {
    operations: joinAlterations(current, orderOperations(operations), input.dialect),
    ...inOrder(found.questions),
    untouched: found.untouched,
    unverified: input.unverified ?? false,
  };
}

const decisionsOf = ({ decisions, allowDestructive = false }: DiffInput): Decisions => ({
  ...NO_DECISIONS,
  ...decisions,
  allowDestructive,
});

function inOrder(asked: readonly AskedQuestion[]): Pick<SchemaDiff, 'questions' | 'settled'> {
  const settled = asked.flatMap(({ id, answer }) => (answer === undefined ? [] : [id]));
  return {
    questions: asked
      .filter(({ answer }) => answer === undefined)
      .sort((left, right) => compareText(left.id, right.id)),
    ...(settled.length > 0 && { settled: settled.sort(compareText) }),
  };
}

/** In whatever order the entities are registered, the same operations come out (PORT-06). */
const byName = (model: SchemaModel): SchemaModel => ({
  ...model,
  tables: model.tables.toSorted(compareNames),
});

/** Policies and triggers of a new table or view may call functions that come after it. */
function withoutOwned(operation: Operation): readonly Operation[] {
  switch (operation.kind) {
    case 'createTable': {
      const { rowSecurity: _security, policies: _policies, triggers, ...table } = operation.table;
      return [
        { ...operation, table },
        ...writtenPolicies(operation.table),
        ...writtenTriggers(table, triggers),
      ];
    }
    case 'createView': {
      const { triggers, ...view } = operation.view;
      return [{ ...operation, view }, ...writtenTriggers(view, triggers)];
    }
    default:
      return [operation];
  }
}

interface SchemaSides {
  readonly current: SchemaModel;
  readonly target: SchemaModel;
  /** What was found for the objects inside of the schemas. */
  readonly objects: DiffPart;
}

/** A schema is dropped only when nothing stays in it. */
function diffSchemas({ current, target, objects }: SchemaSides, context: DiffContext): DiffPart {
  const inUse = new Set(objects.untouched.map(({ schema }) => schema));
  const created = target.schemas.filter((name) => !current.schemas.includes(name));
  const gone = current.schemas.filter((name) => !target.schemas.includes(name) && !inUse.has(name));
  return joinParts([
    ...created.map((name) =>
      operationsPart({ kind: 'createSchema', name, ...ownerOf(name, target) }),
    ),
    ...gone.map((name) =>
      dropWhenManaged(
        context,
        { kind: 'schema', schema: null, name },
        { kind: 'dropSchema', name },
      ),
    ),
  ]);
}

/** A schema is made for the first entity in it: that makes it managed. */
function ownerOf(schema: string, target: SchemaModel): { readonly entity?: string } {
  const listed = [...(target.routines ?? []), ...(target.domains ?? [])];
  const objects = [
    ...target.tables,
    ...target.views,
    ...target.enums,
    ...target.sequences,
    ...listed,
  ];
  const entity = objects.find((object) => object.schema === schema)?.entity;
  return entity === undefined ? {} : { entity };
}
