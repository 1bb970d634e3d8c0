// Writes the tables of docs/guide/errors.md from the codes of core, which must be built.
// Usage: node tools/docs/error-table.mjs [--check]     --check ends with 1 when a table is not what it would write
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

const require = createRequire(import.meta.url);
const page = fileURLToPath(new URL('../../docs/guide/errors.md', import.meta.url));

const { ERROR_CODES } = require('../../libs/core/dist/errors/error-codes.js');
const options = { ...(await resolveConfig(page)), parser: 'markdown' };

/** Fills each part between `<!-- codes E1 -->` and `<!-- /codes -->` with the codes that begin so. */
function withTables(text, codes) {
  const left = new Set(Object.keys(codes));
  const filled = text.replaceAll(
    /(<!-- codes (\w+) -->)[\s\S]*?(<!-- \/codes -->)/g,
    (_, start, family, end) => {
      const rows = Object.entries(codes).filter(([code]) => code.startsWith(family));
      rows.forEach(([code]) => left.delete(code));
      const lines = rows.map(([code, sentence]) => `| ${code} | ${sentence} |`);
      return [start, '', '| code | |', '| --- | --- |', ...lines, '', end].join('\n');
    },
  );
  if (left.size > 0) throw new Error(`no table takes ${[...left].join(', ')}`);
  return format(filled, options);
}

const before = readFileSync(page, 'utf8');
const after = await withTables(before, ERROR_CODES);
if (process.argv.includes('--check')) {
  if (before !== after) {
    console.error('docs/guide/errors.md is not what "node tools/docs/error-table.mjs" writes');
    process.exitCode = 1;
  }
} else writeFileSync(page, after);
