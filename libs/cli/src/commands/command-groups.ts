/** Commands by what they are for, in the order of the help. */
export const COMMAND_GROUPS: readonly {
  readonly title: string;
  readonly names: readonly string[];
}[] = [
  { title: 'Begin', names: ['init', 'list-templates'] },
  { title: 'Write revisions', names: ['revision', 'merge', 'edit', 'rebase'] },
  {
    title: 'Move the database',
    names: ['upgrade', 'downgrade', 'plan', 'redo', 'stamp', 'ensure-version'],
  },
  {
    title: 'Look',
    names: ['current', 'check', 'heads', 'branches', 'history', 'show', 'graph'],
  },
];

/** Place of a command in the help; what is in no group comes last. */
export function rankOf(name: string): number {
  const rank = COMMAND_GROUPS.flatMap(({ names }) => names).indexOf(name);
  return rank === -1 ? Infinity : rank;
}
