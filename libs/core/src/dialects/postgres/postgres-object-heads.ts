import { MigrationError } from '../../errors/migration-error.js';
import type { ObjectName } from '../../schema/object-name.js';
import type { ObjectHead, ObjectStatement, ObjectText } from '../common/object-texts.js';
import { commentTarget, saysOfOwn } from './postgres-object-parts.js';
import { enclose } from '../common/quoting.js';
import { splitStatements } from './postgres-split.js';
import { WordReader } from './postgres-words.js';

/**
 * The statements of registered texts, with what each makes. Names without a schema are of the default one. Pure.
 * @throws MigrationError E3016 for a statement that makes nothing that can be registered, or says more of what none makes
 */
export function readObjectTexts(
  texts: readonly ObjectText[],
  defaultSchema: string,
): readonly ObjectStatement[] {
  const read = texts.flatMap(({ source, text }) => {
    const statements = splitStatements(text);
    if (statements.length === 0) throw nothingIn(source);
    return statements.map((sql): ObjectStatement => {
      const head = headOf(sql, defaultSchema);
      if (head === undefined) throw notRegistrable(source, sql);
      return { source, sql, head };
    });
  });
  const heads = read.map(({ head }) => head);
  const stray = read.find(({ head }) => !saysOfOwn(head, heads));
  if (stray) throw notRegistrable(stray.source, stray.sql);
  return read;
}

const nothingIn = (source: string): MigrationError =>
  new MigrationError('E3016', {
    problem: `${source} of the option "objects" holds no SQL statement`,
    advice: 'Write the CREATE statement into it, or take it out of the list.',
    facts: { source },
  });

function notRegistrable(source: string, sql: string): MigrationError {
  const [line = ''] = sql.split('\n');
  const beginning = line.length > 60 ? `${line.slice(0, 60)}…` : line;
  return new MigrationError('E3016', {
    problem: `${source} of the option "objects" has a statement that makes no object of a kind that can be registered, nor says more of one of the list: ${beginning}`,
    advice:
      'Views, functions, procedures, triggers, policies, extensions, domains, enums and sequences can be registered, with comments on them, indexes of registered materialized views, ENABLE or DISABLE of registered triggers, and ENABLE ROW LEVEL SECURITY, each as a statement of its own. Write all else into a revision.',
    facts: { source, statement: sql },
  });
}

function headOf(sql: string, defaultSchema: string): ObjectHead | undefined {
  const head = readHead(new WordReader(sql));
  return head && inDefaultSchema(head, defaultSchema);
}

function readHead(words: WordReader): ObjectHead | undefined {
  if (words.take('create')) return createHead(words);
  if (words.take('comment', 'on')) return commentHead(words);
  return words.take('alter', 'table') ? alterTableHead(words) : undefined;
}

/**
 * The same statement for an object of that name in another schema; of a trigger, policy or index that is the schema of its table.
 * What the rest of the text names stays. Not for extensions.
 */
export function moveStatement(statement: ObjectStatement, schema: string): ObjectStatement {
  const { sql, head } = statement;
  const words = new WordReader(sql);
  readHead(words);
  const [start, end] = words.qualifiedAt ?? [0, 0];
  const { name } = ownerOf(head);
  return {
    ...statement,
    sql: `${sql.slice(0, start)}${enclose(schema, '"')}.${enclose(name, '"')}${sql.slice(end)}`,
    head: movedHead(head, schema),
  };
}

function ownerOf(head: ObjectHead): ObjectName {
  if (head.kind === 'comment') return head.on.table ?? head.on.name;
  if ('table' in head) return head.table;
  return typeof head.name === 'string' ? { schema: null, name: head.name } : head.name;
}

function movedHead(head: ObjectHead, schema: string): ObjectHead {
  if ('table' in head) return { ...head, table: { ...head.table, schema } };
  return 'name' in head && typeof head.name !== 'string'
    ? ({ ...head, name: { ...head.name, schema } } as ObjectHead)
    : head;
}

function inDefaultSchema(head: ObjectHead, defaultSchema: string): ObjectHead {
  const fold = (name: ObjectName): ObjectName =>
    name.schema === defaultSchema ? { schema: null, name: name.name } : name;
  if (head.kind === 'comment') {
    const { on } = head;
    const table = on.table && { table: fold(on.table) };
    return { kind: 'comment', on: { ...on, name: fold(on.name), ...table } };
  }
  if ('table' in head) return { ...head, table: fold(head.table) } as ObjectHead;
  if (head.kind === 'extension') {
    const { schema, ...rest } = head;
    return schema === undefined || schema === defaultSchema ? rest : head;
  }
  return 'name' in head && typeof head.name !== 'string'
    ? ({ ...head, name: fold(head.name) } as ObjectHead)
    : head;
}

