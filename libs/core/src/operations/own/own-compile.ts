import { MigrationError } from '../../errors/migration-error.js';
import type { Compile, CompileByDialect } from './own-operation.js';

/**
 * The function that makes the statements for a dialect.
 * @throws MigrationError E3012 where there is none
 */
export function compileFor<Subject>(
  method: string,
  compile: Compile<Subject> | CompileByDialect<Subject>,
  dialect: string,
): Compile<Subject> {
  if (typeof compile === 'function') return compile;
  const found = Object.hasOwn(compile, dialect) ? compile[dialect] : compile['default'];
  if (found) return found;
  const known = Object.keys(compile);
  throw new MigrationError('E3012', {
    problem: `${method} has no statements for ${dialect}, only for ${known.join(', ')}`,
    advice: `Add "${dialect}" or "default" to "compile" where ${method} is defined.`,
    facts: { method, dialect, known },
  });
}

/** What `compile` gave, as a list. */
export const statementList = (answer: string | readonly string[]): readonly string[] =>
  typeof answer === 'string' ? [answer] : answer;
