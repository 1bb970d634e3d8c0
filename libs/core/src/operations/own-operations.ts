import type { OwnOperation } from './own/own-operation.js';
import { defineOperation } from './operation-definition.js';

/** Definition of {@link OwnOperation}: each brings its own. */
export const own = defineOperation<OwnOperation>({
  describe: ({ definition, data }) => definition.describe(data),
  reverse: ({ definition, data }) => definition.reverse(data),
  apply: ({ definition, data }, model) => definition.apply(data, model),
  toCall: ({ definition, data }) => definition.toCall(data),
  effects: ({ definition, data }) => definition.effects(data),
  transactionClass: ({ definition, data }, capabilities) =>
    definition.transactionClass(data, capabilities),
  isDestructive: ({ definition, data }) => definition.isDestructive(data),
});
