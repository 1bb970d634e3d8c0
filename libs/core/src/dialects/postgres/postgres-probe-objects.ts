import { assertNever } from '../../errors/assert-never.js';
import type { Column } from '../../schema/schema-model.js';
import type { Probe, ProbeTable } from '../common/canonical-slots.js';
import { enclose } from '../common/quoting.js';

/** A probe and the name that its column, constraint or view gets. */
export interface NamedProbe {
  readonly name: string;
  readonly probe: Probe;
}

/** Probes with the same key have the same answer: their texts and the columns that are in sight are equal. */
export function probeKey(probe: Probe): string {
  if (!('table' in probe)) return JSON.stringify(probe);
  const { table, ...rest } = probe;
  const sight = table.columns ? columnsInSight(probe).map(columnSql) : [table.schema, table.name];
  return JSON.stringify([rest, sight]);
}

/** All names and types in a probe as one text. */
export function wordsOf(probe: Probe): string {
  const types = columnsInSight(probe).map(({ type }) => type);
  return [probe.text, 'type' in probe ? probe.type : '', ...types].join('\n');
}

/** Statements that make all the probes, on as few temporary objects as their columns allow. */
export function probeStatements(probes: readonly NamedProbe[]): readonly string[] {
  const packs: Pack[] = [];
  const single: string[] = [];
  for (const named of probes) {
    if (needsOwnObject(named.probe)) single.push(ownObject(named));
    else addToPack(packs, named);
  }
  return [...packs.map(packSql), ...single];
}

/**
 * The statement that makes a probe on a table of the real name with all its columns: for texts that name the table
 * (`CHECK (account.age > 0)`). Undefined for probes of other kinds.
 */
export function namesakeStatement({ name, probe }: NamedProbe): string | undefined {
  if (!('table' in probe) || !probe.table.columns) return undefined;
  const lines = [...probe.table.columns.map(columnSql), tableElement({ name, probe })];
  return `CREATE TEMPORARY TABLE ${quoted(probe.table.name)} (\n${lines.join(',\n')}\n)`;
}

/** Far below the server's limit of 1,600 columns, and short enough to be halved quickly when one probe fails. */
const MOST_LINES = 500;

/** A temporary table in the making. */
interface Pack {
  readonly name: string;
  /** The columns that expressions use, by name. */
  readonly columns: Map<string, string>;
  readonly elements: string[];
}

/** A table holds what many tables have, as long as none of their columns in sight has the same name and another type. */
function addToPack(packs: Pack[], named: NamedProbe): void {
  const columns = columnsInSight(named.probe).map(
    (column) => [column.name, columnSql(column)] as const,
  );
  let pack = packs.find((candidate) => fits(candidate, columns));
  if (!pack) {
    pack = { name: `${named.name}_table`, columns: new Map(), elements: [] };
    packs.push(pack);
  }
  for (const [name, sql] of columns) pack.columns.set(name, sql);
  pack.elements.push(tableElement(named));
}

function fits(pack: Pack, columns: readonly (readonly [string, string])[]): boolean {
  if (pack.columns.size + pack.elements.length + columns.length >= MOST_LINES) return false;
  return columns.every(([name, sql]) => (pack.columns.get(name) ?? sql) === sql);
}

function packSql({ name, columns, elements }: Pack): string {
  return `CREATE TEMPORARY TABLE ${quoted(name)} (\n${[...columns.values(), ...elements].join(',\n')}\n)`;
}

function needsOwnObject(probe: Probe): boolean {
  return probe.kind === 'view' || ('table' in probe && !probe.table.columns);
}

function ownObject(named: NamedProbe): string {
  const { name, probe } = named;
  if (!('table' in probe)) return `CREATE TEMPORARY VIEW ${quoted(name)} AS\n${probe.text}`;
  const lines = [`LIKE ${qualified(probe.table)}`, tableElement(named)];
  return `CREATE TEMPORARY TABLE ${quoted(`${name}_table`)} (\n${lines.join(',\n')}\n)`;
}

/**
 * The line of CREATE TABLE for a probe. A predicate and an index element are spelled as in a check: both come from the
 * same parse tree, and no index has to be built. The line breaks end a comment at the end of a text.
 */
function tableElement({ name, probe }: NamedProbe): string {
  const own = quoted(name);
  switch (probe.kind) {
    case 'type':
      return `${own} ${probe.text}`;
    case 'collation':
      return `${own} ${probe.type}${collate(probe.text)}`;
    case 'default':
      return `${own} ${probe.type}${collate(probe.collation)} DEFAULT (${probe.text}\n)`;
    case 'generated':
      return `${own} ${probe.type} GENERATED ALWAYS AS (${probe.text}\n) STORED`;
    case 'check':
    case 'predicate':
      return `CONSTRAINT ${own} CHECK ((${probe.text}\n))`;
    case 'element':
      return `CONSTRAINT ${own} CHECK (((${probe.text}\n)) IS NOT NULL)`;
    case 'exclusion':
      return `CONSTRAINT ${own} EXCLUDE ${probe.text}`;
    case 'view':
      throw new Error('a view is no element of a table');
    default:
      return assertNever(probe);
  }
}

/** The columns whose names occur in the text; more than those that it uses, never fewer. */
function columnsInSight(probe: Probe): readonly Column[] {
  if (!('table' in probe) || !probe.table.columns) return [];
  const text = probe.text.toLowerCase();
  return probe.table.columns.filter(({ name }) => {
    if (text.includes(name)) return true;
    const written = name.toLowerCase().replaceAll('"', '""');
    return written !== name && text.includes(written);
  });
}

/** A generated column is a plain one here: its expression has a probe of its own. */
function columnSql({ name, type, collation }: Column): string {
  return `${quoted(name)} ${type}${collate(collation)}`;
}

function collate(collation: string | undefined): string {
  if (collation === undefined) return '';
  return ` COLLATE ${collation.startsWith('"') ? collation : quoted(collation)}`;
}

/** Without the limit on length: a name that is too long is no reason to stop asking about the others. */
function quoted(name: string): string {
  return enclose(name, '"');
}

function qualified({ schema, name }: ProbeTable): string {
  return schema === null ? quoted(name) : `${quoted(schema)}.${quoted(name)}`;
}
