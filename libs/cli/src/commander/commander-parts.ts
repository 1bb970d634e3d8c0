/**
 * What our commands need of nest-commander, each from the file that defines it (docs/adr/0010): its index also loads
 * inquirer and cosmiconfig, which cost as much as half of reading 10,000 revisions and which no command of ours uses.
 */
export { Command, Option, SubCommand } from 'nest-commander/src/command.decorators.js';
export { CommandRunner } from 'nest-commander/src/command-runner.interface.js';
export { CommandRunnerService } from 'nest-commander/src/command-runner.service.js';
