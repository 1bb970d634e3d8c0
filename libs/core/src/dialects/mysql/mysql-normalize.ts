import { alikeText, collectSlots, spellTarget } from '../common/canonical-slots.js';
import type { Models, Slot } from '../common/canonical-slots.js';
import type { Connection } from '../common/connection.js';
import type { CanonicalModels } from '../common/dialect.js';
import { resolveSlots } from '../common/resolve-slots.js';
import { FACTS_QUERY } from './mysql-catalog.js';
import type { FactsRow } from './mysql-catalog.js';
import { withPlainTables } from './mysql-plain-tables.js';
import { SET_MODE } from './mysql-prepare.js';
import { dropAbandonedViews } from './mysql-probe-views.js';
import { askProbes, isDenied } from './mysql-probes.js';
import { serverOf } from './mysql-server.js';

/**
 * Spells the texts of the target as the server does, wherever they differ from the current model's: each is made on a temporary
 * table and read back from SHOW CREATE TABLE (design D6). What the server refuses stays as it is written. For the text of a
 * view that differs, a view under a name of ours is made and dropped at once: none can be temporary. Who must not make one compares
 * the texts as they stand, `unverified`.
 */
export async function canonicalizeMysql(
  connection: Connection,
  given: Models,
): Promise<CanonicalModels> {
  const facts = await readFacts(connection);
  const models = { ...given, target: withPlainTables(given, facts) };
  const { current, target } = models;
  const slots = collectSlots(models);
  if (slots.length === 0) return { current, target, unverified: false };
  let unverified = slots.some(isHidden);
  const onDenied = (): void => void (unverified = true);
  const spellings = await inOwnMode(connection, async () => {
    if (slots.some(({ probe }) => probe.kind === 'view')) await dropAbandonedViews(connection);
    return resolveSlots(slots, (probes) => askProbes(connection, probes, onDenied));
  });
  const alike = (isOpen: (slot: Slot) => boolean) =>
    spellTarget(models, (slot) => (isOpen(slot) ? alikeText(slot) : spell(slot)));
  const spell = ({ id, probe }: Slot): string | null => {
    const spelling = spellings?.get(id);
    return spelling === undefined ? probe.text : spelling;
  };
  if (!spellings) return { current, target, unverified: true, alike: alike(() => true) };
  const spelled = { current, target: spellTarget(models, spell), unverified };
  if (!unverified) return spelled;
  return { ...spelled, alike: alike((slot) => isHidden(slot) || !spellings.has(slot.id)) };
}

/** The query of a view is an empty text for who has no SHOW VIEW. */
const isHidden = ({ probe, counterparts }: Slot): boolean =>
  probe.kind === 'view' && counterparts.includes('');

/** What a model does not say and a server knows. */
export interface ServerFacts {
  readonly version: ReturnType<typeof serverOf>;
  /** Of the database. */
  readonly collation: string | null;
  /** The collation of each character set that names none. */
  readonly defaultCollations: ReadonlyMap<string, string>;
}

async function readFacts(connection: Connection): Promise<ServerFacts> {
  const results = await connection.script(
    `${FACTS_QUERY};
SELECT CHARACTER_SET_NAME AS name, DEFAULT_COLLATE_NAME AS collation FROM information_schema.CHARACTER_SETS`,
  );
  const facts = results[0]?.rows[0] as unknown as FactsRow;
  const sets = results[1]?.rows ?? [];
  return {
    version: serverOf(facts.version, 'mysql'),
    collation: facts.collation,
    defaultCollations: new Map(sets.map((row) => [String(row['name']), String(row['collation'])])),
  };
}

/** Texts are read as the sessions of migrations read them. Undefined where nothing may be made. */
async function inOwnMode<T>(
  connection: Connection,
  work: () => Promise<T>,
): Promise<T | undefined> {
  await connection.script(`SET @nest_alembic_probe_mode = @@SESSION.sql_mode;\n${SET_MODE}`);
  try {
    return await work();
  } catch (error) {
    if (isDenied(error)) return undefined;
    throw error;
  } finally {
    await connection
      .script('SET SESSION sql_mode = @nest_alembic_probe_mode')
      .catch(() => undefined);
  }
}
