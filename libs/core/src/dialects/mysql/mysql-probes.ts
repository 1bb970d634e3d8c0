import type { Column } from '../../schema/schema-model.js';
import type { Probe, ProbeTable } from '../common/canonical-slots.js';
import type { Connection } from '../common/connection.js';
import { words } from '../common/ddl-clauses.js';
import type { Definitions } from './mysql-definition.js';
import { readDefinitions } from './mysql-definition.js';
import { mysqlQuoting } from './mysql-quoting.js';
import { spellView } from './mysql-probe-views.js';
import { canonicalType } from './mysql-types.js';

const { identifier } = mysqlQuoting;

/** Name of the temporary tables, and of what is asked about in them. */
const PROBE = 'alembic_probe';

/**
 * Asks the server how it spells each text, by a temporary table for each that is another: making one commits nothing. What the
 * server refuses has no answer; null means that it stores nothing (DEFAULT NULL).
 *
 * @param onDenied is called for a view that must not be made; the others are asked about all the same
 * @throws what the driver throws where no temporary table may be made
 */
export async function askProbes(
  connection: Connection,
  probes: readonly Probe[],
  onDenied: () => void,
): Promise<ReadonlyMap<Probe, string | null>> {
  const answers = new Map<Probe, string | null>();
  const made = new Map<string, Definitions | undefined>();
  for (const probe of probes) {
    if (probe.kind === 'view') {
      const text = await viewText(connection, probe.text, onDenied);
      if (text !== undefined) answers.set(probe, text);
      continue;
    }
    const body = bodyOf(probe);
    if (body === undefined) continue;
    if (!made.has(body)) made.set(body, await make(connection, body));
    const definitions = made.get(body);
    const answer = definitions && answerOf(probe, definitions);
    if (answer !== undefined) answers.set(probe, answer);
  }
  return answers;
}

async function make(connection: Connection, body: string): Promise<Definitions | undefined> {
  const table = identifier(PROBE);
  try {
    const results = await connection.script(
      [
        `DROP TEMPORARY TABLE IF EXISTS ${table}`,
        `CREATE TEMPORARY TABLE ${table} (${body})`,
        `SHOW CREATE TABLE ${table}`,
        `DROP TEMPORARY TABLE ${table}`,
      ].join(';\n'),
    );
    const text = results[2]?.rows[0]?.['Create Table'];
    return typeof text === 'string' ? readDefinitions(text) : undefined;
  } catch (error) {
    if (isRefusal(error)) return undefined;
    throw error;
  }
}

/** Undefined where the server refuses the text; `onDenied` is told where it does not say how it spells it. */
async function viewText(
  connection: Connection,
  text: string,
  onDenied: () => void,
): Promise<string | undefined> {
  try {
    const spelled = await spellView(connection, text);
    if (spelled === undefined) onDenied();
    return spelled;
  } catch (error) {
    if (isDenied(error)) onDenied();
    else if (!isRefusal(error)) throw error;
    return undefined;
  }
}

/** What the server says of a text that it does not take, but not of a right that is missing. */
const isRefusal = (error: unknown): boolean => {
  const number = (error as { readonly errno?: unknown }).errno;
  return typeof number === 'number' && number > 0 && !DENIED.has(number);
};

/** No right to make temporary tables, or a server that takes no writes. */
const DENIED = new Set([1044, 1142, 1227, 1290, 1792]);

/** True for an error that says that no probe can be made at all. */
export const isDenied = (error: unknown): boolean =>
  DENIED.has((error as { readonly errno?: number }).errno ?? 0);

/** The body of the table that a probe is made in; undefined where nobody can be asked. */
function bodyOf(probe: Probe): string | undefined {
  switch (probe.kind) {
    case 'type':
      return `${identifier(PROBE)} ${probe.text}`;
    case 'default':
      return words(`${identifier(PROBE)} ${probe.type} NULL`, `DEFAULT ${probe.text}`);
    case 'generated':
      return withColumns(
        probe,
        `${identifier(PROBE)} ${probe.type} GENERATED ALWAYS AS (${probe.text}) VIRTUAL`,
      );
    case 'check':
      return withColumns(probe, `CONSTRAINT ${identifier(PROBE)} CHECK (${probe.text})`);
    default:
      return undefined;
  }
}

/**
 * Those that the text may read are enough, and let tables that say the same share an answer. A column that is generated is a plain
 * one here: texts may read it all the same.
 */
function withColumns(
  { table: { columns }, text }: { readonly table: ProbeTable; readonly text: string },
  last: string,
): string | undefined {
  if (columns === undefined) return undefined;
  return [...columns.filter(({ name }) => mayName(text, name)).map(plainColumn), last].join(', ');
}

/** Beyond ASCII the server knows which letters are one, and a backtick in a name is written twice: such names stay. */
function mayName(text: string, name: string): boolean {
  if (BEYOND_ASCII.test(text) || /[^\x20-\x7e]|`/.test(name)) return true;
  return text.toLowerCase().includes(name.toLowerCase());
}

const BEYOND_ASCII = /[\u0080-\uffff]/;

const plainColumn = ({ name, type, collation }: Column): string =>
  words(identifier(name), type, collation !== undefined && `COLLATE ${collation}`, 'NULL');

function answerOf(probe: Probe, { columns, checks }: Definitions): string | null | undefined {
  const column = columns.get(PROBE);
  switch (probe.kind) {
    case 'type':
      return column && typeOf(probe.text, column.type);
    case 'default':
      return column && (column.default ?? null);
    case 'generated':
      return column?.generated;
    case 'check':
      return checks.get(PROBE);
    default:
      return undefined;
  }
}

/** JSON comes back as what it is an alias of. */
const typeOf = (asked: string, answered: string): string =>
  canonicalType(asked) === 'json' ? 'json' : canonicalType(answered);
