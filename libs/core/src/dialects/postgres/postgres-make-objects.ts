import { MigrationError } from '../../errors/migration-error.js';
import { displayName, nameKey } from '../../schema/object-name.js';
import type { SchemaModel, View } from '../../schema/schema-model.js';
import type { Connection } from '../common/connection.js';
import { schemasOfStatements } from '../common/object-texts.js';
import type { MadeObjects, ObjectRequest, ObjectStatement } from '../common/object-texts.js';
import { inspectPostgres } from './postgres-inspector.js';
import { inDiscardedTransaction } from './postgres-normalize.js';
import { isForbidden } from './postgres-not-asked.js';
import { runInAnyOrder } from './postgres-object-stage.js';
import type { StageItem } from './postgres-object-stage.js';
import { sqlState } from './postgres-probe-session.js';
import { pickRegistered, presentRegistered } from './postgres-pick-objects.js';
import type { Registered } from './postgres-registered.js';
import { creationOf, findRegistered, registeredKey, renamingOf } from './postgres-registered.js';
import { respell } from './postgres-respell.js';
import { findReplaceable } from './postgres-replaceable.js';
import { lockRefusal, stageLimits } from './postgres-stage-limits.js';
import { endsStage, FORBID_COMMIT } from './postgres-stage-wall.js';
import { standInsFor } from './postgres-stand-ins.js';
import type { StandIn } from './postgres-stand-ins.js';
import { postgresSyntax } from './postgres-syntax.js';
import { findUnchanged } from './postgres-unchanged-objects.js';
import type { UnchangedObjects } from './postgres-unchanged-objects.js';
import { withoutData } from './postgres-without-data.js';
import { withRegistered } from './postgres-with-registered.js';

/**
 * Makes the registered objects with the tables as the model has them, in a transaction that is rolled back, and reads them
 * back (design D6). What is there is renamed for as long as it takes, so that what stands on it is never touched.
 * @throws MigrationError E3002 for a name that is given twice, E3017 for a statement that the server refuses or that ends
 *   the transaction
 */
export async function makePostgresObjects(
  connection: Connection,
  request: ObjectRequest,
): Promise<MadeObjects> {
  refuseTwice(request);
  if (request.statements.length === 0) return asTheyAre(request, false);
  try {
    return await inDiscardedTransaction(connection, () => makeAll(connection, request));
  } catch (error) {
    // No transaction any more: a text has ended it.
    if (sqlState(error) === '25P01') throw endsStage(undefined, error);
    if (!isForbidden(error)) throw lockRefusal(request, error) ?? error;
    return asTheyAre(request, true);
  }
}

/** The registered objects that the database has, as it has them. */
function asTheyAre(request: ObjectRequest, unverified: boolean): MadeObjects {
  const target = withRegistered(request, presentRegistered(request), request.current);
  return { target, replaceable: new Set(), unverified };
}

async function makeAll(connection: Connection, whole: ObjectRequest): Promise<MadeObjects> {
  const { current, target, inspect } = whole;
  const spare = spareNames();
  const schemas = [...new Set([...target.schemas, ...schemasOfStatements(whole.statements)])];
  const standIns = standInsFor(whole, { ...target, schemas }, spare);
  await connection.script([...stageLimits(whole), ...FORBID_COMMIT].join(';\n'));
  const { registered, open } = await unchangedIn(connection, whole, standIns);
  const request = { ...whole, statements: open };
  const { statements } = request;
  const isPlain = (one: ObjectStatement): boolean => isOfPresentExtension(current, one);
  if (statements.every(isPlain) && differingViews(request).length === 0) {
    const model = withRegistered(whole, registered, current);
    return { target: model, replaceable: new Set(), unverified: false };
  }
  const away = awayNames(request, spare);
  const freeing = [...away.statements, ...standIns.flatMap((standIn) => standIn.away)];
  if (freeing.length > 0) await connection.script(freeing.join(';\n'));
  await runInAnyOrder(connection, [
    ...standIns.map(({ create }): StageItem => ({ statements: create })),
    ...differingViews(request).map((view): StageItem => ({
      statements: postgresSyntax.compile(creationOf({ kind: 'view', object: view })),
    })),
    ...statements
      .filter((statement) => !isPresentExtension(current, statement))
      .map((registered): StageItem => ({ statements: [withoutData(registered)], registered })),
  ]);
  const made = await inspectPostgres(connection, inspect);
  const picked = pickRegistered(request, made);
  const stage = { connection, request, spare, away: away.names };
  const spelled = await respell(stage, picked);
  const views = differingViews(request).map((object): Registered => ({ kind: 'view', object }));
  return {
    target: withRegistered(whole, [...registered, ...spelled], made),
    replaceable: await findReplaceable(stage, [...spelled, ...views]),
    unverified: false,
  };
}

