import { MigrationError } from '../../errors/migration-error.js';
import {
  compareText,
  compareNames,
  displayName,
  nameKey,
  sameName,
} from '../../schema/object-name.js';
import type { ObjectName } from '../../schema/object-name.js';
import { memberKey } from '../../schema/object-list.js';
import type { SchemaModel, Table, View } from '../../schema/schema-model.js';
import type { Extension } from '../../schema/server-objects.js';
import { markOf } from '../common/object-texts.js';
import type { ObjectRequest } from '../common/object-texts.js';
import type { Registered } from './postgres-registered.js';

/**
 * The model with the registered objects. It says something of every kind that can be registered, so that what was made from a
 * text that is gone is dropped.
 * @param made the schema in which row-level security was set by the statements
 */
export function withRegistered(
  request: ObjectRequest,
  registered: readonly Registered[],
  made: SchemaModel,
): SchemaModel {
  const { target } = request;
  const parts = partsByOwner(registered);
  const views = [...target.views, ...objectsOf(registered, 'view')].sort(compareNames);
  const tables = target.tables.map((table) => withPolicies(table, parts, { request, made }));
  refuseStrayParts(registered, [...tables, ...views]);
  const model: SchemaModel = {
    ...target,
    enums: [...target.enums, ...objectsOf(registered, 'enum')].sort(compareNames),
    sequences: [...target.sequences, ...objectsOf(registered, 'sequence')].sort(compareNames),
    tables: tables.map((table) => withTriggers(table, parts)),
    views: views.map((view) => withTriggers(view, parts)),
    extensions: extensionsOf(request),
    domains: [...(target.domains ?? []), ...objectsOf(registered, 'domain')].sort(compareNames),
    routines: [...(target.routines ?? []), ...objectsOf(registered, 'routine')].sort(
      (left, right) => compareText(memberKey('routines', left), memberKey('routines', right)),
    ),
  };
  return { ...model, schemas: schemasOfModel(model) };
}

type ObjectOf<K extends Registered['kind']> = Extract<Registered, { kind: K }>['object'];

function objectsOf<K extends Registered['kind']>(
  registered: readonly Registered[],
  kind: K,
): readonly ObjectOf<K>[] {
  return registered.filter((one) => one.kind === kind).map(({ object }) => object as ObjectOf<K>);
}

interface OwnedParts {
  readonly triggers: NonNullable<Table['triggers']>;
  readonly policies: NonNullable<Table['policies']>;
}

type PartsOf = (owner: ObjectName) => OwnedParts;

function partsByOwner(registered: readonly Registered[]): PartsOf {
  return (owner) => {
    const own = registered.filter((one) => 'table' in one && sameName(one.table, owner));
    return {
      triggers: [...objectsOf(own, 'trigger')].sort(byName),
      policies: [...objectsOf(own, 'policy')].sort(byName),
    };
  };
}

const byName = (left: { readonly name: string }, right: { readonly name: string }): number =>
  compareText(left.name, right.name);

function withTriggers<O extends Table | View>(owner: O, partsOf: PartsOf): O {
  return { ...owner, triggers: partsOf(owner).triggers };
}

/** Row-level security is said only of tables that a statement sets it for. */
function withPolicies(
  table: Table,
  partsOf: PartsOf,
  { request, made }: { readonly request: ObjectRequest; readonly made: SchemaModel },
): Table {
  const isSet = request.statements.some(
    ({ head }) => head.kind === 'rowSecurity' && head.table && sameName(head.table, table),
  );
  const found = made.tables.find((one) => sameName(one, table));
  return {
    ...table,
    policies: partsOf(table).policies,
    ...(isSet && { rowSecurity: found?.rowSecurity ?? {} }),
  };
}

/** What the text says: where it names no version or schema, any will do. */
function extensionsOf({ statements, target }: ObjectRequest): readonly Extension[] {
  const registered = statements.flatMap(({ head, source }): readonly Extension[] => {
    if (head.kind !== 'extension') return [];
    const { kind: _kind, ...said } = head;
    return [{ ...said, entity: markOf(source) }];
  });
  return [...(target.extensions ?? []), ...registered].sort(byName);
}

/** A schema that only registered objects are in is made for them. */
function schemasOfModel(model: SchemaModel): readonly string[] {
  const named = [...model.views, ...model.enums, ...model.sequences];
  const listed = [...(model.domains ?? []), ...(model.routines ?? [])];
  const schemas = [...named, ...listed].flatMap(({ schema }) => schema ?? []);
  const extensions = (model.extensions ?? []).flatMap(({ schema }) => schema ?? []);
  return [...new Set([...model.schemas, ...schemas, ...extensions])].sort(compareText);
}

/** A trigger or policy of a table that no entity describes: whose it is, nobody could tell. */
function refuseStrayParts(registered: readonly Registered[], owners: readonly ObjectName[]): void {
  const known = new Set(owners.map(nameKey));
  for (const one of registered) {
    if (!('table' in one) || known.has(nameKey(one.table))) continue;
    throw new MigrationError('E3017', {
      problem: `${one.kind} "${one.object.name}" of ${one.object.entity ?? ''} is on "${displayName(one.table)}", which neither an entity nor a registered object makes`,
      advice: 'Nothing was written. Make it in a revision by hand, as its table was made.',
      facts: { table: displayName(one.table), name: one.object.name },
    });
  }
}
