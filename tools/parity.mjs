// Writes docs/parity.md from the ids that test names cite (`it('CLI-57: …')`). With --check it only compares.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const root = new URL('..', import.meta.url).pathname;
const AREAS = {
  CLI: 'command line',
  REV: 'revision graph',
  VT: 'version table',
  CFG: 'configuration',
  API: 'programming interface',
  ENV: 'environment',
  MIG: 'transactions and running',
  OFF: 'offline SQL',
  OP: 'operations',
  DDL: 'DDL per dialect',
  OPX: 'operation objects and extension',
  BATCH: 'batch mode',
  AG: 'autogenerate',
  AGR: 'rendering',
  RW: 'revision directives',
  PLG: 'plugins',
  HOOK: 'post-write hooks',
  TPL: 'templates',
  MSG: 'messages and exit codes',
  ERR: 'error catalogue',
  NEW: 'additions by version',
  LIM: 'documented limitations',
  SCN: 'scenarios',
  PORT: 'hazards of a port',
};
const ID = new RegExp(
  `\\b(${Object.keys(AREAS).join('|')})-(\\d{2})\\b(?:(?:\\s*(?:…|\\.\\.\\.?|to)\\s*)(?:\\1-)?(\\d{2})\\b)?`,
  'g',
);

const items = JSON.parse(readFileSync(join(root, 'docs/parity-items.json'), 'utf8'));
const departures = JSON.parse(readFileSync(join(root, 'docs/parity-departures.json'), 'utf8'));

function* specs(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (['node_modules', 'dist', 'out-tsc', '.data'].includes(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* specs(path);
    else if (/(\.spec|-cases(\.fixture)?)\.ts$/.test(entry.name)) yield path;
  }
}

/** Ids in the names of tests and groups, with the specs that cite them; a range means the items that exist. */
function citations() {
  const cited = new Map();
  for (const path of [...specs(join(root, 'libs')), ...specs(join(root, 'apps'))].sort()) {
    for (const line of readFileSync(path, 'utf8').split('\n').filter(isTestName)) {
      for (const [, area, from, to = from] of line.matchAll(ID)) {
        for (let number = Number(from); number <= Number(to); number++) {
          const id = `${area}-${String(number).padStart(2, '0')}`;
          if (items.includes(id))
            cited.set(id, (cited.get(id) ?? new Set()).add(relative(root, path)));
        }
      }
    }
  }
  return cited;
}

const isTestName = (line) =>
  /^\s*(?:(?:it|test|describe)\b|\]?\)\(|(?:\[|name:)?\s*['"`])/.test(line);

function render() {
  const cited = citations();
  const done = items.filter((id) => cited.has(id) && !departures[id]);
  const lines = [
    '# Parity with Alembic',
    '',
    '<!-- Written by `npm run parity` from the names of the tests. Do not edit. -->',
    '',
    'Items are those of the parity inventory of Alembic 1.19. An item is *done* when a test cites its id, *departed* when we',
    'decided otherwise (the reason stands beside it), else *not yet*.',
    '',
    `**${done.length} done, ${Object.keys(departures).length} departed, ${items.length - done.length - Object.keys(departures).length} not yet, of ${items.length}.**`,
    '',
  ];
  for (const [area, title] of Object.entries(AREAS)) {
    const ids = items.filter((id) => id.startsWith(`${area}-`));
    lines.push(`## ${area}: ${title}`, '', '| item | state | where, or why |', '|---|---|---|');
    for (const id of ids) {
      const where = [...(cited.get(id) ?? [])].map((path) => `\`${path}\``).join(', ');
      if (departures[id])
        lines.push(`| ${id} | departed | ${departures[id]}${where && ` (${where})`} |`);
      else lines.push(`| ${id} | ${where ? 'done' : 'not yet'} | ${where} |`);
    }
    lines.push('');
  }
  return lines.join('\n');
}

const file = join(root, 'docs/parity.md');
const text = render();
if (process.argv.includes('--check')) {
  const isFresh = readFileSync(file, 'utf8') === text;
  if (!isFresh) console.error('docs/parity.md is stale: run `npm run parity`');
  process.exitCode = isFresh ? 0 : 1;
} else {
  writeFileSync(file, text);
  console.log(text.split('\n').find((line) => line.startsWith('**')));
}