/** An extension that is to be made may give a meaning to any text. */
async function unchangedIn(
  connection: Connection,
  request: ObjectRequest,
  standIns: readonly StandIn[],
): Promise<UnchangedObjects> {
  const { current, statements } = request;
  const isNew = (statement: ObjectStatement): boolean =>
    statement.head.kind === 'extension' && !isPresentExtension(current, statement);
  if (statements.some(isNew)) return { registered: [], open: statements };
  const changing = [...standIns, ...differingViews(request)].map(({ name }) => name);
  return findUnchanged(connection, request, changing);
}

/** Of what is there nothing is made; a comment on it is run with the rest, where there is any. */
const isOfPresentExtension = (current: SchemaModel, statement: ObjectStatement): boolean =>
  isPresentExtension(current, statement) ||
  (statement.head.kind === 'comment' && statement.head.on.noun === 'extension');

/** What the steps on the stage have in common. */
export interface Stage {
  readonly connection: Connection;
  readonly request: ObjectRequest;
  /** A name that nobody has. */
  readonly spare: () => string;
  /** What the objects that were there are called meanwhile, by {@link registeredKey}. */
  readonly away: ReadonlyMap<string, string>;
}

function spareNames(): () => string {
  let count = 0;
  return () => `nest_alembic_before_${(count += 1)}`;
}

/** Views of entities that the database does not have, or has otherwise. */
function differingViews({ current, target }: ObjectRequest): readonly View[] {
  const present = new Map(current.views.map((view) => [nameKey(view), view]));
  return target.views.filter((view) => present.get(nameKey(view))?.definition !== view.definition);
}

const isPresentExtension = ({ extensions = [] }: SchemaModel, { head }: ObjectStatement): boolean =>
  head.kind === 'extension' && extensions.some(({ name }) => name === head.name);

/** Frees the names of everything that is to be made anew. */
function awayNames(request: ObjectRequest, spare: () => string) {
  const { current } = request;
  const changed = differingViews(request).flatMap(
    (object) => findRegistered(current, { kind: 'view', object }) ?? [],
  );
  const names = new Map<string, string>();
  // A part while its view still has its name.
  const present = [...presentRegistered(request), ...changed];
  const isPart = (one: Registered): boolean => 'table' in one;
  const inOrder = [...present.filter(isPart), ...present.filter((one) => !isPart(one))];
  const statements = inOrder.flatMap((one) => {
    const name = spare();
    names.set(registeredKey(one), name);
    return renamingOf(one, name);
  });
  return { names, statements };
}

/** Two statements for one object, or one that an entity describes too. A routine may have others of its name. */
function refuseTwice({ statements, target }: ObjectRequest): void {
  const seen = new Map<string, string>();
  for (const { kind, object } of [
    ...target.tables.map((object) => ({ kind: 'relation', object })),
    ...target.views.map((object) => ({ kind: 'relation', object })),
    ...target.sequences.map((object) => ({ kind: 'relation', object })),
    ...target.enums.map((object) => ({ kind: 'type', object })),
  ])
    seen.set(`${kind} ${nameKey(object)}`, `entity ${object.entity ?? ''}`.trim());
  for (const { head, source } of statements) {
    const key = uniqueKey(head);
    if (key === undefined) continue;
    const other = seen.get(key.key);
    if (other !== undefined) throw madeTwice(key.words, [other, source]);
    seen.set(key.key, source);
  }
}

function uniqueKey(head: ObjectStatement['head']) {
  switch (head.kind) {
    case 'view':
    case 'sequence':
      return {
        key: `relation ${nameKey(head.name)}`,
        words: `${head.kind} ${displayName(head.name)}`,
      };
    case 'domain':
    case 'enum':
      return { key: `type ${nameKey(head.name)}`, words: `${head.kind} ${displayName(head.name)}` };
    case 'extension':
      return { key: `extension ${head.name}`, words: `extension ${head.name}` };
    case 'trigger':
    case 'policy':
      return {
        key: `${head.kind} ${nameKey(head.table)} ${head.name}`,
        words: `${head.kind} ${displayName(head.table)}.${head.name}`,
      };
    default:
      return undefined;
  }
}

const inWords = (sources: readonly string[]): string =>
  new Set(sources).size === 1
    ? `both times by ${sources[0] ?? ''}`
    : `by ${sources.join(' and by ')}`;

const madeTwice = (object: string, sources: readonly string[]): MigrationError =>
  new MigrationError('E3002', {
    problem: `${object} is made twice: ${inWords(sources)}`,
    advice: 'Nothing was written. Take one of the two out.',
    facts: { object, sources },
  });
