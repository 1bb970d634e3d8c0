// Lists optional dependencies that package-lock.json names but does not hold: `npm ci` fails on such a lock.
import { readFileSync } from 'node:fs';

const lock = JSON.parse(readFileSync(process.argv[2] ?? 'package-lock.json', 'utf8'));
const nameOf = (path) => path.split('node_modules/').pop();
const present = new Set(Object.keys(lock.packages).map(nameOf));

const holes = Object.entries(lock.packages).flatMap(
  ([path, { version, optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !present.has(name))
      .map((name) => `${nameOf(path)}@${version} lacks ${name}`),
);
const hosts = Object.entries(lock.packages).filter(([, { resolved = '' }]) =>
  resolved.startsWith('http'),
);

holes.forEach((hole) => console.log(hole));
hosts.forEach(([path]) => console.log(`${nameOf(path)} names the host it was fetched from`));
process.exitCode = holes.length + hosts.length === 0 ? 0 : 1;
