import type { EnumType, SchemaModel, Sequence, Table } from '@nest-alembic/core';
import * as fc from 'fast-check';
import { withEntityMarks } from '../entity-marks.js';
import { schemaOf } from '../model-builders.js';
import { drawTable, OTHER_SCHEMA } from './arb-tables.js';
import { drawViews } from './arb-views.js';
import type { Drawing } from './draw.js';
import { below, drawList, Names, sometimes } from './draw.js';
import type { DrawnDialect } from './drawn-dialect.js';

/** How large schemas become. */
export interface SchemaSize {
  readonly tables: number;
  readonly columns: number;
}

/** Sizes of pull requests, and of the night. */
export const SIZE: SchemaSize =
  process.env['PROPERTY_SIZES'] === 'nightly'
    ? { tables: 8, columns: 8 }
    : { tables: 4, columns: 5 };

/** A schema that a database can make, as if all of it came from entities. */
export const arbSchema = (drawn: DrawnDialect): fc.Arbitrary<SchemaModel> =>
  fc.gen().map((g) => drawSchema({ g, drawn, names: new Names(drawn.words, '') }));

/** Draws a schema. */
export function drawSchema(drawing: Drawing): SchemaModel {
  const { g, drawn } = drawing;
  const { enumTypes, sequences } = drawn.tested.dialect.capabilities;
  const enums = enumTypes ? drawList(g, 2, () => drawEnum(drawing)) : [];
  const tables: Table[] = [];
  const count = below(g, SIZE.tables + 1);
  for (let at = 0; at < count; at += 1)
    tables.push(drawTable(drawing, { enums, tables }, SIZE.columns));
  return marked({
    enums,
    tables,
    sequences: sequences && sometimes(g, 15) ? [drawSequence(drawing)] : [],
    views: drawViews(drawing, tables),
  });
}

/** The parts of a model that are drawn. */
export type DrawnParts = Pick<SchemaModel, 'enums' | 'tables' | 'views' | 'sequences'>;

/** The parts in the order of a model, marked as of entities. */
export function marked({ enums, tables, views, sequences }: DrawnParts): SchemaModel {
  const byName = <T extends { readonly name: string }>(list: readonly T[]): T[] =>
    [...list].sort((left, right) => (left.name < right.name ? -1 : 1));
  return withEntityMarks(
    schemaOf({
      schemas: tables.some(({ schema }) => schema !== null) ? [OTHER_SCHEMA] : [],
      enums: byName(enums),
      sequences: byName(sequences),
      tables: byName(tables),
      views: byName(views),
    }),
  );
}

function drawEnum({ g, names }: Drawing): EnumType {
  const labels = g(fc.subarray<string>, ['new', 'in use', "it's", 'x,y', 'ÄÖ', ''], {
    minLength: 1,
  });
  return { schema: null, name: plain(names.next(g)), labels };
}

/** Draws a sequence of its own. */
export const drawSequence = ({ g, names }: Drawing): Sequence => ({
  schema: null,
  name: names.next(g),
});

/** Types are written as SQL: their names stay plain, so that a type is its name. */
const plain = (name: string): string => `kind_${name.replaceAll(/[^0-9a-z]/g, '')}`;
