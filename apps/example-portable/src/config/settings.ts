const AUTO_UPGRADE = ['upgrade', 'verify', 'wait'] as const;

/** What the environment says about this app. */
export interface Settings {
  /** Where the database is; see `dataSourceOptions`. @default the app's own file */
  readonly databaseUrl: string | undefined;
  /** What happens to the database when the app starts. */
  readonly autoUpgrade: false | (typeof AUTO_UPGRADE)[number];
  /** Folder of the migrations, relative to the app's folder or absolute. */
  readonly migrationsDirectory: string;
  /** Token of the admin endpoints; without one they refuse everything. */
  readonly adminToken: string | undefined;
}

/** Reads the settings. @throws Error that names the variable, for a value that cannot be used */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const mode = env['AUTO_UPGRADE'] || 'off';
  const autoUpgrade = mode === 'off' ? false : AUTO_UPGRADE.find((name) => name === mode);
  if (autoUpgrade === undefined)
    throw new Error(`AUTO_UPGRADE is "${mode}". Set it to off, ${AUTO_UPGRADE.join(', ')}`);
  return {
    databaseUrl: env['DATABASE_URL'] || undefined,
    autoUpgrade,
    migrationsDirectory: env['MIGRATIONS_DIR'] || 'migrations',
    adminToken: env['ADMIN_TOKEN'] || undefined,
  };
}
