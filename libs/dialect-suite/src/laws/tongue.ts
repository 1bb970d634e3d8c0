import type { Capabilities } from '@nest-alembic/core';
import type { TestedDialect } from '../tested-dialects.js';

/** How models of a spec say what every database has in its own way. */
export interface Tongue {
  readonly name: TestedDialect['name'];
  /** A type of texts that keys can stand on: MariaDB has no whole TEXT in an index. */
  readonly text: string;
  quoted(this: void, name: string): string;
  readonly can: Capabilities;
}

/** The tongue of a dialect. */
export function tongueOf({ name, dialect }: TestedDialect): Tongue {
  return {
    name,
    text: name === 'mariadb' ? 'varchar(40)' : 'text',
    quoted: (text) => dialect.quoting.identifier(text),
    can: dialect.capabilities,
  };
}
