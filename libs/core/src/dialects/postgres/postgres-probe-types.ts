import { nameKey } from '../../schema/object-name.js';
import type { EnumType } from '../../schema/schema-model.js';
import type { Models, Probe } from '../common/canonical-slots.js';
import { postgresQuoting } from './postgres-quoting.js';
import { wordsOf } from './postgres-probe-objects.js';

const { identifier, literal, qualified } = postgresQuoting;

/**
 * Statements for the schemas and enums that the probes name and the database does not have (yet, or not with a label
 * that the probes use): a group for each type. A changed enum is renamed and made anew, because a label that was added
 * cannot be used in the same transaction.
 */
export function typeStatements(
  models: Models,
  probes: readonly Probe[],
): readonly (readonly string[])[] {
  const words = probes.map(wordsOf).join('\n').toLowerCase();
  const isNamed = (text: string) => words.includes(text.toLowerCase());
  const present = new Map(models.current.enums.map((type) => [nameKey(type), type]));
  const needed = models.target.enums.flatMap((type): (readonly string[])[] => {
    const before = present.get(nameKey(type));
    if (!before) return isNamed(type.name) ? [[createEnum(type)]] : [];
    const added = type.labels.filter((label) => !before.labels.includes(label));
    return added.some(isNamed) ? [[renameAway(type), createEnum(type)]] : [];
  });
  return needed.length === 0 ? [] : [...missingSchemas(models), ...needed];
}

function missingSchemas({ current, target }: Models): readonly (readonly string[])[] {
  return target.schemas
    .filter((schema) => !current.schemas.includes(schema))
    .map((schema) => [`CREATE SCHEMA ${identifier(schema)}`]);
}

function createEnum(type: EnumType): string {
  return `CREATE TYPE ${qualified(type)} AS ENUM (${type.labels.map(literal).join(', ')})`;
}

function renameAway(type: EnumType): string {
  return `ALTER TYPE ${qualified(type)} RENAME TO nest_alembic_before`;
}
