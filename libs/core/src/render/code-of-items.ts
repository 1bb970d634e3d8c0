import { MigrationError, isMigrationError } from '../errors/migration-error.js';
import { describeOperation } from '../operations/operation-definitions.js';
import { displayName } from '../schema/object-name.js';
import type { RenderContext } from './code-node.js';
import type { OwnCode, RenderedItem, RenderItem } from './rendered-item.js';

/**
 * What the hook says, as code; the imports that it needs are added to those that are there.
 * @throws MigrationError E9002 when it says something else, or throws; an error of ours goes through
 */
export function codeWith(
  renderItem: RenderItem,
  imports: Set<string>,
): NonNullable<RenderContext['codeFor']> {
  return (item) => {
    const returned = called(renderItem, item);
    if (returned === undefined || typeof returned === 'string') return returned;
    if (returned === null && item.kind !== 'type') return null;
    if (!isOwnCode(returned)) throw noCode(item);
    returned.imports?.forEach((line) => imports.add(line));
    return returned.code;
  };
}

function called(renderItem: RenderItem, item: RenderedItem): unknown {
  try {
    return renderItem(item);
  } catch (error) {
    if (isMigrationError(error)) throw error;
    const text = error instanceof Error ? error.message : String(error);
    const what = wordsFor(item);
    throw new MigrationError('E9002', {
      problem: `renderItem threw for ${what}: ${text}`,
      advice: 'Nothing was written. Correct the option "renderItem".',
      facts: { option: 'renderItem', kind: item.kind, item: what },
      cause: error,
    });
  }
}

/** An item as messages name it: `the type of account.balance`. */
function wordsFor(item: RenderedItem): string {
  if (item.kind === 'operation') return `the operation "${describeOperation(item.operation)}"`;
  const table = displayName(item.table);
  switch (item.kind) {
    case 'column':
      return `the column ${table}.${item.column.name}`;
    case 'constraint':
      return `a constraint of ${table}`;
    case 'type':
    case 'default':
      return `the ${item.kind} of ${table}.${item.column}`;
  }
}

const isOwnCode = (value: unknown): value is OwnCode => {
  const { code, imports = [] } = (value ?? {}) as Partial<OwnCode>;
  return typeof code === 'string' && Array.isArray(imports) && imports.every(isImportLine);
};

const noCode = ({ kind }: RenderedItem): MigrationError =>
  new MigrationError('E9002', {
    problem: `renderItem returned something that is no code for ${kind === 'operation' ? 'an' : 'a'} ${kind}`,
    advice:
      'Nothing was written. Return a text, { code, imports }, undefined for its own code, or null to leave it out; a type cannot be left out.',
    facts: { option: 'renderItem', kind },
  });

/** True for an import declaration on one line. */
export const isImportLine = (value: unknown): boolean =>
  typeof value === 'string' && /^import\b[^\r\n]+$/.test(value.trim());
