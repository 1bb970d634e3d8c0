import type { CommentDirectives } from '../api/comment-api.js';
import type { ObjectName } from '../../schema/object-name.js';
import type { CommentedObject } from '../comment-operations.js';
import type { ConstraintType } from '../constraint-operations.js';
import type { DirectiveContext } from './directive-context.js';
import type { Place } from './place.js';
import { argumentsOf, inside, wrongArgument } from './place.js';
import { oneOf, orNull, readName, readText } from './read-argument.js';
import { readGivenName, requiredNamer } from './read-given-name.js';
import { placeReaders, readOptions } from './read-options.js';

const readers = {
  table: readName,
  domain: readName,
  arguments: readText,
  from: orNull(readText),
  ...placeReaders,
};

const PARTS = [
  'index',
  'primaryKey',
  'foreignKey',
  'unique',
  'check',
  'exclusion',
  'trigger',
  'policy',
  'viewColumn',
] as const satisfies readonly PartType[];

const readKnownType = oneOf(
  'schema',
  'extension',
  'enum',
  'sequence',
  'domain',
  'domainCheck',
  'view',
  'materializedView',
  'function',
  'procedure',
  ...PARTS,
);

/** Tables and their columns have directives of their own. */
const OTHERWISE: ReadonlyMap<unknown, string> = new Map([
  ['table', 'op.setTableComment(table, comment)'],
  ['column', 'op.alterColumn(table, column, { comment }), or "viewColumn" for a column of a view'],
]);

const readType: typeof readKnownType = (value, place) => {
  const otherwise = OTHERWISE.get(value);
  if (otherwise === undefined) return readKnownType(value, place);
  throw wrongArgument(place, { clause: `is "${String(value)}"`, advice: `Use ${otherwise}.` });
};

/** The directives about comments. */
export function commentDirectives(context: DirectiveContext): CommentDirectives {
  const { submit } = context;
  const nameOf = requiredNamer(context);
  return {
    setComment(...[type, name, comment, options]: readonly unknown[]) {
      const at = argumentsOf('op.setComment');
      const { from, ...place } = readOptions(readers, options, at('options'));
      const to = orNull(readText)(comment, at('comment'));
      const given = readGivenName(name, at('name'));
      const plain = typeof given === 'string' ? given : given.final;
      const object = objectOf(
        { type: readType(type, at('type')), name: plain },
        place,
        at('options'),
      );
      return submit({
        kind: 'setComment',
        object: isConvened(object)
          ? { ...object, name: nameOf(given, object, at('name')) }
          : object,
        ...(typeof from === 'string' && { from }),
        ...(to !== null && { to }),
      });
    },
  };
}

interface Named {
  readonly type: ReturnType<typeof readType>;
  readonly name: string;
}

interface NamedPlace {
  readonly table?: string;
  readonly domain?: string;
  readonly arguments?: string;
  readonly schema?: string;
}

type ConvenedObject = Extract<CommentedObject, { readonly table: ObjectName }> & {
  readonly type: 'index' | ConstraintType;
};

/** Only names of indexes and constraints come from a naming convention. */
const isConvened = (object: CommentedObject): object is ConvenedObject =>
  'table' in object && !['trigger', 'policy', 'viewColumn'].includes(object.type);

function objectOf({ type, name }: Named, given: NamedPlace, place: Place): CommentedObject {
  const { table, domain, arguments: argumentList, schema = null } = given;
  if (type === 'schema' || type === 'extension') {
    refuseOptions({ type, ...given }, place);
    return { type, name };
  }
  if (type === 'function' || type === 'procedure') {
    refuseOptions({ type, table, domain }, place);
    return { type, name: { schema, name }, arguments: argumentsFor(type, given, place) };
  }
  if (type === 'domainCheck') {
    refuseOptions({ type, table, arguments: argumentList }, place);
    return { type, name, domain: { schema, name: domainOf(domain, place) } };
  }
  if (isPart(type)) {
    refuseOptions({ type, domain, arguments: argumentList }, place);
    return { type, name, table: { schema, name: tableOf(type, table, place) } };
  }
  refuseOptions({ type, table, domain, arguments: argumentList }, place);
  return { type, name: { schema, name } };
}

type PartType = Extract<CommentedObject, { readonly table: ObjectName }>['type'];

const isPart = (type: Named['type']): type is PartType =>
  (PARTS as readonly string[]).includes(type);

function argumentsFor(type: string, given: NamedPlace, place: Place): string {
  if (given.arguments !== undefined) return given.arguments;
  throw wrongArgument(inside(place, 'arguments'), {
    clause: `is missing: they say which ${type} of the name it is`,
  });
}

function tableOf(type: string, table: string | undefined, place: Place): string {
  if (table !== undefined) return table;
  throw wrongArgument(inside(place, 'table'), { clause: `is missing: ${type} is a part of one` });
}

function domainOf(domain: string | undefined, place: Place): string {
  if (domain !== undefined) return domain;
  throw wrongArgument(inside(place, 'domain'), { clause: 'is missing: whose check is it?' });
}

/** Refuses options that say nothing for a type of object. */
function refuseOptions(
  { type, ...options }: { readonly type: string } & { readonly [K in keyof NamedPlace]?: unknown },
  place: Place,
): void {
  for (const [option, value] of Object.entries(options)) {
    if (value === undefined) continue;
    throw wrongArgument(inside(place, option), { clause: `is not for a comment on ${type}` });
  }
}
