import type { PolicyChange, PolicyDirectives } from '../api/policy-api.js';
import type { PolicyAttributes } from '../policy-operations.js';
import { compareText } from '../../schema/object-name.js';
import type { DirectiveContext } from './directive-context.js';
import type { Place } from './place.js';
import { argumentsOf, wrongArgument } from './place.js';
import type { Reader } from './read-argument.js';
import {
  distinct,
  listOf,
  oneOf,
  readBoolean,
  readFlag,
  readName,
  readSql,
  readText,
} from './read-argument.js';
import type { ReadersOf } from './read-options.js';
import { entityReaders, placeReaders, readOptions } from './read-options.js';
import { dropReaders, readPartRename, renamePartReaders } from './read-rename.js';

/** Sorted, as their order says nothing. */
const readRoles: Reader<readonly string[]> = (value, place) =>
  [...distinct(listOf(readName, 'a list of roles'))(value, place)].sort(compareText);

const changeReaders = {
  roles: readRoles,
  using: readSql,
  check: readSql,
} as const satisfies ReadersOf<PolicyChange>;
const createReaders = {
  ...changeReaders,
  command: oneOf('select', 'insert', 'update', 'delete'),
  restrictive: readFlag,
  comment: readText,
  ...placeReaders,
  ...entityReaders,
};
const alterReaders = {
  from: (value: unknown, place: Place): PolicyAttributes =>
    readOptions(changeReaders, value, place),
  ...placeReaders,
};
const securityReaders = { enabled: readBoolean, forced: readBoolean };

/** The directives about row-level security. */
export function policyDirectives({ submit }: DirectiveContext): PolicyDirectives {
  return {
    setRowSecurity(table, change, options) {
      const at = argumentsOf('op.setRowSecurity');
      const to = readOptions(securityReaders, change, at('change'));
      demandSome(to, at('change'));
      const { schema } = readOptions(placeReaders, options, at('options'));
      const owner = { schema: schema ?? null, name: readName(table, at('table')) };
      return submit({ kind: 'setRowSecurity', table: owner, to });
    },
    createPolicy: createPolicy({ submit }),
    dropPolicy(name, table, options) {
      const at = argumentsOf('op.dropPolicy');
      const { schema, ...marks } = readOptions(dropReaders, options, at('options'));
      return submit({
        kind: 'dropPolicy',
        table: { schema: schema ?? null, name: readName(table, at('table')) },
        name: readName(name, at('name')),
        ...marks,
      });
    },
    renamePolicy(from, to, table, options) {
      const at = argumentsOf('op.renamePolicy');
      const { schema, ...marks } = readOptions(renamePartReaders, options, at('options'));
      return submit({
        kind: 'renamePolicy',
        ...readPartRename({ from, to, table, schema }, at),
        ...marks,
      });
    },
    alterPolicy(name, table, change, options) {
      const at = argumentsOf('op.alterPolicy');
      const to = readOptions(changeReaders, change, at('change'));
      demandSome(to, at('change'));
      const { schema, from } = readOptions(alterReaders, options, at('options'));
      return submit({
        kind: 'alterPolicy',
        table: { schema: schema ?? null, name: readName(table, at('table')) },
        name: readName(name, at('name')),
        ...(from && { from }),
        to,
      });
    },
  };
}

function createPolicy({
  submit,
}: Pick<DirectiveContext, 'submit'>): PolicyDirectives['createPolicy'] {
  return (name, table, options) => {
    const at = argumentsOf('op.createPolicy');
    const { schema, roles, ...rest } = readOptions(createReaders, options, at('options'));
    return submit({
      kind: 'createPolicy',
      table: { schema: schema ?? null, name: readName(table, at('table')) },
      policy: {
        name: readName(name, at('name')),
        ...rest,
        ...(roles && roles.length > 0 && { roles }),
      },
    });
  };
}

function demandSome(change: object, place: Place): void {
  if (Object.keys(change).length === 0) throw wrongArgument(place, { clause: 'says nothing' });
}
