// Installs the packed libraries with npm, from the registry, into a new app, and does what README says under "In your app".
// Usage: node tools/packages/try-new-app.mjs [--nest 11|12] [--typeorm 0.3|1] [--esm] [--keep]
// The libraries must be built. The database is TEST_POSTGRES_URL, which must be empty, else one that npm ships.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startShippedPostgres } from '../databases/shipped-postgres.mjs';
import { packLibraries } from './pack.mjs';

const workspace = fileURLToPath(new URL('../..', import.meta.url));

const entity = `import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity()
export class Account {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column({ unique: true })
  email!: string;
}
`;

async function main() {
  const { values: options } = parseArgs({
    options: {
      nest: { type: 'string', default: '12' },
      typeorm: { type: 'string', default: '1' },
      esm: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
    },
  });
  const app = mkdtempSync(join(tmpdir(), 'new-app-'));
  const given = process.env.TEST_POSTGRES_URL;
  const server = given === undefined ? await startShippedPostgres() : undefined;
  try {
    tryIn(app, options, given ?? server.url);
  } finally {
    await server?.stop();
    if (options.keep) console.log(`kept: ${app}`);
    else rmSync(app, { recursive: true });
  }
}

function tryIn(app, { nest, typeorm, esm }, url) {
  const readme = readFileSync(join(workspace, 'README.md'), 'utf8');
  const section = readme.slice(readme.indexOf('## In your app'), readme.indexOf('## More'));
  writeApp(app, { esm, files: [...section.matchAll(/```ts\n\/\/ (\S+)\n([\s\S]*?)```/g)] });
  const npm = (...args) => run(app, url, ['npm', ...args, '--no-audit', '--no-fund', '--silent']);
  npm('install', ...dependencies(nest, typeorm));
  npm('install', '--save-dev', 'typescript@~6.0.3', '@types/node@20', '@types/express@5');
  const tarballs = packLibraries(join(app, 'tarballs')).filter(
    ({ name }) => !/testing$/.test(name),
  );
  npm('install', ...tarballs.map(({ file }) => file), 'nest-commander');
  npm('run', 'build');
  const [commands] = [...section.matchAll(/```sh\n(node [\s\S]*?)```/g)].map(([, text]) => text);
  for (const line of commands.trim().split('\n')) run(app, url, ['sh', '-c', line]);
  run(app, url, ['sh', '-c', 'node dist/main migrate downgrade base']);
}

/** What a Nest app with TypeORM has before. */
const dependencies = (nest, typeorm) => [
  ...['common', 'core', 'platform-express', 'typeorm'].map((name) => `@nestjs/${name}@${nest}`),
  `typeorm@${typeorm === '0.3' ? '^0.3.27' : `^${typeorm}`}`,
  'pg@8',
  'reflect-metadata@0.2',
  'rxjs@7',
];

function writeApp(app, { esm, files }) {
  const settings = {
    'package.json': {
      name: 'new-app',
      version: '1.0.0',
      private: true,
      ...(esm && { type: 'module' }),
      scripts: { build: 'tsc' },
    },
    'tsconfig.json': {
      compilerOptions: {
        module: 'nodenext',
        target: 'es2023',
        strict: true,
        experimentalDecorators: true,
        emitDecoratorMetadata: true,
        skipLibCheck: true,
        types: ['node'],
        rootDir: 'src',
        outDir: 'dist',
      },
      include: ['src'],
    },
  };
  for (const [name, value] of Object.entries(settings))
    writeFileSync(join(app, name), JSON.stringify(value, null, 2));
  mkdirSync(join(app, 'src'));
  writeFileSync(join(app, 'src/account.entity.ts'), entity);
  for (const [, name, text] of files) writeFileSync(join(app, 'src', name), text);
}

function run(cwd, url, [program, ...args]) {
  console.log(`$ ${[program, ...args].join(' ')}`);
  const env = { ...process.env, DATABASE_URL: url };
  const { status } = spawnSync(program, args, { cwd, env, stdio: 'inherit' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}`);
}

await main();
