import type { ObjectName } from '../../../schema/object-name.js';
import { TokenReader } from '../create-table/token-reader.js';

/** What the text of a foreign key refers to. */
export interface Referred {
  readonly referredTable: ObjectName;
  /** None where it refers to the primary key without saying so. */
  readonly referredColumns: readonly string[];
}

/** Reads what stands behind REFERENCES. */
export function referred(text: string): Referred {
  const reader = new TokenReader(text);
  while (!reader.accept('REFERENCES')) reader.take();
  const referredTable = { schema: null, name: reader.takeName() };
  const referredColumns: string[] = [];
  if (reader.acceptSign('('))
    do referredColumns.push(reader.takeName());
    while (reader.acceptSign(','));
  return { referredTable, referredColumns };
}
