import { MigrationError } from '../errors/migration-error.js';
import { closestName } from '../errors/closest-name.js';
import { defaultTemplate, severalTemplate } from '../render/revision-template.js';

/** The files of a template by path inside of the folder. */
export type TemplateFiles = Readonly<Record<string, string>>;

/** One template of `init`. */
interface InitTemplate {
  /** The sentence that `list-templates` shows. */
  readonly description: string;
  /** Text of `revision.ts.tpl`. */
  readonly revisionTemplate: (importSource: string) => string;
  /** What the README says besides that of every template. */
  readonly readme: string;
}

/** The templates of `init`, in the order of `list-templates`. */
const TEMPLATES: ReadonlyMap<string, InitTemplate> = new Map([
  [
    'generic',
    {
      description: 'One database, one history.',
      revisionTemplate: defaultTemplate,
      readme: `\`\`\`
node dist/main migrate revision --autogenerate -m "add accounts"
node dist/main migrate upgrade head
node dist/main migrate check
\`\`\`
`,
    },
  ],
  [
    'multidb',
    {
      description:
        'Several databases, one history: a revision has a function for each environment.',
      revisionTemplate: severalTemplate,
      readme: `\`\`\`
node dist/main migrate -n all revision --autogenerate -m "add accounts"
node dist/main migrate -n all upgrade head
node dist/main migrate -n all check
\`\`\`

Every environment (one \`MigrationsModule.forRoot\` for each DataSource) names this folder. \`-n all\` writes one file, with the
difference of each environment under its name; \`-n NAME\` works with one of them. A function that is missing does nothing.
`,
    },
  ],
]);

/** The templates of `init` by name, with their descriptions. */
export const INIT_TEMPLATES: ReadonlyMap<string, string> = new Map(
  [...TEMPLATES].map(([name, { description }]) => [name, description]),
);

/**
 * The files that `init` writes. An empty text keeps a folder in version control.
 * @throws MigrationError E7012 for an unknown template
 */
export function initTemplate(name: string, importSource: string): TemplateFiles {
  const template = TEMPLATES.get(name);
  if (template === undefined) throw unknownTemplate(name);
  return {
    'README.md': readmeOf(template),
    'revision.ts.tpl': template.revisionTemplate(importSource),
    'versions/.gitkeep': '',
  };
}

const readmeOf = ({ description, readme }: InitTemplate): string => `# Migrations

${description} Revisions of the database schema are made and run by the app's own binary:

${readme}
- \`versions/\`: one file for each revision. Review a generated file as you would any other code; commit it.
- \`revision.ts.tpl\`: the text that new revisions start from. Placeholders stand in double braces.

Never edit a revision that has been applied anywhere but on your machine: write a new one.
`;

function unknownTemplate(name: string): MigrationError {
  const known = [...TEMPLATES.keys()];
  const meant = closestName(name, known);
  return new MigrationError('E7012', {
    problem: `there is no template "${name}"`,
    advice: `${meant === undefined ? '' : `Did you mean "${meant}"? `}Known are: ${known.join(', ')}. Nothing was written.`,
    facts: { template: name, known },
  });
}
