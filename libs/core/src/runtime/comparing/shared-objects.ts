import type { DiffInput } from '../../autogenerate/diff-schema.js';
import { diffSchema } from '../../autogenerate/diff-schema.js';
import { NO_MEMORY } from '../../autogenerate/replay-log.js';
import type { ObjectEffect } from '../../operations/object-effect.js';
import { effectsOf } from '../../operations/operation-definitions.js';
import type { SchemaModel } from '../../schema/schema-model.js';
import { EMPTY_SCHEMA } from '../../schema/schema-model.js';

/**
 * What model and database have in common, as if a revision had made it from the model: a stamp says that revisions were
 * applied that nobody saw running (design D8). Objects count as the same when kind, place and name are.
 */
export function sharedObjects(
  current: SchemaModel,
  target: SchemaModel,
  dialect: DiffInput['dialect'],
): readonly ObjectEffect[] {
  const present = new Set(makingOf(current, dialect).map(keyOf));
  return makingOf(target, dialect).filter((effect) => present.has(keyOf(effect)));
}

/** The effects of making a model from nothing. */
const makingOf = (model: SchemaModel, dialect: DiffInput['dialect']): readonly ObjectEffect[] =>
  diffSchema({ current: EMPTY_SCHEMA, target: model, memory: NO_MEMORY, dialect })
    .operations.flatMap(effectsOf)
    .filter(({ action }) => action === 'made');

const keyOf = ({ kind, schema, table, name }: ObjectEffect): string =>
  JSON.stringify([kind, schema, table ?? null, name]);
