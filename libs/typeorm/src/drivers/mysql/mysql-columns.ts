import { Refusal } from '../../schema/entity-problem.js';
import type { ColumnMetadata } from '../../schema/metadata-types.js';
import type { ColumnShape, ModelContext } from '../schema-mapping.js';
import { mysqlDefault } from './mysql-defaults.js';
import { datetimeFunction } from './mysql-datetime-function.js';
import { spellMysqlType } from './mysql-type-text.js';

/**
 * What TypeORM's `buildCreateColumnSql` writes for a column, as a model.
 *
 * @throws Refusal for what the server would refuse
 */
export function mysqlColumnShape(column: ColumnMetadata, context: ModelContext): ColumnShape {
  refuseImpossible(column);
  const expression = column.asExpression?.trim();
  const initial = mysqlDefault(column, context);
  const onUpdate = column.onUpdate?.trim();
  return {
    type: spellMysqlType(column, context),
    nullable: isNullable(column, context),
    ...(initial !== undefined && { default: initial }),
    ...(expression && {
      generated: { expression, stored: column.generatedType === 'STORED' },
    }),
    ...(isCounter(column) && { autoIncrement: true }),
    ...(column.charset && { charset: column.charset }),
    ...(column.collation && { collation: column.collation }),
    ...(onUpdate && { onUpdate: datetimeFunction(onUpdate, column.precision) }),
  };
}

function refuseImpossible(column: ColumnMetadata): void {
  const hasDefault = column.default !== undefined && column.default !== null;
  if (hasDefault && (column.asExpression || isCounter(column))) {
    throw new Refusal('is generated and has a default', 'Remove one of them.');
  }
}

const isCounter = (column: ColumnMetadata): boolean =>
  column.isGenerated && column.generationStrategy === 'increment';

/** Keys are NOT NULL whatever the column says; MariaDB has neither NULL nor NOT NULL for generated columns. */
function isNullable(column: ColumnMetadata, { dataSource }: ModelContext): boolean {
  if (dataSource.options.type === 'mariadb' && column.asExpression) return true;
  return column.isNullable && !column.isPrimary;
}
