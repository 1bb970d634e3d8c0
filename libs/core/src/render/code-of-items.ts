import { MigrationError } from '../errors/migration-error.js';
import type { RenderContext } from './code-node.js';
import type { OwnCode, RenderedItem, RenderItem } from './rendered-item.js';

/**
 * What the hook says, as code; the imports that it needs are added to those that are there.
 * @throws MigrationError E9002 when it says something else
 */
export function codeWith(
  renderItem: RenderItem,
  imports: Set<string>,
): NonNullable<RenderContext['codeFor']> {
  return (item) => {
    const returned: unknown = renderItem(item);
    if (returned === undefined || typeof returned === 'string') return returned;
    if (returned === null && item.kind !== 'type') return null;
    if (!isOwnCode(returned)) throw noCode(item);
    returned.imports?.forEach((line) => imports.add(line));
    return returned.code;
  };
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
