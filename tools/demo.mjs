// `npm run demo`: the main job of nest-alembic on the example app and its embedded PostgreSQL, without a server.
// Usage: node tools/demo.mjs [--full] [--keep]     --full shows the whole first revision, --keep keeps the demo's folder
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { copyApp, edit, newFile } from './demo/app-copy.mjs';
import { ask, expect, freePort, print, run, startApp } from './demo/shell.mjs';
import { ensureInstalled } from './ensure-installed.mjs';

const workspace = fileURLToPath(new URL('..', import.meta.url));
const APP = '@nest-alembic/example-api';
const TOKEN = 'demo-token';
const SHOWN_LINES = 80;

async function main(args) {
  const started = performance.now();
  ensureInstalled();
  let app;
  try {
    step('Build the example app');
    const env = { ...process.env, NX_DAEMON: 'false' };
    await run(`npx nx build ${APP}`, { cwd: workspace, env, show: false });
    app = copyApp(workspace);
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => interrupted(app));
    console.log(
      `\nFrom here on we work in a copy of the app: cd ${relative(workspace, app.folder)}`,
    );
    await demonstrate(app.folder, args.includes('--full'));
  } catch (error) {
    const kept = app === undefined ? '' : `\nThe demo's folder is kept: ${app.folder}`;
    console.error(`\nNOT AS EXPECTED: ${error.message}${kept}`);
    process.exitCode = 1;
    return;
  }
  if (!args.includes('--keep')) app.remove();
  console.log(`\nAll as expected, in ${Math.round((performance.now() - started) / 1000)} s.`);
}

/** The programs that run hear Ctrl+C as well; what they still write is not waited for. */
function interrupted(app) {
  app.remove();
  process.exit(1);
}

async function demonstrate(cwd, isFull) {
  const env = cleanEnvironment();
  const migrate = (line, options) =>
    run(`node dist/main migrate ${line}`, { cwd, env, ...options });
  const versions = join(cwd, 'migrations/versions');

  step('Set up the migrations folder');
  await migrate('init');

  step('Write the first revision from the entities');
  await migrate('revision --autogenerate -m "create the shop"', { show: false });
  const first = newFile(versions, []);
  showFile(cwd, join(versions, first), isFull ? Infinity : SHOWN_LINES);

  step('Apply it, and see that nothing is left to do');
  await migrate('upgrade head');
  const atFirst = await migrate('current');
  await migrate('check');

  step('Put something into the shop');
  await withApp({ cwd, env: { ...env, AUTO_UPGRADE: 'verify' } }, async ({ url }) => {
    const brand = { name: 'Leaf & Co', website: 'https://leaf.example' };
    await ask('POST', `${url}/brands`, { body: brand, status: 201 });
  });

  step('Change an entity: a longer name, a new column, and another name for a column');
  print(edit(join(cwd, 'src/catalog/brand.entity.ts'), brandChanges).join('\n'));
  await run('npx tsc --build tsconfig.app.json', { cwd, env, show: false });
  await migrate('check', { exitCode: 2 });

  step('Write the second revision; it renames the column instead of losing it');
  await migrate('revision --autogenerate -m "brands have a homepage and a country"');
  const second = newFile(versions, [first]);
  const text = showFile(cwd, join(versions, second), Infinity);
  expect(text.includes('op.renameColumn('), 'the second revision does not rename the column');
  const upgradePart = text.slice(
    text.indexOf('function upgrade'),
    text.indexOf('function downgrade'),
  );
  expect(!upgradePart.includes('op.dropColumn('), 'the second revision drops a column');

  step('Apply it, take it back, apply it again');
  await migrate('upgrade head');
  await migrate('check');
  await migrate('downgrade -1');
  const takenBack = await migrate('current');
  expect(
    takenBack.split(/\s/)[0] === atFirst.split(/\s/)[0],
    'downgrade -1 did not lead back to the first revision',
  );
  await migrate('upgrade head');
  await migrate('history');

  step('Take it back once more, and let the app bring its database to head when it starts');
  await migrate('downgrade -1');
  await withApp(
    { cwd, env: { ...env, AUTO_UPGRADE: 'upgrade', ADMIN_TOKEN: TOKEN } },
    async ({ url }) => {
      await ask('GET', `${url}/admin/migrations`, { status: 401 });
      const state = await ask('GET', `${url}/admin/migrations`, {
        headers: { 'x-admin-token': TOKEN },
      });
      expect(state.isAtHead === true, 'the app says that its database is not at head');
      expect(state.history.length === 2, 'the app does not know the two revisions');
      const [brand] = await ask('GET', `${url}/brands`);
      expect(
        brand?.website === 'https://leaf.example',
        'the brand has lost its website on the way',
      );
      expect('country' in brand, 'the brand has no country');
    },
  );
}

const brandChanges = [
  [
    `@Column({ type: 'varchar', length: 80, unique: true })`,
    `@Column({ type: 'varchar', length: 120, unique: true })`,
  ],
  [
    `@Column({ type: 'varchar', length: 200, nullable: true })\n`,
    `@Column({ name: 'homepage', type: 'varchar', length: 200, nullable: true })\n`,
  ],
  [
    `  website!: string | null;\n`,
    `  website!: string | null;\n\n  @Column({ type: 'char', length: 2, nullable: true })\n  country!: string | null;\n`,
  ],
];

async function withApp({ cwd, env }, work) {
  const port = await freePort();
  const shown = ['AUTO_UPGRADE', 'ADMIN_TOKEN']
    .filter((name) => env[name])
    .map((name) => `${name}=${env[name]} `);
  const line = `PORT=${port} ${shown.join('')}node dist/main &`;
  const app = await startApp(line, { cwd, env: { ...env, PORT: String(port) }, port });
  try {
    await work(app);
  } finally {
    await app.stop();
  }
}

/** Our environment without what would lead the app to another database or folder. */
function cleanEnvironment() {
  const env = { ...process.env, NO_COLOR: '1' };
  for (const name of [
    'DATABASE_URL',
    'EXAMPLE_DATA_DIR',
    'MIGRATIONS_DIR',
    'AUTO_UPGRADE',
    'ADMIN_TOKEN',
    'PORT',
    'FORCE_COLOR',
  ]) {
    delete env[name];
  }
  return env;
}

let steps = 0;
function step(title) {
  steps += 1;
  console.log(`\n${steps}. ${title}\n`);
}

function showFile(cwd, file, most) {
  const text = readFileSync(file, 'utf8');
  const lines = text.trimEnd().split('\n');
  console.log(`$ cat ${relative(cwd, file)}`);
  print(lines.slice(0, most).join('\n'));
  if (lines.length > most)
    print(`… ${lines.length - most} more lines (npm run demo -- --full shows them)`);
  return text;
}

await main(process.argv.slice(2));
