import { MigrationError } from '../../errors/migration-error.js';
import { compareText, sameName } from '../../schema/object-name.js';
import type { ObjectName } from '../../schema/object-name.js';
import type { SchemaModel, Table, View } from '../../schema/schema-model.js';
import type { Trigger } from '../../schema/server-objects.js';
import type { Connection } from '../common/connection.js';
import { markOf } from '../common/object-texts.js';
import type {
  MadeObjects,
  ObjectRequest,
  ObjectStatement,
  ObjectText,
} from '../common/object-texts.js';
import { parseCreateTrigger, parseCreateView } from './sqlite-parse-objects.js';
import { formOf } from './sqlite-same-text.js';
import { splitStatements } from './sqlite-split.js';
import { isKeyword, isSameName, nameIn, wordsOf } from './sqlite-tokens.js';

/** The statements of registered texts, with what each makes: see `Dialect.readObjectTexts`. */
export function readObjectTexts(texts: readonly ObjectText[]): readonly ObjectStatement[] {
  return texts.flatMap(({ source, text }) => {
    const statements = splitStatements(text);
    if (statements.length === 0) throw notRegistrable(source, text);
    return statements.map((sql): ObjectStatement => {
      const words = wordsOf(sql);
      if (isKeyword(words[0], 'CREATE') && isKeyword(words[1], 'VIEW')) {
        const { name } = parseCreateView(sql);
        return { source, sql, head: { kind: 'view', name: named(name), materialized: false } };
      }
      if (isKeyword(words[0], 'CREATE') && isKeyword(words[1], 'TRIGGER')) {
        const { table, trigger } = parseCreateTrigger(sql);
        return { source, sql, head: { kind: 'trigger', table: named(table), name: trigger.name } };
      }
      throw notRegistrable(source, sql);
    });
  });
}

const named = (name: string): ObjectName => ({ schema: null, name });

function notRegistrable(source: string, sql: string): MigrationError {
  return new MigrationError('E3016', {
    problem: `${source} of the option "objects" has a statement that makes neither a view nor a trigger: ${sql.slice(0, 60)}`,
    advice:
      'On SQLite these two can be registered, each by a CREATE statement of its own. Write all else into a revision.',
    facts: { source, statement: sql },
  });
}

/**
 * The model with the registered objects: see `Dialect.makeObjects`. Nothing has to be made, since SQLite keeps a statement as it was
 * written: what means the same as what is there is spelled as it is there.
 */
export async function makeSqliteObjects(
  _connection: Connection,
  { statements, current, target }: ObjectRequest,
): Promise<MadeObjects> {
  refuseTwice(statements);
  const views = statements.flatMap((one) => viewOf(one, current));
  const withViews: SchemaModel = {
    ...target,
    views: [
      ...target.views.filter((view) => !views.some((one) => sameName(one, view))),
      ...views,
    ].sort((left, right) => compareText(left.name, right.name)),
  };
  const owner = <T extends Table | View>(object: T): T => ({
    ...object,
    triggers: triggersOf(object, statements, current),
  });
  return {
    target: {
      ...withViews,
      tables: withViews.tables.map(owner),
      views: withViews.views.map(owner),
    },
    replaceable: new Set(),
    unverified: false,
  };
}

function viewOf({ sql, head, source }: ObjectStatement, current: SchemaModel): readonly View[] {
  if (head.kind !== 'view') return [];
  const { definition, columns } = parseCreateView(sql);
  const there = current.views.find((view) => isSameName(view.name, head.name.name));
  const isSame = there !== undefined && formOf(there.definition) === formOf(definition);
  const others = new Set(wordsOf(definition).map((token) => nameIn(token)));
  return [
    {
      ...head.name,
      definition: isSame ? there.definition : definition,
      materialized: false,
      dependsOn: current.views
        .filter(({ name }) => others.has(name) && name !== head.name.name)
        .map(({ name }) => named(name)),
      indexes: [],
      ...(columns && { columns }),
      entity: markOf(source),
    },
  ];
}

function triggersOf(
  { name }: ObjectName,
  statements: readonly ObjectStatement[],
  current: SchemaModel,
): readonly Trigger[] {
  const there = [...current.tables, ...current.views].find((one) => isSameName(one.name, name));
  const own = statements.flatMap(({ sql, head, source }): readonly Trigger[] => {
    if (head.kind !== 'trigger' || !isSameName(head.table.name, name)) return [];
    const { trigger } = parseCreateTrigger(sql);
    const before = there?.triggers?.find((one) => isSameName(one.name, trigger.name));
    return [
      { ...(before && sameTrigger(before, trigger) ? before : trigger), entity: markOf(source) },
    ];
  });
  return [...own].sort((left, right) => compareText(left.name, right.name));
}

/** Texts that mean the same, in all else equal parts. */
function sameTrigger(left: Trigger, right: Trigger): boolean {
  const form = ({ when, execute, ...rest }: Trigger): string =>
    JSON.stringify([rest, when && formOf(when), formOf(execute)], (key, value: unknown) =>
      key === 'entity' ? undefined : value,
    );
  return form(left) === form(right);
}

function refuseTwice(statements: readonly ObjectStatement[]): void {
  const seen = new Set<string>();
  for (const { source, head } of statements) {
    const name = 'name' in head && typeof head.name !== 'string' ? head.name.name : undefined;
    const key = `${head.kind} ${(name ?? ('name' in head ? String(head.name) : '')).toLowerCase()}`;
    if (seen.has(key))
      throw new MigrationError('E3002', {
        problem: `${source} of the option "objects" makes the ${key} a second time`,
        advice: 'Give each its own name.',
        facts: { source },
      });
    seen.add(key);
  }
}
