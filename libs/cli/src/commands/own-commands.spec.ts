import { Option, SubCommand } from 'nest-commander';
import { AlembicSubCommand } from '../index.js';
import type { ExitCode, Invocation, MigrateCommandClass } from '../index.js';
import { Project } from '../testing/project.fixture.js';
import { runOn } from '../testing/run-in-process.fixture.js';
import type { Said } from '../testing/run-in-process.fixture.js';
import { createService } from '../testing/service.fixture.js';

/** As an app would write it. */
@SubCommand({
  name: 'count-heads',
  aliases: ['count_heads'],
  arguments: '[label]',
  argsDescription: { label: 'A branch label.' },
  description: 'Count the heads.',
})
class CountHeadsCommand extends AlembicSubCommand<{ readonly expect?: number }> {
  protected override async execute({
    options,
    globals,
  }: Invocation<{ readonly expect?: number }>): Promise<ExitCode> {
    const { length } = await (await this.migrator(globals)).heads();
    this.print(globals, {
      document: { heads: length },
      text: () => this.terminal.answer(`${length} heads`),
    });
    return options.expect === undefined || options.expect === length ? 0 : 2;
  }

  @Option({ flags: '--expect <count>', description: 'How many there should be.' })
  expect(value: string): number {
    return Number(value);
  }
}

@SubCommand({ name: 'heads', description: 'Takes a name of ours.' })
class HeadsTwo extends AlembicSubCommand {
  protected override async execute(): Promise<ExitCode> {
    return 0;
  }
}

@SubCommand({ name: 'mine', description: 'Takes the class name of one of ours.' })
class AlembicHeadsCommand extends AlembicSubCommand {
  protected override async execute(): Promise<ExitCode> {
    return 0;
  }
}

class Undecorated extends AlembicSubCommand {
  protected override async execute(): Promise<ExitCode> {
    return 0;
  }
}

describe("an app's own command", () => {
  let project: Project;
  beforeEach(() => {
    project = new Project();
    project.writeRevision('a1', null);
  });
  afterEach(() => project.remove());

  const run = (
    args: readonly string[],
    commands: readonly MigrateCommandClass[] = [CountHeadsCommand],
  ): Promise<Said> =>
    runOn(
      ['shop', 'reports'].map((name) => createService(project, { name })),
      args,
      { commands },
    );

  it('CLI-14: is a command below migrate, with the options of every command', async () => {
    expect(await run(['count-heads', '-n', 'shop'])).toEqual({
      exitCode: 0,
      stdout: '1 heads\n',
      stderr: '',
    });
    const all = await run(['-n', 'all', 'count_heads', '--json', '--expect', '2']);
    expect(all.exitCode).toBe(2);
    expect(JSON.parse(all.stdout)).toEqual({
      environments: { shop: { heads: 1 }, reports: { heads: 1 } },
    });
    expect((await run(['count-heads'])).stderr).toMatch(/^error E9007: /);
  });

  it('CLI-14: has its name, arguments, options and help read from its class', async () => {
    const help = await run(['--help']);
    expect(help.stdout).toMatch(/^Of this app:\n {2}count-heads \[label\] +Count the heads\.$/m);
    const { stdout } = await run(['count-heads', '--help']);
    expect(stdout).toMatch(/^Usage: .* migrate count-heads \[options\] \[label\]$/m);
    expect(stdout).toMatch(/^ {2}--expect <count> +How many there should be\.$/m);
    expect(stdout).toMatch(/^ {2}label +A branch label\.$/m);
    const mistyped = await run(['count-haeds']);
    expect(mistyped.stderr).toContain('Did you mean "count-heads"?');
    const surplus = await run(['count-heads', 'a', 'b']);
    expect(surplus.stderr).toMatch(/^error E7007: .*\n.* migrate count-heads --help\.\n$/);
  });

  it('is in no other run', async () => {
    await run(['--help']);
    expect((await run(['--help'], [])).stdout).not.toContain('count-heads');
  });

  it.each<[string, unknown, RegExp]>([
    ['the name of one of ours', HeadsTwo, /two commands are named "heads"/],
    ['the class name of one of ours', AlembicHeadsCommand, /class name "AlembicHeadsCommand"/],
    ['no @SubCommand()', Undecorated, /class Undecorated, has no @SubCommand\(\)/],
    ['another base class', Project, /is no command: class Project/],
    ['no class at all', {}, /is no command: object/],
  ])('with %s is refused', async (_case, command, text) => {
    const refused = await run(['heads', '-n', 'shop'], [command as MigrateCommandClass]);
    expect(refused).toMatchObject({ exitCode: 1, stdout: '' });
    expect(refused.stderr).toMatch(/^error E9002: /);
    expect(refused.stderr).toMatch(text);
  });
});
