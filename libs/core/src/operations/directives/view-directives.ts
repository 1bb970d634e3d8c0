import type { ViewDefinitionOptions, ViewDirectives } from '../api/view-api.js';
import type { ColumnComment, View } from '../../schema/schema-model.js';
import { columnCommentsOf } from '../comment-operations.js';
import type { DirectiveContext } from './directive-context.js';
import type { Place } from './place.js';
import { argumentsOf, inside, wrongArgument } from './place.js';
import {
  distinct,
  listOf,
  oneOf,
  readBoolean,
  readColumnNames,
  readFlag,
  readName,
  readSql,
  readStorageParameters,
  readText,
} from './read-argument.js';
import type { ReadersOf } from './read-options.js';
import { entityReaders, placeReaders, readOptions } from './read-options.js';
import { renameIfExistsReaders, readRename } from './read-rename.js';

const definitionReaders = {
  columns: readColumnNames,
  securityInvoker: readFlag,
  securityBarrier: readFlag,
  checkOption: oneOf('local', 'cascaded'),
  storage: readStorageParameters,
} as const satisfies ReadersOf<ViewDefinitionOptions>;
const createReaders = {
  materialized: readBoolean,
  withNoData: readFlag,
  orReplace: readFlag,
  previous: readPrevious,
  comment: readText,
  anew: readFlag,
  columnComments: readColumnComments,
  ...definitionReaders,
  ...placeReaders,
  ...entityReaders,
};
const renameReaders = {
  materialized: readBoolean,
  ...renameIfExistsReaders,
};
const dropReaders = {
  materialized: readBoolean,
  ifExists: readFlag,
  anew: readFlag,
  except: listOf(readName, 'a list of triggers and indexes'),
  ...placeReaders,
};
const refreshReaders = {
  concurrently: readFlag,
  withNoData: readFlag,
  wasEmpty: readFlag,
  ...placeReaders,
};

/** The directives about views. */
export function viewDirectives(context: DirectiveContext): ViewDirectives {
  const { submit } = context;
  return {
    renameView(from, to, options) {
      const at = argumentsOf('op.renameView');
      const {
        schema,
        toSchema,
        materialized = false,
        ...marks
      } = readOptions(renameReaders, options, at('options'));
      return submit({
        kind: 'renameView',
        ...readRename({ from, to, schema, toSchema }, at),
        materialized,
        ...marks,
      });
    },
    createView(name, query, options) {
      const at = argumentsOf('op.createView');
      const read = readOptions(createReaders, options, at('options'));
      const { schema, orReplace, previous, anew, ...marks } = read;
      if (read.withNoData && !read.materialized)
        throw wrongArgument(inside(at('options'), 'withNoData'), {
          clause: 'needs "materialized: true": another view holds no rows',
        });
      const definition = readSql(query, at('query'));
      const named = { schema: schema ?? null, name: readName(name, at('name')) };
      const view = { ...named, definition, materialized: false, dependsOn: [], indexes: [] };
      return submit({
        kind: 'createView',
        view: { ...view, ...marks },
        ...(orReplace && { orReplace }),
        ...(previous && { replaces: { ...view, ...previous } }),
        ...(anew && { anew }),
      });
    },
    dropView: dropView(context),
    refreshView(name, options) {
      const at = argumentsOf('op.refreshView');
      const { schema, ...marks } = readOptions(refreshReaders, options, at('options'));
      const view = { schema: schema ?? null, name: readName(name, at('name')) };
      return submit({ kind: 'refreshView', name: view, ...marks });
    },
  };
}

/** @throws MigrationError (from the directive) E3013 for exceptions without `anew`, which would say nothing */
function dropView({ submit }: DirectiveContext): ViewDirectives['dropView'] {
  return (name, options) => {
    const at = argumentsOf('op.dropView');
    const { schema, ...marks } = readOptions(dropReaders, options, at('options'));
    if (marks.except && !marks.anew)
      throw wrongArgument(inside(at('options'), 'except'), {
        clause: 'needs "anew: true": without it nothing of the view is kept',
      });
    const view = { schema: schema ?? null, name: readName(name, at('name')) };
    return submit({ kind: 'dropView', name: view, materialized: false, ...marks });
  };
}

const columnCommentReaders = { column: readName, comment: readText };

function readColumnComments(value: unknown, place: Place): readonly ColumnComment[] {
  const read = listOf(readColumnComment, 'a list of comments')(value, place);
  distinct((list) => list as readonly string[])(
    read.map(({ column }) => column),
    place,
  );
  return columnCommentsOf(read);
}

function readColumnComment(value: unknown, place: Place): ColumnComment {
  const { column, comment } = readOptions(columnCommentReaders, value, place);
  return {
    column: readName(column, inside(place, 'column')),
    comment: readText(comment, inside(place, 'comment')),
  };
}

const previousReaders = { query: readSql, ...definitionReaders };

function readPrevious(value: unknown, place: Place): Partial<View> & Pick<View, 'definition'> {
  const { query, ...rest } = readOptions(previousReaders, value, place);
  return { ...rest, definition: readSql(query, inside(place, 'query')) };
}
