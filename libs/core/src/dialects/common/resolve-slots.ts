import type { Probe, Slot } from './canonical-slots.js';

/**
 * Asks the server how it spells each text. A probe without an answer could not be made; null means that the server
 * stores nothing.
 */
export type Ask = (probes: readonly Probe[]) => Promise<ReadonlyMap<Probe, string | null>>;

/** How often a spelling is spelled again; two rounds were enough for everything that was met. */
const MOST_ROUNDS = 3;

/**
 * The spelling of each slot, by its id; a slot that could not be asked about has none. A server's own spelling, read as
 * SQL, may get another one (`IN` on a varchar, on PostgreSQL), and so may a schema that was made from a file we
 * rendered. So where texts still differ, both are spelled again until they agree or stay as they are; what agrees
 * then is reported as the current side has it.
 */
export async function resolveSlots(
  slots: readonly Slot[],
  ask: Ask,
): Promise<ReadonlyMap<string, string | null>> {
  const answers = await ask(slots.map(({ probe }) => probe));
  const spellings = new Map<string, string | null>();
  for (const { id, probe } of slots) {
    const answer = answers.get(probe);
    if (answer !== undefined) spellings.set(id, answer);
  }
  let open = slots.flatMap((slot) => openSlot(slot, spellings.get(slot.id)));
  for (let round = 0; round < MOST_ROUNDS && open.length > 0; round += 1) {
    const chased = await chase(open, ask);
    for (const { slot, agreed } of chased) if (agreed !== undefined) spellings.set(slot.id, agreed);
    open = chased.filter(({ agreed, isStable }) => agreed === undefined && !isStable);
  }
  return spellings;
}

/** A text of the current side, and what it is spelled like by now. */
interface Counterpart {
  readonly original: string;
  readonly text: string;
}

interface OpenSlot {
  readonly slot: Slot;
  readonly text: string;
  readonly counterparts: readonly Counterpart[];
}

interface ChasedSlot extends OpenSlot {
  readonly agreed: string | undefined;
  readonly isStable: boolean;
}

function openSlot(slot: Slot, text: string | null | undefined): OpenSlot[] {
  const { probe, counterparts } = slot;
  const isSettled = text == null || counterparts.length === 0 || counterparts.includes(text);
  if (isSettled || probe.kind === 'type' || probe.kind === 'collation') return [];
  return [
    { slot, text, counterparts: counterparts.map((original) => ({ original, text: original })) },
  ];
}

async function chase(open: readonly OpenSlot[], ask: Ask): Promise<readonly ChasedSlot[]> {
  const asked = open.map(({ slot, text, counterparts }) => ({
    own: { ...slot.probe, text },
    others: counterparts.map((counterpart) => ({ ...slot.probe, text: counterpart.text })),
  }));
  const answers = await ask(asked.flatMap(({ own, others }) => [own, ...others]));
  return open.map(({ slot, text, counterparts }, position) => {
    const probes = asked[position];
    const next = (probe: Probe | undefined, last: string) => (probe && answers.get(probe)) ?? last;
    const respelled = {
      text: next(probes?.own, text),
      counterparts: counterparts.map((counterpart, at) => ({
        ...counterpart,
        text: next(probes?.others[at], counterpart.text),
      })),
    };
    const isStable =
      respelled.text === text &&
      respelled.counterparts.every(
        (counterpart, at) => counterpart.text === counterparts[at]?.text,
      );
    const agreed = respelled.counterparts.find(
      (counterpart) => counterpart.text === respelled.text,
    );
    return { slot, ...respelled, agreed: agreed?.original, isStable };
  });
}
