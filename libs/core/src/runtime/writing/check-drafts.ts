import type { DraftedRevision } from '../../autogenerate/drafted-revision.js';
import { MigrationError } from '../../errors/migration-error.js';
import { OPERATION_KINDS, callsOf } from '../../operations/operation-definitions.js';
import type { Operation, OperationKind } from '../../operations/operation.js';
import { isImportLine } from '../../render/code-of-items.js';
import type { OptionRule } from '../options/check-options.js';
import { checkOptions } from '../options/check-options.js';
import { isArrayOf, isRecord, isText, texts, yesOrNo } from '../options/common-rules.js';

/**
 * What a directive returned, if it is a list of drafts.
 * @param environments names of those that the revisions are for, their own first
 * @throws MigrationError E9002 for what is no draft, E9003 for a member that drafts do not have
 */
export function checkDrafts(
  returned: unknown,
  environments: readonly string[],
): readonly DraftedRevision[] {
  if (returned === null) return [];
  if (!Array.isArray(returned)) throw noDrafts(returned);
  return returned.map((draft, place) => {
    const where = `draft ${place + 1} that processRevisionDirectives returned`;
    const checked = checkOptions(draft, DRAFT_RULES, where) as unknown as DraftedRevision;
    const named = [checked, ...checked.others].map(({ environment }) => environment);
    if (named.join('\n') !== environments.join('\n')) throw otherEnvironments(named, environments);
    for (const changes of [checked, ...checked.others])
      for (const operation of [...changes.upgrade, ...(changes.downgrade ?? [])])
        assertComplete(operation, where);
    // A member that is left out or undefined means the same.
    return { ...checked, versionPath: checked.versionPath };
  });
}

const operations: OptionRule = {
  expected: 'an array of operations',
  accepts: (value) => isArrayOf(value, isOperation),
};
const changes = {
  environment: { expected: 'the name of an environment', accepts: isText, required: true },
  upgrade: { ...operations, required: true },
  downgrade: operations,
} as const;
const required = (rule: OptionRule): OptionRule => ({ ...rule, required: true });

const DRAFT_RULES: { readonly [Name in keyof Required<DraftedRevision>]: OptionRule } = {
  ...changes,
  revisionId: { expected: 'a text', accepts: isString, required: true },
  message: { expected: 'a text', accepts: isString, required: true },
  head: required({
    expected: 'an array with at least one target',
    accepts: (value) => isArrayOf(value, isText) && (value as unknown[]).length > 0,
  }),
  splice: required(yesOrNo),
  branchLabels: required(texts),
  versionPath: { expected: 'a path, or undefined', accepts: isText },
  dependsOn: required(texts),
  imports: {
    expected: "an array of import declarations, such as `import { regions } from '../regions.js';`",
    accepts: (value) => isArrayOf(value, isImportLine),
    required: true,
  },
  others: {
    expected: 'an array of what the revision does in the other environments',
    accepts: (value) => isArrayOf(value, isRecord),
    examine: (others: readonly unknown[], place: string) =>
      others.forEach((other) => checkOptions(other, changes, place)),
    required: true,
  },
};

function isString(value: unknown): boolean {
  return typeof value === 'string';
}

const isOperation = (value: unknown): boolean =>
  isRecord(value) && OPERATION_KINDS.includes(value['kind'] as OperationKind);

/** An operation without its parts would fail when the file is rendered, without saying whose fault it is. */
function assertComplete(operation: Operation, where: string): void {
  try {
    callsOf(operation);
  } catch (error) {
    throw new MigrationError('E9002', {
      problem: `${where} has an operation "${operation.kind}" that is not complete`,
      advice:
        'Nothing was written. Give it all that its type asks for; TypeScript tells what that is.',
      facts: { option: 'processRevisionDirectives', kind: operation.kind },
      cause: error,
    });
  }
}

const noDrafts = (returned: unknown): MigrationError =>
  new MigrationError('E9002', {
    problem: `processRevisionDirectives returned ${returned === undefined ? 'nothing' : 'something that is no list of drafts'}`,
    advice:
      'Nothing was written. Return the drafts that it was handed, or others; an empty list or null writes nothing.',
    facts: { option: 'processRevisionDirectives' },
  });

const otherEnvironments = (
  named: readonly string[],
  environments: readonly string[],
): MigrationError =>
  new MigrationError('E9002', {
    problem: `a draft that processRevisionDirectives returned is for ${named.join(', ')} and not for ${environments.join(', ')}`,
    advice:
      'Nothing was written. Leave the names of the environments, and their order, as they were handed.',
    facts: { option: 'processRevisionDirectives', environments: named },
  });
