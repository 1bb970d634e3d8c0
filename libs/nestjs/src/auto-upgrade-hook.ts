import type { OnModuleInit } from '@nestjs/common';
import { migrateOnStart } from './migrate-on-start.js';
import type { MigrationEnvironment } from './migration.service.js';
import { isAutoUpgradeOff } from './without-auto-upgrade.js';

/** Runs the auto-upgrade of one environment when the app starts. */
export class AutoUpgradeHook implements OnModuleInit {
  readonly #environment: MigrationEnvironment;
  /** Asked when the app is built, because its `init()` may be called from elsewhere. */
  readonly #isOff = isAutoUpgradeOff();

  constructor(environment: MigrationEnvironment) {
    this.#environment = environment;
  }

  async onModuleInit(): Promise<void> {
    if (!this.#isOff) await migrateOnStart(this.#environment);
  }
}
