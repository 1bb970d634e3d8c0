import type { FromEntity } from '../../schema/schema-model.js';
import type { ObjectName } from '../../schema/object-name.js';
import type { MovedType, SchemaDirectives } from '../api/schema-api.js';
import type { Operation } from '../operation.js';
import type { DirectiveContext } from './directive-context.js';
import { argumentsOf } from './place.js';
import { oneOf, orNull, readFlag, readName } from './read-argument.js';
import { entityReaders, placeReaders, readOptions } from './read-options.js';

const createReaders = { authorization: readName, ifNotExists: readFlag, ...entityReaders };
const moveReaders = { ...placeReaders, ...entityReaders };
const readMoved = oneOf('table', 'enum', 'domain', 'sequence', 'view', 'materializedView');
const dropReaders = { ifExists: readFlag, ...entityReaders };

/** The directives about schemas. */
export function schemaDirectives({ submit }: DirectiveContext): SchemaDirectives {
  return {
    setSchema(...[type, name, toSchema, options]) {
      const at = argumentsOf('op.setSchema');
      const { schema, ...marks } = readOptions(moveReaders, options, at('options'));
      const from = { schema: schema ?? null, name: readName(name, at('name')) };
      const to = { schema: orNull(readName)(toSchema, at('toSchema')), name: from.name };
      return submit(moved(readMoved(type, at('type')), { from, to, ...marks }));
    },
    createSchema(name, options) {
      const at = argumentsOf('op.createSchema');
      return submit({
        kind: 'createSchema',
        name: readName(name, at('name')),
        ...readOptions(createReaders, options, at('options')),
      });
    },
    dropSchema(name, options) {
      const at = argumentsOf('op.dropSchema');
      return submit({
        kind: 'dropSchema',
        name: readName(name, at('name')),
        ...readOptions(dropReaders, options, at('options')),
      });
    },
    renameSchema(from, to, options) {
      const at = argumentsOf('op.renameSchema');
      return submit({
        kind: 'renameSchema',
        from: readName(from, at('from')),
        to: readName(to, at('to')),
        ...readOptions(entityReaders, options, at('options')),
      });
    },
  };
}

interface Move extends FromEntity {
  readonly from: ObjectName;
  readonly to: ObjectName;
}

function moved(type: MovedType, move: Move): Operation {
  switch (type) {
    case 'table':
      return { kind: 'renameTable', ...move };
    case 'enum':
      return { kind: 'renameEnum', ...move };
    case 'domain':
      return { kind: 'renameDomain', ...move };
    case 'sequence':
      return { kind: 'renameSequence', ...move };
    case 'view':
    case 'materializedView':
      return { kind: 'renameView', ...move, materialized: type === 'materializedView' };
  }
}
