import { deepFreeze } from '../schema/deep-freeze.js';
import { batchDirectives } from './directives/batch-directives.js';
import { columnDirectives } from './directives/column-directives.js';
import { commentDirectives } from './directives/comment-directives.js';
import { constraintDirectives } from './directives/constraint-directives.js';
import { dataDirectives } from './directives/data-directives.js';
import type { DirectiveContext } from './directives/directive-context.js';
import { enumDirectives } from './directives/enum-directives.js';
import { indexDirectives } from './directives/index-directives.js';
import { argumentsOf } from './directives/place.js';
import { portableDirectives } from './directives/portable-directives.js';
import { readFunction, readName, readSql } from './directives/read-argument.js';
import { schemaDirectives } from './directives/schema-directives.js';
import { sequenceDirectives } from './directives/sequence-directives.js';
import { tableDirectives } from './directives/table-directives.js';
import { domainDirectives } from './directives/domain-directives.js';
import { extensionDirectives } from './directives/extension-directives.js';
import { partitionDirectives } from './directives/partition-directives.js';
import { policyDirectives } from './directives/policy-directives.js';
import { routineDirectives } from './directives/routine-directives.js';
import { triggerDirectives } from './directives/trigger-directives.js';
import { viewDirectives } from './directives/view-directives.js';
import type { BuiltInOperations, Operations } from './operations-api.js';
import { ownDirectives } from './own/own-directives.js';
import { refuseUnknown } from './own/unknown-operation.js';

/**
 * Makes the `op` of a revision. Each directive checks its arguments at once, and throws there and then, so that the
 * stack names the line; what it makes of them is frozen and handed to `submit`.
 * @throws MigrationError (from the directives) E3019 for one that is not there, E3013 wrong argument, E3005, E3006 and E3008 for texts and names, E6001
 */
export function createOperations(context: DirectiveContext): Operations {
  const directives: DirectiveContext = {
    ...(context.namingConvention && { namingConvention: context.namingConvention }),
    ...(context.operations && { operations: context.operations }),
    literal: (value) => context.literal(value),
    ...(context.portable && { portable: context.portable }),
    submit: (operation) => context.submit(deepFreeze(operation)),
  };
  const operations = Object.freeze<BuiltInOperations>({
    autocommitBlock: (body) => {
      readFunction(body, argumentsOf('op.autocommitBlock')('body'));
      return context.autocommitBlock?.(body) ?? Promise.resolve(body());
    },
    sql: (text) => Object.freeze({ sql: readSql(text, argumentsOf('op.sql')('text')) }),
    f: (name) => Object.freeze({ final: readName(name, argumentsOf('op.f')('name')) }),
    ...portableDirectives,
    ...schemaDirectives(directives),
    ...enumDirectives(directives),
    ...sequenceDirectives(directives),
    ...tableDirectives(directives),
    ...columnDirectives(directives),
    ...constraintDirectives(directives),
    ...commentDirectives(directives),
    ...indexDirectives(directives),
    ...viewDirectives(directives),
    ...domainDirectives(directives),
    ...extensionDirectives(directives),
    ...partitionDirectives(directives),
    ...policyDirectives(directives),
    ...routineDirectives(directives),
    ...triggerDirectives(directives),
    ...batchDirectives(directives),
    ...dataDirectives(directives),
    ...ownDirectives(directives),
  });
  // What the app adds is there where it is registered; its types say that it is.
  return refuseUnknown(operations as Operations);
}
