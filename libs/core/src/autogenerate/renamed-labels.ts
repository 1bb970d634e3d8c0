import type { Operation } from '../operations/operation.js';
import { displayName, nameKey, sameName } from '../schema/object-name.js';
import type { EnumType } from '../schema/schema-model.js';
import {
  type FoundRenames,
  joinRenames,
  undecidedKey,
  type RenameSearch,
} from './rename-search.js';
import { impossibleRename } from './stated-rename.js';
import { settleSuspicions, type Suspicion } from './suspect-renames.js';

interface LabelRename {
  readonly from: string;
  readonly to: string;
}

interface EnumSides {
  readonly before: EnumType;
  readonly type: EnumType;
}

/** Labels that a person or an answer says are called otherwise now. No log remembers what a label stood for. */
export function renamedLabels(search: RenameSearch): FoundRenames {
  const present = new Map(search.current.enums.map((type) => [nameKey(type), type]));
  refuseStray(search, present);
  return joinRenames(
    search.target.enums.flatMap((type) => {
      const before = present.get(nameKey(type));
      return before === undefined ? [] : [renamedIn({ before, type }, search)];
    }),
  );
}

function renamedIn(sides: EnumSides, search: RenameSearch): FoundRenames {
  const { before, type } = sides;
  const stated = statedLabels(sides, search);
  const suspected = settleSuspicions(suspicions(sides, stated), search.decisions);
  const renames = [...stated, ...suspected.renamed];
  const nameAfter = (label: string): string =>
    renames.find(({ from }) => from === label)?.to ?? label;
  const operation: Operation = {
    kind: 'alterEnum',
    name: { schema: type.schema, name: type.name },
    from: before.labels,
    to: before.labels.map(nameAfter),
    renames,
    ...(type.entity !== undefined && { entity: type.entity }),
  };
  return {
    operations: renames.length === 0 ? [] : [operation],
    questions: suspected.questions,
    undecided: suspected.undecided.map((label) => undecidedKey(type, label)),
  };
}

/** The label in the same place first. */
function suspicions(
  { before, type }: EnumSides,
  stated: readonly LabelRename[],
): readonly Suspicion<string>[] {
  const gone = before.labels.filter(
    (label) => !type.labels.includes(label) && !stated.some(({ from }) => from === label),
  );
  const place = displayName(type);
  return type.labels
    .filter((label) => !before.labels.includes(label) && !stated.some(({ to }) => to === label))
    .map((label) => {
      const at = type.labels.indexOf(label);
      const distance = (name: string) => Math.abs(before.labels.indexOf(name) - at);
      return {
        id: `rename-label:${place}.${label}`,
        appeared: `label ${JSON.stringify(label)} of enum ${place}`,
        newcomer: label,
        candidates: gone
          .map((name) => ({ name, gone: name }))
          .sort((one, other) => distance(one.name) - distance(other.name)),
      };
    });
}

function statedLabels({ before, type }: EnumSides, search: RenameSearch): readonly LabelRename[] {
  return search.decisions.renames.flatMap((said) => {
    if (said.kind !== 'label' || !isMeant(said.of, type, search)) return [];
    const { from, to, text } = said;
    const place = displayName(type);
    if (!before.labels.includes(from)) {
      throw impossibleRename(text, `enum ${place} of the database has no label "${from}"`);
    }
    if (!type.labels.includes(to)) {
      throw impossibleRename(text, `enum ${place} of the model has no label "${to}"`);
    }
    if (before.labels.includes(to) || type.labels.includes(from)) {
      throw impossibleRename(text, 'one of its names is in use for another label');
    }
    return [{ from, to }];
  });
}

/** Under its new name, or the one that it had before the renames so far. */
function isMeant(
  name: Parameters<typeof sameName>[0],
  type: EnumType,
  { sofar }: RenameSearch,
): boolean {
  const renamed = sofar.find((one) => one.kind === 'renameEnum' && sameName(one.to, type));
  return sameName(name, type) || (renamed?.kind === 'renameEnum' && sameName(name, renamed.from));
}

function refuseStray(search: RenameSearch, present: ReadonlyMap<string, EnumType>): void {
  const both = search.target.enums.filter((type) => present.has(nameKey(type)));
  for (const said of search.decisions.renames) {
    if (said.kind !== 'label' || both.some((type) => isMeant(said.of, type, search))) continue;
    throw impossibleRename(
      said.text,
      `model and database do not both have an enum ${displayName(said.of)}`,
    );
  }
}
