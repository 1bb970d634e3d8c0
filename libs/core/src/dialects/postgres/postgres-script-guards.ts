import type { ObjectName } from '../../schema/object-name.js';
import type { GuardedRevision, GuardedStep, ScriptGuards } from '../common/script-guards.js';
import { isAtBeginning, isElsewhere } from '../common/version-sql.js';
import { postgresQuoting } from './postgres-quoting.js';

const { identifier, literal, qualified } = postgresQuoting;

/** Guards as DO blocks, which every client can send; so nothing in them can leave the transaction. */
export const postgresScriptGuards: ScriptGuards = Object.freeze<ScriptGuards>({
  begin: (versionTable, beginning) => [
    block(
      failIf(
        `NOT (${isAtBeginning(postgresQuoting, versionTable, beginning)})`,
        isElsewhere(beginning),
      ),
    ),
  ],
  open,
  step,
  close: (versionTable) => [`DROP TABLE ${appliedOf(versionTable)}`],
});

const appliedOf = ({ name }: ObjectName): string => `pg_temp.${identifier(`${name}_applied`)}`;

function open(versionTable: ObjectName, revisions: readonly GuardedRevision[]): readonly string[] {
  const applied = appliedOf(versionTable);
  const edges = revisions.flatMap(({ revision, parents }) =>
    (parents.length === 0 ? [null] : parents).map(
      (parent) => `(${literal(revision)}, ${parent === null ? 'NULL::text' : literal(parent)})`,
    ),
  );
  return [
    `CREATE TEMPORARY TABLE ${identifier(`${versionTable.name}_applied`)} (revision text PRIMARY KEY)`,
    `INSERT INTO ${applied}
WITH RECURSIVE known (revision, parent) AS (VALUES
  ${edges.join(',\n  ')}
), applied (revision) AS (
  SELECT version_num::text FROM ${qualified(versionTable)}
  UNION
  SELECT known.parent FROM known JOIN applied ON applied.revision = known.revision
  WHERE known.parent IS NOT NULL
)
SELECT revision FROM applied`,
    block(
      failIf(
        `EXISTS (SELECT FROM ${qualified(versionTable)} WHERE version_num NOT IN (${revisions.map(({ revision }) => literal(revision)).join(', ')}))`,
        `${displayed(versionTable)} holds a revision that this script does not know`,
      ),
    ),
  ];
}

function step(versionTable: ObjectName, guarded: GuardedStep): string {
  const isApplied = applied(versionTable, guarded.revision);
  return guarded.direction === 'upgrade'
    ? block(
        `  IF ${isApplied} THEN RETURN; END IF;`,
        ...missingParents(versionTable, guarded),
        ...guarded.statements.map(execute),
        ...arrive(versionTable, guarded),
      )
    : block(
        `  IF NOT ${isApplied} THEN RETURN; END IF;`,
        failIf(
          `NOT EXISTS (SELECT FROM ${qualified(versionTable)} WHERE version_num = ${literal(guarded.revision)})`,
          `revision ${guarded.revision} cannot be taken back: one that comes after it is applied`,
        ),
        ...guarded.statements.map(execute),
        ...goBack(versionTable, guarded),
      );
}

const missingParents = (versionTable: ObjectName, { revision, parents }: GuardedStep) =>
  parents.map((parent) =>
    failIf(
      `NOT ${applied(versionTable, parent)}`,
      `revision ${revision} cannot be applied: ${parent} is not`,
    ),
  );

const arrive = (versionTable: ObjectName, { revision, parents }: GuardedStep) => [
  ...parents.map(
    (parent) => `  DELETE FROM ${qualified(versionTable)} WHERE version_num = ${literal(parent)};`,
  ),
  `  INSERT INTO ${qualified(versionTable)} (version_num) VALUES (${literal(revision)});`,
  `  INSERT INTO ${appliedOf(versionTable)} VALUES (${literal(revision)});`,
];

const goBack = (versionTable: ObjectName, { revision, parents, siblings }: GuardedStep) => [
  `  DELETE FROM ${qualified(versionTable)} WHERE version_num = ${literal(revision)};`,
  `  DELETE FROM ${appliedOf(versionTable)} WHERE revision = ${literal(revision)};`,
  ...parents.map((parent) => {
    const others = siblings.get(parent) ?? [];
    const insert = `INSERT INTO ${qualified(versionTable)} (version_num) VALUES (${literal(parent)});`;
    return others.length === 0
      ? `  ${insert}`
      : `  IF NOT ${applied(versionTable, ...others)} THEN ${insert} END IF;`;
  }),
];

const applied = (versionTable: ObjectName, ...revisions: readonly string[]): string =>
  `EXISTS (SELECT FROM ${appliedOf(versionTable)} WHERE revision IN (${revisions.map(literal).join(', ')}))`;

/** Planned when it is reached, so that it can name what the one before it has made. */
const execute = (statement: string): string => `  EXECUTE ${literal(statement)};`;

const failIf = (condition: string, message: string): string =>
  `  IF ${condition} THEN RAISE EXCEPTION USING MESSAGE = ${literal(message)}; END IF;`;

const displayed = ({ schema, name }: ObjectName): string =>
  schema === null ? name : `${schema}.${name}`;

/** The tag is one that the body does not have. */
function block(...lines: readonly string[]): string {
  const body = lines.join('\n');
  let tag = '$alembic$';
  for (let number = 1; body.includes(tag); number += 1) tag = `$alembic${number}$`;
  return `DO ${tag}\nBEGIN\n${body}\nEND\n${tag}`;
}
