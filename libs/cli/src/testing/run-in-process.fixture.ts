import type { MigrationService } from '@nest-alembic/nestjs';
import { openTerminal } from '../output/terminal.js';
import { parseAndRun } from '../parse-and-run.js';
import type { CliParts, ExitCode } from '../parse-and-run.js';
import { memoryStreams } from './memory-streams.fixture.js';
import type { Screen } from './memory-streams.fixture.js';
import { MigratorStub } from './migrator-stub.fixture.js';

/** What a command said and how it ended. */
export interface Said {
  readonly exitCode: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

/** The same, with what the migrator was asked for. */
export interface Outcome extends Said {
  readonly stub: MigratorStub;
}

/** Runs `migrate …` in this process on a stub, for specs about parsing and printing. */
export async function runOnStub(
  args: readonly string[],
  answers: MigratorStub['answers'] = {},
): Promise<Outcome> {
  const stub = new MigratorStub();
  Object.assign(stub.answers, answers);
  return { ...(await runOn([stub.service as MigrationService], args)), stub };
}

/** Runs `migrate …` in this process in an app with these environments. */
export async function runOn(
  services: readonly MigrationService[],
  args: readonly string[],
  { commands = [], ...screen }: Screen & Pick<CliParts, 'commands'> = {},
): Promise<Said> {
  const { streams, stdout, stderr } = memoryStreams(screen);
  const terminal = openTerminal(streams, {});
  const session = { environments: async () => services, close: async () => undefined };
  const exitCode = await parseAndRun(['node', 'main.js', 'migrate', ...args], {
    terminal,
    app: session as never,
    commands,
  });
  await terminal.flush();
  return { exitCode, stdout: stdout(), stderr: stderr() };
}
