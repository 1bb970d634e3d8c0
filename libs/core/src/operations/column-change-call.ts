import type { CallOptions } from './call-arguments.js';
import { generatedOptions, identityOption } from './call-arguments.js';
import type { ColumnAttributes } from './column-operations.js';
import type { CallArgument } from './operation-call.js';
import { textCode, valueCode } from './operation-call.js';

/** The attributes of a column as `op.alterColumn` takes them: keys that are not named are not said. */
export function attributesArgument(attributes: ColumnAttributes): CallOptions {
  const { type, nullable, generated, identity, autoIncrement } = attributes;
  const { collation, charset, onUpdate, invisible, storage, compression, comment } = attributes;
  const said: CallOptions = {
    type,
    nullable,
    default: attributes.default && valueCode(attributes.default),
    ...generatedOptions(generated),
    identity: identity && identityOption(identity),
    autoIncrement: autoIncrement === null ? false : autoIncrement,
    collation,
    charset,
    onUpdate: typeof onUpdate === 'string' ? textCode(onUpdate) : onUpdate,
    invisible: invisible === null ? false : invisible,
    storage,
    compression,
    comment,
  };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => isSaid(value)));
}

const isSaid = (value: CallArgument): boolean => value !== undefined;
