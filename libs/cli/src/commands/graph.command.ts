import { DRAWING_FORMATS, MigrationError, drawGraph } from '@nest-alembic/core';
import type { DrawingFormat, RevisionInfo } from '@nest-alembic/core';
import { Option, SubCommand } from '../commander/commander-parts.js';
import { graphDocument } from '../output/documents.js';
import { formatNode } from '../output/format-revision.js';
import { NO_REVISIONS } from '../output/no-revisions.js';
import { AlembicSubCommand } from './alembic-sub-command.js';
import type { Invocation } from './alembic-sub-command.js';

interface Options {
  readonly format?: DrawingFormat;
  readonly revRange?: string;
  readonly indicateCurrent?: boolean;
}

/** `migrate graph [--format text|mermaid|dot] [-r START:END] [-i]`; needs no database unless the range or `-i` asks for it. */
@SubCommand({ name: 'graph', description: 'Draw how revisions hang together.' })
export class AlembicGraphCommand extends AlembicSubCommand<Options> {
  protected override async execute({ options, globals }: Invocation<Options>): Promise<0> {
    const { terminal } = this.context;
    const { format = 'text', revRange, indicateCurrent = false } = options;
    const migrator = await this.migrator(globals);
    const revisions = await migrator.graph({
      indicateCurrent,
      ...(revRange !== undefined && { range: revRange }),
    });
    this.print(globals, {
      document: graphDocument(revisions, format, drawGraph(revisions, format)),
      text: () => {
        if (revisions.length === 0)
          terminal.talk(revRange === undefined ? NO_REVISIONS : 'No revision is in this range.');
        terminal.answerRaw(this.#drawing(revisions, format));
      },
    });
    return 0;
  }

  /** With colours, where stdout is a terminal. */
  #drawing(revisions: readonly RevisionInfo[], format: DrawingFormat): string {
    const { style } = this.context.terminal;
    return drawGraph(revisions, format, {
      describe: (revision) => formatNode(revision, style),
    });
  }

  @Option({
    flags: '-f, --format <format>',
    description: `How to draw: ${DRAWING_FORMATS.join(', ')} (default: text).`,
  })
  format(value: string): DrawingFormat {
    const known = DRAWING_FORMATS.find((format) => format === value);
    if (known !== undefined) return known;
    throw new MigrationError('E7007', {
      problem: `a graph cannot be drawn as "${value}"`,
      advice: `Choose one of ${DRAWING_FORMATS.join(', ')}.`,
      facts: { format: value },
    });
  }

  @Option({
    flags: '-r, --rev-range <start:end>',
    description: 'Part to draw, both ends included.',
  })
  revRange(value: string): string {
    return value;
  }

  @Option({
    flags: '-i, --indicate-current',
    description: 'Mark the revisions that the database is at.',
  })
  indicateCurrent(): boolean {
    return true;
  }
}
