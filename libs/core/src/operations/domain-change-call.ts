import { call, schemaOption } from './call-arguments.js';
import type { AlterDomain, DomainAttributes } from './domain-operations.js';
import type { CallArgument, OperationCall } from './operation-call.js';
import { textCode, valueCode } from './operation-call.js';

/** The call that makes a change of a domain. */
export function domainChangeCall({ name, change }: AlterDomain): OperationCall {
  const place = schemaOption(name);
  switch (change.type) {
    case 'attributes':
      return call('alterDomain', name.name, attributes(change.to), {
        from: change.from && attributes(change.from),
        ...place,
      });
    case 'addCheck': {
      const { name: check, expression, notValid, comment } = change.check;
      return call('addDomainCheck', name.name, textCode(expression), {
        name: check,
        notValid,
        comment,
        ...place,
      });
    }
    case 'dropCheck':
      return call('dropDomainCheck', name.name, change.name, {
        ifExists: change.ifExists,
        ...place,
      });
    case 'validateCheck':
      return call('validateDomainCheck', name.name, change.name, place);
    case 'renameCheck':
      return call('renameDomainCheck', name.name, change.from, change.to, place);
  }
}

/** Keys that are not there are not said; `default: null` is said, as it drops the default. */
function attributes({ default: value, notNull }: DomainAttributes): CallArgument {
  const sql = typeof value === 'string' ? valueCode(value) : value;
  return {
    ...(sql !== undefined && { default: sql }),
    ...(notNull !== undefined && { notNull }),
  };
}
