import { collectSlots, spellTarget } from '../common/canonical-slots.js';
import type { Models, Slot } from '../common/canonical-slots.js';
import type { Connection } from '../common/connection.js';
import type { CanonicalModels } from '../common/dialect.js';
import { resolveSlots } from '../common/resolve-slots.js';
import { withPlainOptions } from './postgres-plain-options.js';
import { isSameNumber } from './postgres-same-number.js';
import { baseOf, canonicalType } from './postgres-types.js';
import { PROBE_PREFIX } from './postgres-probe-answers.js';
import { askCasts } from './postgres-server-casts.js';
import { ProbeSession, sqlState } from './postgres-probe-session.js';

/** Strings are read as `prepare` makes the sessions of migrations read them (B078). */
const BEGIN = 'BEGIN; SET LOCAL standard_conforming_strings = on';

/**
 * Spells the texts of the target as the server does, wherever they differ from the current model's: they are made on
 * temporary objects and read back (design D6), in a transaction that is rolled back. What the server refuses stays as
 * it is written. Equal texts cost nothing; the connection must not be in a transaction.
 */
export async function canonicalizePostgres(
  connection: Connection,
  given: Models,
): Promise<CanonicalModels> {
  const models = { ...given, target: withPlainOptions(given) };
  const slots = collectSlots(models);
  const { current, target } = models;
  const found = await askCasts(connection, models);
  const casts = found.length > 0 ? { casts: found } : {};
  if (slots.length === 0) return { current, target, unverified: false, ...casts };
  const spellings = await inDiscardedTransaction(connection, async () => {
    if (!(await canMakeTemporaryObjects(connection))) return undefined;
    const session = new ProbeSession(connection, models);
    return resolveSlots(slots, (probes) => session.ask(probes));
  });
  if (!spellings) return { current, target, unverified: true, ...casts };
  const spelled = spellTarget(models, (slot) => {
    const spelling = spellings.get(slot.id);
    return spelling === undefined ? slot.probe.text : keptNumber(slot, spelling);
  });
  return { current, target: spelled, unverified: false, ...casts };
}

/** A default that is the number which the database has is told as the database has it. In a column of another type it would be another text. */
function keptNumber(slot: Slot, spelling: string | null): string | null {
  const { probe, counterparts, currentTypes = [] } = slot;
  if (probe.kind !== 'default' || spelling === null) return spelling;
  const { type } = probe;
  const isSame = (one: string, at: number): boolean =>
    wordOf(currentTypes[at] ?? '') === wordOf(type) && isSameNumber(one, spelling, type);
  return counterparts.find(isSame) ?? spelling;
}

const wordOf = (type: string): string => baseOf(canonicalType(type));

/** Does something in a transaction that is rolled back, whatever comes of it. */
export async function inDiscardedTransaction<T>(
  connection: Connection,
  work: () => Promise<T>,
): Promise<T> {
  await connection.script(BEGIN);
  try {
    return await work();
  } finally {
    await rollback(connection);
  }
}

/** Where even this fails the session is gone, and the error on its way says more. */
async function rollback(connection: Connection): Promise<void> {
  await connection.script('ROLLBACK').catch(() => undefined);
}

/** No right to (42501), or a server or session that does not accept writes (25006). */
async function canMakeTemporaryObjects(connection: Connection): Promise<boolean> {
  try {
    await connection.script(`CREATE TEMPORARY TABLE ${PROBE_PREFIX} ()`);
    return true;
  } catch (error) {
    if (['42501', '25006'].includes(sqlState(error))) return false;
    throw error;
  }
}
