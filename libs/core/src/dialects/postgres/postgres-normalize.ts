import { alikeText, collectSlots, spellTarget } from '../common/canonical-slots.js';
import type { Models, Slot } from '../common/canonical-slots.js';
import type { Connection } from '../common/connection.js';
import type { CanonicalModels } from '../common/dialect.js';
import { resolveSlots } from '../common/resolve-slots.js';
import { withPlainOptions } from './postgres-plain-options.js';
import { isSameNumber } from './postgres-same-number.js';
import { baseOf, canonicalType } from './postgres-types.js';
import { PROBE_PREFIX } from './postgres-probe-answers.js';
import { askCasts } from './postgres-server-casts.js';
import { isForbidden, isOfStandby, whyNotAsked } from './postgres-not-asked.js';
import { ProbeSession } from './postgres-probe-session.js';

/** Strings are read as `prepare` makes the sessions of migrations read them (B078). */
const STRINGS = 'SET LOCAL standard_conforming_strings = on';
const BEGIN = `BEGIN; ${STRINGS}`;

/**
 * Temporary objects in a transaction that is rolled back change nothing, so a session whose transactions are read-only by default
 * may make them.
 */
const BEGIN_WRITING = `BEGIN READ WRITE; ${STRINGS}`;

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
  const { spellings, denied } = await askServer(connection, models, slots);
  const spell = (slot: Slot): string | null => {
    const spelling = spellings.get(slot.id);
    return spelling === undefined ? slot.probe.text : keptNumber(slot, spelling);
  };
  const spelled = { current, target: spellTarget(models, spell), ...casts };
  if (denied === undefined) return { ...spelled, unverified: false };
  const isOpen = ({ id }: Slot): boolean => !spellings.has(id);
  return {
    ...spelled,
    unverified: true,
    notAsked: await whyNotAsked(connection, denied),
    alike: spellTarget(models, (slot) => (isOpen(slot) ? alikeText(slot) : spell(slot))),
  };
}

interface Answers {
  /** By the ids of the slots. */
  readonly spellings: ReadonlyMap<string, string | null>;
  /** The error of a right that was missing, or of a server that takes no writes; then some slots may have no answer. */
  readonly denied?: unknown;
}

async function askServer(
  connection: Connection,
  models: Models,
  slots: readonly Slot[],
): Promise<Answers> {
  try {
    return await inDiscardedTransaction(
      connection,
      async () => {
        await connection.script(`CREATE TEMPORARY TABLE ${PROBE_PREFIX} ()`);
        const session = new ProbeSession(connection, models);
        const spellings = await resolveSlots(slots, (probes) => session.ask(probes));
        const isWhole = slots.every(({ id }) => spellings.has(id));
        return isWhole ? { spellings } : { spellings, denied: session.denied };
      },
      BEGIN_WRITING,
    );
  } catch (error) {
    if (!isForbidden(error) && !isOfStandby(error)) throw error;
    return { spellings: new Map(), denied: error };
  }
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
  begin = BEGIN,
): Promise<T> {
  await connection.script(begin);
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
