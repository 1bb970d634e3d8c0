// The example app in a folder of its own: the demo changes entities and writes revisions without touching the checkout.
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/**
 * Copies sources, build and settings of the app to `<workspace>/.data/demo-*`: below the workspace, so that its packages and
 * its tsconfig are found by the same relative paths, and out of git's sight.
 */
export function copyApp(workspace) {
  mkdirSync(join(workspace, '.data'), { recursive: true });
  const folder = mkdtempSync(join(workspace, '.data/demo-'));
  const app = join(workspace, 'apps/example-api');
  for (const name of ['src', 'dist', 'package.json', 'tsconfig.app.json']) {
    cpSync(join(app, name), join(folder, name), {
      recursive: true,
      filter: isNoSpec,
      preserveTimestamps: true,
    });
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

const isNoSpec = (path) => !path.endsWith('.spec.ts');

/** Edits a file by replacing texts that must each occur once, and returns the lines that went (-) and came (+). */
export function edit(file, replacements) {
  const before = readFileSync(file, 'utf8');
  const after = replacements.reduce((text, [from, to]) => {
    if (text.split(from).length !== 2) throw new Error(`${file} does not have once:\n${from}`);
    return text.replace(from, () => to);
  }, before);
  writeFileSync(file, after);
  return replacements.flatMap(changedLines);
}

/** The one file of a folder that is not in `known`. */
export function newFile(folder, known) {
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts') && !known.includes(name));
  if (files.length !== 1)
    throw new Error(`expected one new file in ${folder}, found ${files.length}`);
  return files[0];
}

function changedLines([from, to]) {
  const [before, after] = [from.split('\n'), to.split('\n')];
  const gone = before.filter((line) => !after.includes(line)).map((line) => `- ${line}`);
  const come = after.filter((line) => !before.includes(line)).map((line) => `+ ${line}`);
  return [...gone, ...come];
}
