// Packs the public libraries as `npm publish` would, and checks what is in the tarballs.
// Usage: node tools/packages/pack.mjs <folder>     writes the tarballs there, prints one line for each, ends with 1 on a problem
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const workspace = fileURLToPath(new URL('../..', import.meta.url));

/** The folders below `libs` that are published. */
export const publicLibraries = ['core', 'typeorm', 'nestjs', 'cli', 'testing'];

/**
 * Packs the libraries, which must be built, into a folder.
 *
 * @returns name, tarball, paths of the files in it, `problems`, and `stale` files, whose source is gone: an incremental
 * build leaves them in dist
 */
export function packLibraries(folder) {
  mkdirSync(folder, { recursive: true });
  const chosen = publicLibraries.flatMap((name) => ['-w', `@nest-alembic/${name}`]);
  const result = spawnSync('npm', ['pack', '--json', '--pack-destination', folder, ...chosen], {
    cwd: workspace,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (result.status !== 0) throw new Error(`npm pack failed:\n${result.stderr}`);
  const packed = JSON.parse(result.stdout);
  return (Array.isArray(packed) ? packed : Object.values(packed)).map(
    ({ name, filename, files, unpackedSize }) => {
      const paths = files.map(({ path }) => path).sort();
      // Some versions of npm have the name of a scoped package with its slash here.
      const file = join(folder, filename.replace('@', '').replace('/', '-'));
      return { name, file, unpackedSize, paths, ...verdictOn(name, paths) };
    },
  );
}

/** What is wrong with the content, and what only a build over an older one leaves behind. */
function verdictOn(name, paths) {
  const library = join(workspace, 'libs', name.split('/')[1]);
  const stale = paths.filter((path) => path.endsWith('.js') && !hasSource(library, path));
  return { problems: problemsOf(library, paths), stale };
}

function problemsOf(library, paths) {
  const manifest = JSON.parse(readFileSync(join(library, 'package.json'), 'utf8'));
  return [
    ...['README.md', 'LICENSE', 'package.json', 'dist/index.js', 'dist/index.d.ts']
      .filter((path) => !paths.includes(path))
      .map((path) => `${path} is missing`),
    ...paths
      .filter((path) => path.startsWith('src/') || /\.(spec|fixture|tsbuildinfo)\b/.test(path))
      .map((path) => `${path} does not belong into a package`),
    ...importsOutside(library, paths, manifest),
  ];
}

const hasSource = (library, path) =>
  existsSync(join(library, path.replace(/^dist\//, 'src/').replace(/\.js$/, '.ts')));

/** What the code requires and the manifest does not name. */
function importsOutside(library, paths, { dependencies = {}, peerDependencies = {} }) {
  const named = new Set([...Object.keys(dependencies), ...Object.keys(peerDependencies)]);
  return paths
    .filter((path) => /\.(js|d\.ts)$/.test(path))
    .flatMap((path) => {
      const text = readFileSync(join(library, path), 'utf8');
      return ts
        .preProcessFile(text, true, true)
        .importedFiles.map(({ fileName }) => packageOf(fileName))
        .filter((name) => name !== undefined && !named.has(name))
        .map((name) => `${path} imports ${name}, which package.json does not name`);
    });
}

/** The package of an import; undefined for files of our own and for modules of Node. */
function packageOf(specifier) {
  if (specifier.startsWith('.') || specifier.startsWith('node:')) return undefined;
  const [scope, name] = specifier.split('/');
  return specifier.startsWith('@') ? `${scope}/${name}` : scope;
}

function main([folder]) {
  if (folder === undefined) {
    console.error('Usage: node tools/packages/pack.mjs <folder>');
    return 1;
  }
  const packed = packLibraries(resolve(folder));
  for (const { name, file, paths, unpackedSize, problems, stale } of packed) {
    const size = `${paths.length} files, ${Math.round(unpackedSize / 1024)} kB`;
    console.log(`${name}  ${file}  ${size}`);
    for (const problem of problems) console.error(`${name}: ${problem}`);
    for (const path of stale)
      console.error(`${name}: ${path} has no source any more: remove dist and build again`);
  }
  return packed.some(({ problems, stale }) => problems.length + stale.length > 0) ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  process.exitCode = main(process.argv.slice(2));