function commentHead(words: WordReader): ObjectHead | undefined {
  const on = commentTarget(words);
  return on && { kind: 'comment', on };
}

/** What stands after CREATE. */
function createHead(words: WordReader): ObjectHead | undefined {
  words.take('or', 'replace');
  return CREATIONS.find(([noun]) => words.take(...noun))?.[1](words);
}

type ReadHead = (words: WordReader) => ObjectHead | undefined;

const CREATIONS: readonly (readonly [noun: readonly string[], read: ReadHead])[] = [
  [['materialized', 'view'], (words) => viewHead(words, true)],
  [['recursive', 'view'], (words) => viewHead(words, false)],
  [['view'], (words) => viewHead(words, false)],
  [['function'], (words) => routineHead(words, 'function')],
  [['procedure'], (words) => routineHead(words, 'procedure')],
  [['constraint', 'trigger'], (words) => memberHead(words, 'trigger')],
  [['trigger'], (words) => memberHead(words, 'trigger')],
  [['policy'], (words) => memberHead(words, 'policy')],
  [['extension'], extensionHead],
  [['domain'], (words) => namedHead(words, 'domain')],
  [['sequence'], (words) => namedHead(words, 'sequence')],
  [['type'], enumHead],
  [['unique', 'index'], indexHead],
  [['index'], indexHead],
];

function viewHead(words: WordReader, materialized: boolean): ObjectHead | undefined {
  words.take('if', 'not', 'exists');
  const name = words.qualified();
  return name && { kind: 'view', name, materialized };
}

function routineHead(words: WordReader, type: 'function' | 'procedure'): ObjectHead | undefined {
  const name = words.qualified();
  return name && { kind: 'routine', name, type };
}

function memberHead(words: WordReader, kind: 'trigger' | 'policy'): ObjectHead | undefined {
  const name = words.name();
  // Columns of `UPDATE OF` come before; one that is named "on" is quoted.
  const table = words.skipPast('on') ? words.qualified() : undefined;
  return name === undefined || !table ? undefined : { kind, table, name };
}

function namedHead(words: WordReader, kind: 'domain' | 'sequence'): ObjectHead | undefined {
  words.take('if', 'not', 'exists');
  const name = words.qualified();
  return name && { kind, name };
}

function enumHead(words: WordReader): ObjectHead | undefined {
  const name = words.qualified();
  return name && words.take('as', 'enum') ? { kind: 'enum', name } : undefined;
}

function extensionHead(words: WordReader): ObjectHead | undefined {
  words.take('if', 'not', 'exists');
  const name = words.name();
  if (name === undefined) return undefined;
  words.take('with');
  const said: { schema?: string; version?: string } = {};
  for (;;) {
    if (words.take('schema')) said.schema = words.name() ?? '';
    else if (words.take('version')) said.version = words.textOrName() ?? '';
    else if (!words.take('cascade')) break;
  }
  return { kind: 'extension', name, ...said };
}

function indexHead(words: WordReader): ObjectHead | undefined {
  if (words.take('concurrently')) return undefined;
  words.take('if', 'not', 'exists');
  const index = words.next === 'on' ? undefined : words.name();
  const table = words.skipPast('on') ? words.qualified() : undefined;
  return table && { kind: 'index', table, ...(index !== undefined && { index }) };
}

/** What stands after ALTER TABLE. */
function alterTableHead(words: WordReader): ObjectHead | undefined {
  words.take('only');
  const table = words.qualified();
  if (!table) return undefined;
  const isForced = words.take('force') || words.take('no', 'force');
  if (!isForced && !words.take('enable') && !words.take('disable')) return undefined;
  const head = words.take('row', 'level', 'security')
    ? ({ kind: 'rowSecurity', table } as const)
    : isForced
      ? undefined
      : triggerStateHead(words, table);
  // What follows a comma would be run as well, and be forgotten.
  return words.next === '' ? head : undefined;
}

function triggerStateHead(words: WordReader, table: ObjectName): ObjectHead | undefined {
  if (!words.take('replica')) words.take('always');
  const trigger = words.take('trigger') ? words.name() : undefined;
  return trigger === undefined ? undefined : { kind: 'triggerState', table, trigger };
}
