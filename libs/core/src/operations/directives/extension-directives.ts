import type { ExtensionChange, ExtensionDirectives } from '../api/extension-api.js';
import type { DirectiveContext } from './directive-context.js';
import { argumentsOf, wrongArgument } from './place.js';
import { orNull, readFlag, readName, readText } from './read-argument.js';
import type { ReadersOf } from './read-options.js';
import { entityReaders, placeReaders, readOptions } from './read-options.js';

const createReaders = {
  version: readText,
  comment: readText,
  ifNotExists: readFlag,
  cascade: readFlag,
  ...placeReaders,
  ...entityReaders,
};
const dropReaders = { ifExists: readFlag, cascade: readFlag };
const changeReaders = {
  version: orNull(readText),
  ...placeReaders,
} as const satisfies ReadersOf<ExtensionChange>;

/** The directives about extensions. */
export function extensionDirectives({ submit }: DirectiveContext): ExtensionDirectives {
  return {
    createExtension(name, options) {
      const at = argumentsOf('op.createExtension');
      const { ifNotExists, cascade, ...marks } = readOptions(createReaders, options, at('options'));
      return submit({
        kind: 'createExtension',
        extension: { name: readName(name, at('name')), ...marks },
        ...(ifNotExists && { ifNotExists }),
        ...(cascade && { cascade }),
      });
    },
    dropExtension(name, options) {
      const at = argumentsOf('op.dropExtension');
      const marks = readOptions(dropReaders, options, at('options'));
      return submit({ kind: 'dropExtension', name: readName(name, at('name')), ...marks });
    },
    alterExtension(name, change, options) {
      const at = argumentsOf('op.alterExtension');
      const to = readOptions(changeReaders, change, at('change'));
      if (Object.keys(to).length === 0) {
        throw wrongArgument(at('change'), { clause: 'names neither "version" nor "schema"' });
      }
      const { from } = readOptions(
        { from: (value, place) => readOptions(changeReaders, value, place) },
        options,
        at('options'),
      );
      return submit({
        kind: 'alterExtension',
        name: readName(name, at('name')),
        to,
        ...(from && { from }),
      });
    },
  };
}
