import { MigrationError } from '../../errors/migration-error.js';
import { displayName, sameName } from '../../schema/object-name.js';
import type { SchemaModel } from '../../schema/schema-model.js';
import { markOf } from '../common/object-texts.js';
import type { ObjectHead, ObjectRequest, ObjectStatement } from '../common/object-texts.js';
import { findRegistered } from './postgres-registered.js';
import type { Registered } from './postgres-registered.js';
import { isAskedWithoutData } from './postgres-without-data.js';

/**
 * The registered objects in what was read back, marked with where they come from.
 * @throws MigrationError E3017 for one that is not there
 */
export function pickRegistered(
  { statements }: ObjectRequest,
  made: SchemaModel,
): readonly Registered[] {
  const found = statements.flatMap((statement) => {
    const objects = objectsOf(statement.head, made);
    if (objects?.length === 0) throw notFound(statement);
    return (objects ?? []).map((one) => marked(one, statement));
  });
  return withoutRepeats(found);
}

/** The objects of the database that have the names of registered ones, marked as if they had been made from them. */
export function presentRegistered({ statements, current }: ObjectRequest): readonly Registered[] {
  return withoutRepeats(
    statements.flatMap((statement) =>
      (objectsOf(statement.head, current) ?? []).map((one) => marked(one, statement)),
    ),
  );
}

/** Of several routines of one name each statement finds all. */
function withoutRepeats(found: readonly Registered[]): readonly Registered[] {
  return found.filter((one, at) => found.findIndex((other) => sameObject(other, one)) === at);
}

const sameObject = (left: Registered, right: Registered): boolean =>
  left.kind === 'routine' &&
  right.kind === 'routine' &&
  sameName(left.object, right.object) &&
  left.object.arguments === right.object.arguments
    ? true
    : left === right;

/** The objects of a model that a statement makes, marked with where it stands. */
export function objectsOfStatement(
  statement: ObjectStatement,
  model: SchemaModel,
): readonly Registered[] {
  return (objectsOf(statement.head, model) ?? []).map((one) => marked(one, statement));
}

/** Undefined for a statement that makes no object of its own; extensions are what the text says of them. */
function objectsOf(head: ObjectHead, model: SchemaModel): readonly Registered[] | undefined {
  if (head.kind === 'routine') {
    return (model.routines ?? [])
      .filter((routine) => sameName(routine, head.name) && routine.type === head.type)
      .map((object) => ({ kind: 'routine', object }));
  }
  const key = keyOf(head);
  return key && [findRegistered(model, key)].filter((one) => one !== undefined);
}

/** As much of an object as is needed to find it. */
function keyOf(head: ObjectHead): Registered | undefined {
  switch (head.kind) {
    case 'view':
    case 'domain':
    case 'enum':
    case 'sequence':
      return { kind: head.kind, object: head.name } as unknown as Registered;
    case 'trigger':
    case 'policy':
      return { kind: head.kind, table: head.table, object: { name: head.name } } as Registered;
    default:
      return undefined;
  }
}

function marked(one: Registered, statement: ObjectStatement): Registered {
  const entity = markOf(statement.source);
  if (one.kind !== 'view') return { ...one, object: { ...one.object, entity } } as Registered;
  const { triggers: _triggers, withNoData: _empty, reads: _reads, ...view } = one.object;
  return {
    ...one,
    object: {
      ...view,
      ...(view.materialized && isAskedWithoutData(statement) && { withNoData: true }),
      entity,
    },
  };
}

function notFound({ source, sql, head }: ObjectStatement): MigrationError {
  const name = 'name' in head ? head.name : '';
  const words = typeof name === 'string' ? name : displayName(name);
  return new MigrationError('E3017', {
    problem: `${head.kind} "${words}" of ${source} was made, and is not found in the schemas that are compared`,
    advice:
      'Nothing was written. Name its schema in the statement, or in the option "includeSchemas".',
    facts: { source, statement: sql },
  });
}
