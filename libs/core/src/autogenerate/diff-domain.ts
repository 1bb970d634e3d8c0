import type { DomainAttributes, DomainChange } from '../operations/domain-operations.js';
import type { Operation } from '../operations/operation.js';
import { displayName } from '../schema/object-name.js';
import type { CheckConstraint } from '../schema/schema-model.js';
import type { Domain } from '../schema/server-objects.js';
import { type DiffPart, NO_DIFFERENCE, joinParts, operationsPart } from './diff-part.js';

interface DomainPair {
  readonly current: Domain;
  readonly target: Domain;
}

/** Changes of a domain in place; another base type is a question, as no server has an ALTER for it. */
export function diffDomain(pair: DomainPair): DiffPart {
  const { current, target } = pair;
  const changes = [...attributeChanges(pair), ...checkChanges(pair)];
  const name = { schema: target.schema, name: target.name };
  const operations = changes.map((change): Operation => ({ kind: 'alterDomain', name, change }));
  const sameType = current.type === target.type && current.collation === target.collation;
  return joinParts([operationsPart(...operations), sameType ? NO_DIFFERENCE : typeQuestion(pair)]);
}

function typeQuestion({ current, target }: DomainPair): DiffPart {
  const name = displayName(target);
  return {
    ...NO_DIFFERENCE,
    questions: [
      {
        id: `domain-type:${name}`,
        kind: 'no-cast',
        choices: [],
        text: `domain ${name} is over ${current.type} and shall be over ${target.type}: that needs a new domain, and its columns moved to it. Write it by hand.`,
      },
    ],
  };
}

function attributeChanges({ current, target }: DomainPair): readonly DomainChange[] {
  const isDefaultSame = current.default === target.default;
  const isNullSame = current.notNull === target.notNull;
  if (isDefaultSame && isNullSame) return [];
  const pick = (domain: Domain): DomainAttributes => ({
    ...(!isDefaultSame && { default: domain.default ?? null }),
    ...(!isNullSame && { notNull: domain.notNull ?? false }),
  });
  return [{ type: 'attributes', from: pick(current), to: pick(target) }];
}

/** Checks by name; one without a name is as good as one of the same text. */
function checkChanges({ current, target }: DomainPair): readonly DomainChange[] {
  const isSame = (left: CheckConstraint, right: CheckConstraint): boolean =>
    left.expression === right.expression &&
    (left.name === undefined || right.name === undefined || left.name === right.name);
  const gone = current.checks.filter((check) => !target.checks.some((one) => isSame(one, check)));
  const added = target.checks.filter((check) => !current.checks.some((one) => isSame(one, check)));
  const proven = target.checks.filter(
    (check) => !check.notValid && current.checks.some((one) => isSame(one, check) && one.notValid),
  );
  return [
    ...gone.map((check): DomainChange => {
      return { type: 'dropCheck', name: check.name ?? '', dropped: check };
    }),
    ...added.map((check): DomainChange => ({ type: 'addCheck', check })),
    ...proven.flatMap(({ name }): DomainChange[] =>
      name === undefined ? [] : [{ type: 'validateCheck', name }],
    ),
  ];
}
