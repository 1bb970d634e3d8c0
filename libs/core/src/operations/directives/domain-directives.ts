import type {
  DomainAttributesOption,
  DomainCheckOption,
  DomainDirectives,
} from '../api/domain-api.js';
import type { ObjectName } from '../../schema/object-name.js';
import type { CheckConstraint } from '../../schema/schema-model.js';
import type { DomainAttributes, DomainChange } from '../domain-operations.js';
import type { DirectiveContext } from './directive-context.js';
import type { Place } from './place.js';
import { argumentsOf, inside, wrongArgument } from './place.js';
import type { Reader } from './read-argument.js';
import {
  listOf,
  orNull,
  readBoolean,
  readFlag,
  readName,
  readSql,
  readText,
} from './read-argument.js';
import type { ReadersOf } from './read-options.js';
import { entityReaders, placeReaders, readOptions } from './read-options.js';
import { dropReaders, renameReaders, readRename } from './read-rename.js';
import { defaultReader } from './read-value.js';

/** The directives about domains. */
export function domainDirectives(context: DirectiveContext): DomainDirectives {
  const { submit } = context;
  return {
    createDomain: createDomain(context),
    dropDomain(name, options) {
      const at = argumentsOf('op.dropDomain');
      const { schema, ...marks } = readOptions(dropReaders, options, at('options'));
      const domain = { schema: schema ?? null, name: readName(name, at('name')) };
      return submit({ kind: 'dropDomain', name: domain, ...marks });
    },
    alterDomain: alterDomain(context),
    ...checkDirectives(context),
    renameDomain(from, to, options) {
      const at = argumentsOf('op.renameDomain');
      const { schema, toSchema, ...marks } = readOptions(renameReaders, options, at('options'));
      return submit({
        kind: 'renameDomain',
        ...readRename({ from, to, schema, toSchema }, at),
        ...marks,
      });
    },
  };
}

function createDomain(context: DirectiveContext): DomainDirectives['createDomain'] {
  const readers = {
    collation: readName,
    default: defaultReader(context),
    notNull: readFlag,
    checks: listOf(readCheck, 'a list of checks'),
    comment: readText,
    ...placeReaders,
    ...entityReaders,
  };
  return (name, type, options) => {
    const at = argumentsOf('op.createDomain');
    const { schema, checks = [], ...rest } = readOptions(readers, options, at('options'));
    const named = { schema: schema ?? null, name: readName(name, at('name')) };
    const domain = { ...named, type: readSql(type, at('type')), checks, ...rest };
    return context.submit({ kind: 'createDomain', domain });
  };
}

const checkReaders = {
  name: readName,
  expression: readSql,
  comment: readText,
} as const satisfies ReadersOf<DomainCheckOption>;

function readCheck(value: unknown, place: Place): CheckConstraint {
  const { expression, ...marks } = readOptions(checkReaders, value, place);
  return withName(
    { ...marks, expression: readSql(expression, inside(place, 'expression')) },
    place,
  );
}

/** A comment is on a name. */
function withName(check: CheckConstraint, place: Place): CheckConstraint {
  if (check.name !== undefined || check.comment === undefined) return check;
  throw wrongArgument(inside(place, 'comment'), { clause: 'is on a check without a name' });
}

function alterDomain(context: DirectiveContext): DomainDirectives['alterDomain'] {
  const attributeReaders = {
    default: orNull(defaultReader(context)),
    notNull: readBoolean,
  } as const satisfies ReadersOf<DomainAttributesOption>;
  const readAttributes: Reader<DomainAttributes> = (value, place) =>
    readOptions(attributeReaders, value, place);
  const readers = { from: readAttributes, ...placeReaders };
  return (name, change, options) => {
    const at = argumentsOf('op.alterDomain');
    const to = readAttributes(change, at('change'));
    if (Object.keys(to).length === 0) {
      throw wrongArgument(at('change'), { clause: 'names neither "default" nor "notNull"' });
    }
    const { schema, from } = readOptions(readers, options, at('options'));
    return context.submit({
      kind: 'alterDomain',
      name: { schema: schema ?? null, name: readName(name, at('name')) },
      change: { type: 'attributes', ...(from && { from }), to },
    });
  };
}

const addReaders = { name: readName, notValid: readFlag, comment: readText, ...placeReaders };

type CheckDirectives = Pick<
  DomainDirectives,
  'addDomainCheck' | 'dropDomainCheck' | 'validateDomainCheck' | 'renameDomainCheck'
>;

function checkDirectives({ submit }: DirectiveContext): CheckDirectives {
  const alter = (name: ObjectName, change: DomainChange): Promise<void> =>
    submit({ kind: 'alterDomain', name, change });
  return {
    addDomainCheck(domain, expression, options) {
      const at = argumentsOf('op.addDomainCheck');
      const { schema, ...marks } = readOptions(addReaders, options, at('options'));
      const said = { expression: readSql(expression, at('expression')), ...marks };
      const check = withName(said, at('options'));
      const name = { schema: schema ?? null, name: readName(domain, at('domain')) };
      return alter(name, { type: 'addCheck', check });
    },
    dropDomainCheck(domain, check, options) {
      const at = argumentsOf('op.dropDomainCheck');
      const { schema, ...marks } = readOptions(dropReaders, options, at('options'));
      const name = { schema: schema ?? null, name: readName(domain, at('domain')) };
      return alter(name, { type: 'dropCheck', name: readName(check, at('name')), ...marks });
    },
    validateDomainCheck(domain, check, options) {
      const at = argumentsOf('op.validateDomainCheck');
      const { schema } = readOptions(placeReaders, options, at('options'));
      const name = { schema: schema ?? null, name: readName(domain, at('domain')) };
      return alter(name, { type: 'validateCheck', name: readName(check, at('name')) });
    },
    renameDomainCheck(domain, from, to, options) {
      const at = argumentsOf('op.renameDomainCheck');
      const { schema } = readOptions(placeReaders, options, at('options'));
      const name = { schema: schema ?? null, name: readName(domain, at('domain')) };
      const names = { from: readName(from, at('from')), to: readName(to, at('to')) };
      return alter(name, { type: 'renameCheck', ...names });
    },
  };
}
