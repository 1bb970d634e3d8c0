import { MigrationError } from '../../errors/migration-error.js';
import { quoted } from '../quote.js';
import { drawDot } from './draw-dot.js';
import { drawMermaid } from './draw-mermaid.js';
import { drawText } from './draw-text.js';
import type { DrawnRevision } from './drawn-graph.js';

/** How a graph is drawn: `text` for a terminal, `mermaid`, or `dot` for Graphviz. */
export type DrawingFormat = 'text' | 'mermaid' | 'dot';

/** Every {@link DrawingFormat}. */
export const DRAWING_FORMATS: readonly DrawingFormat[] = ['text', 'mermaid', 'dot'];

/** Settings of {@link drawGraph}. */
export interface DrawingOptions {
  /** What stands beside a revision in a drawing as text. @default id, labels, place and message */
  readonly describe?: (revision: DrawnRevision) => string;
}

/**
 * Draws revisions and how they hang together: each once, and each down revision and dependency between them once,
 * dependencies dotted. Ends with a newline; empty for no revisions as text.
 *
 * @param revisions newest first, as `graph` and `history` of a migrator give them
 * @throws MigrationError E7007 for another format
 *
 * @example
 * console.log(drawGraph(await migrator.graph(), 'mermaid'));
 */
export function drawGraph(
  revisions: readonly DrawnRevision[],
  format: DrawingFormat = 'text',
  { describe }: DrawingOptions = {},
): string {
  switch (format) {
    case 'text':
      return drawText(revisions, describe);
    case 'mermaid':
      return drawMermaid(revisions);
    case 'dot':
      return drawDot(revisions);
    default:
      throw new MigrationError('E7007', {
        problem: `a graph cannot be drawn as ${quoted(String(format))}`,
        advice: `Choose one of ${DRAWING_FORMATS.join(', ')}.`,
        facts: { format },
      });
  }
}
