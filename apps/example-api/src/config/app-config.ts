import { resolve } from 'node:path';

const AUTO_UPGRADE = ['upgrade', 'verify', 'wait'] as const;

/** What the app does about its database when it starts. */
export type AutoUpgrade = false | (typeof AUTO_UPGRADE)[number];

/** The app's settings, read once from the environment. */
export interface AppConfig {
  readonly port: number;
  /** A PostgreSQL server; without one the embedded database is used. */
  readonly databaseUrl: string | undefined;
  /** Absolute folder of the embedded database. */
  readonly dataDirectory: string;
  /** Token of the admin endpoints; without one they refuse everything. */
  readonly adminToken: string | undefined;
  readonly autoUpgrade: AutoUpgrade;
  /** Folder of the migrations, relative to the app's folder or absolute. */
  readonly migrationsDirectory: string;
}

/** The folder with the app's package.json: the parent of `src` and of `dist`. */
export const appRoot = resolve(__dirname, '../..');

/**
 * Reads the settings.
 *
 * @throws Error that names the variable, for a value that cannot be used
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): AppConfig {
  return {
    port: readPort(env['PORT']),
    databaseUrl: nonEmpty(env['DATABASE_URL']),
    dataDirectory: resolve(appRoot, nonEmpty(env['EXAMPLE_DATA_DIR']) ?? '.data/pglite'),
    adminToken: nonEmpty(env['ADMIN_TOKEN']),
    autoUpgrade: readAutoUpgrade(env['AUTO_UPGRADE']),
    migrationsDirectory: nonEmpty(env['MIGRATIONS_DIR']) ?? 'migrations',
  };
}

function nonEmpty(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === '' ? undefined : value;
}

function readPort(value: string | undefined): number {
  const port = Number(nonEmpty(value) ?? 3000);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new Error(`PORT is "${value}", not a port number. Set it to a number from 0 to 65535`);
}

function readAutoUpgrade(value: string | undefined): AutoUpgrade {
  const text = nonEmpty(value) ?? 'off';
  if (text === 'off' || text === 'false') return false;
  const mode = AUTO_UPGRADE.find((candidate) => candidate === text);
  if (mode !== undefined) return mode;
  throw new Error(`AUTO_UPGRADE is "${text}". Set it to off, ${AUTO_UPGRADE.join(', ')}`);
}
