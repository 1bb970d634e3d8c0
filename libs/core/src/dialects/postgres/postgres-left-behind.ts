import { withoutLeadingBlanks } from '../common/sql-scan.js';
import { skipToken } from './postgres-tokens.js';

const NAME = String.raw`(?:"(?:[^"]|"")+"|[\w$\u0080-\uffff]+)`;
const INDEX = new RegExp(
  String.raw`^(create|drop)\s+(?:unique\s+)?index\s+concurrently\s+(?:if\s+(?:not\s+)?exists\s+)?(?!on\s)(${NAME}(?:\s*\.\s*${NAME})?)`,
  'i',
);

/**
 * See `Session.leftBehind`. What the server does in several transactions can end between two of them (PostgreSQL 16 manual,
 * CREATE INDEX "Building Indexes Concurrently", DROP INDEX, REINDEX, ALTER TABLE … DETACH PARTITION).
 */
export function leftBehind(sql: string): string | undefined {
  const text = withoutLeadingBlanks(sql, skipToken);
  const [, verb, name] = INDEX.exec(text) ?? [];
  if (name !== undefined)
    return verb?.toLowerCase() === 'drop'
      ? `the index ${name} may be there still, INVALID: drop it again`
      : `the index ${name} may be left behind, INVALID: if it is there, drop it`;
  if (!/\bconcurrently\b/i.test(text)) return undefined;
  if (/^create\b/i.test(text)) return 'an index may be left behind, INVALID: drop it';
  if (/^reindex\b/i.test(text))
    return 'an index with "_ccnew" or "_ccold" in its name may be left behind, INVALID: drop it';
  return /\bdetach\s+partition\b/i.test(text)
    ? 'the partition may be detached by half: DETACH PARTITION … FINALIZE ends that'
    : undefined;
}
