/** One way in which a database that revisions made is not the one that TypeORM's `synchronize` makes. */
export interface Departure {
  readonly name: string;
  /** What the difference of the fingerprints says: `- ` before a line of TypeORM's, `+ ` before one of ours. */
  readonly pattern: RegExp;
  /** The table that a dump has to leave out for it. */
  readonly table?: string;
  readonly reason: string;
}

/** Every departure of the example; each is known to occur. */
export const DEPARTURES: readonly Departure[] = [
  {
    name: 'there is no typeorm_metadata',
    pattern: /^- (table|sequence .* by) public\.typeorm_metadata[ .]?/,
    table: 'typeorm_metadata',
    reason: 'TypeORM keeps the texts of views and generated columns in it; we ask the server',
  },
];
