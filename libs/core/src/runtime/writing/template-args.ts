import { MigrationError } from '../../errors/migration-error.js';
import { TEMPLATE_PLACEHOLDERS } from '../../render/revision-template.js';
import { withDatabase } from '../session/connect-database.js';
import type { Environment } from '../options/environment.js';
import type { RevisionEnvironment, TemplateArgs } from '../migrator-options.js';

/**
 * The values of the user's own placeholders for one revision, of all environments that it is written for; the later wins (ENV-27).
 * @throws MigrationError as {@link templateArgsFor}
 */
export async function templateArgsOfAll(
  environments: readonly Environment[],
  revision: { readonly id: string; readonly message: string },
): Promise<TemplateArgs> {
  let all: TemplateArgs = {};
  for (const environment of environments)
    all = { ...all, ...(await templateArgsFor(environment, revision)) };
  return all;
}

/**
 * The values of the user's own placeholders for one revision. With `revisionEnvironment` a session is open meanwhile, which
 * the function of the options is given (CFG-16).
 * @throws MigrationError E9002 for what is no text or takes the name of a built-in placeholder, E5010 without a database
 */
async function templateArgsFor(
  environment: Environment,
  revision: { readonly id: string; readonly message: string },
): Promise<TemplateArgs> {
  const { templateArgs } = environment.writing;
  const about = { revision: revision.id, message: revision.message, x: environment.x };
  const make = async (place: RevisionEnvironment): Promise<TemplateArgs> =>
    typeof templateArgs === 'function' ? templateArgs(place) : templateArgs;
  return checked(
    environment.revisionEnvironment
      ? await withDatabase(environment, (connection) => make({ ...about, connection }))
      : await make(about),
  );
}

function checked(args: unknown): TemplateArgs {
  if (typeof args !== 'object' || args === null || Array.isArray(args))
    throw wrong('are no object', 'Give an object, such as { ticket: "ABC-1" }.');
  for (const [name, value] of Object.entries(args)) {
    if (!/^\w+$/.test(name)) {
      throw wrong(
        `have the name ${JSON.stringify(name)}`,
        'A placeholder has letters, digits and underscores.',
      );
    }
    if ((TEMPLATE_PLACEHOLDERS as readonly string[]).includes(name))
      throw wrong(`have "${name}", which is built in`, 'Choose another name.');
    if (typeof value !== 'string')
      throw wrong(`have no text for "${name}"`, 'Each value is a text.');
  }
  return { ...(args as TemplateArgs) };
}

const wrong = (problem: string, advice: string): MigrationError =>
  new MigrationError('E9002', {
    problem: `the template arguments ${problem}`,
    advice: `Nothing was written. ${advice}`,
    facts: { option: 'templateArgs' },
  });
