import { MigrationError } from '../errors/migration-error.js';
import { stringLiteral } from './string-literal.js';

/**
 * The placeholders of a revision template. `title` is text for a comment, `imports` are declarations, the bodies are statements, `upgrades` and
 * `downgrades` are members of an object with a function for each environment, the others are JavaScript literals with their
 * quotes.
 */
export const TEMPLATE_PLACEHOLDERS = [
  'title',
  'importSource',
  'imports',
  'revision',
  'message',
  'downRevision',
  'branchLabels',
  'dependsOn',
  'createdAt',
  'upgradeBody',
  'downgradeBody',
  'upgrades',
  'downgrades',
] as const;

/** The name of a placeholder. */
export type TemplatePlaceholder = (typeof TEMPLATE_PLACEHOLDERS)[number];

/** The code for each placeholder, and texts for placeholders of the user's own. */
export type TemplateValues = Readonly<Record<TemplatePlaceholder, string>> &
  Readonly<Record<string, string>>;

/** What a file must say to be that revision, each in one of its forms. */
const NEEDED: readonly (readonly [TemplatePlaceholder, ...TemplatePlaceholder[]])[] = [
  ['revision'],
  ['downRevision'],
  ['upgradeBody', 'upgrades'],
  ['downgradeBody', 'downgrades'],
];

/** The template of a revision file in the form of design D1. With an import source, it is written out. */
export function defaultTemplate(importSource?: string): string {
  const source = importSource === undefined ? '{{importSource}}' : stringLiteral(importSource);
  return `/** {{title}} */
import type { Operations, RevisionContext } from ${source};
{{imports}}

export const revision = {{revision}};
export const message = {{message}};
export const downRevision = {{downRevision}};
export const branchLabels = {{branchLabels}};
export const dependsOn = {{dependsOn}};
export const createdAt = {{createdAt}};

export async function upgrade(op: Operations, ctx: RevisionContext): Promise<void> {
  {{upgradeBody}}
}

export async function downgrade(op: Operations): Promise<void> {
  {{downgradeBody}}
}
`;
}

/** The template of a revision file for several environments: a function for each (design D3). */
export function severalTemplate(importSource: string): string {
  const [head = ''] = defaultTemplate(importSource).split('export async function');
  return (
    head.replace('\n\nexport const revision', `\n\n${STEPS}\n\nexport const revision`) + SEVERAL
  );
}

const STEPS = `type Steps = Readonly<
  Record<string, (op: Operations, ctx: RevisionContext) => Promise<void>>
>;`;

const SEVERAL = `/** By environment; one that is not here has nothing to do. */
export const upgrades: Steps = {
  {{upgrades}}
};

export const downgrades: Steps = {
  {{downgrades}}
};
`;

/** True when a template has this placeholder. */
export const hasPlaceholder = (template: string, name: TemplatePlaceholder): boolean =>
  new RegExp(`\\{\\{\\s*${name}\\s*\\}\\}`).test(template);

/**
 * Puts values in the place of a template's placeholders. A value is never read again; a line that has only a placeholder
 * without a value vanishes.
 * @throws MigrationError E7006 for an unknown placeholder, or when one is missing that makes the revision
 */
export function fillTemplate(template: string, values: TemplateValues): string {
  const known = new Map<string, string>(Object.entries(values));
  const missing = NEEDED.find((names) => !names.some((name) => hasPlaceholder(template, name)));
  if (missing !== undefined) throw lackingPlaceholder(missing[0]);
  return (
    template
      .replaceAll(/^[ \t]*\{\{\s*(\w+)\s*\}\}[ \t]*(?:\r?\n|$)/gm, (line, name: string) =>
        known.get(name) === '' && (name === 'imports' || !isBuiltIn(name)) ? '' : line,
      )
      // A body without statements leaves nothing between its braces.
      .replaceAll(/\r?\n[ \t]*\{\{\s*(\w+)\s*\}\}[ \t]*\r?\n/g, (line, name: string) =>
        known.get(name) === '' ? '' : line,
      )
      .replaceAll(/([ \t]*)\{\{\s*(\w+)\s*\}\}/g, (_, space: string, name: string) => {
        const value = known.get(name);
        if (value === undefined) throw unknownPlaceholder(name, [...known.keys()]);
        return value.startsWith('\n') ? value : space + value;
      })
  );
}

const isBuiltIn = (name: string): boolean =>
  (TEMPLATE_PLACEHOLDERS as readonly string[]).includes(name);

function unknownPlaceholder(name: string, known: readonly string[]): MigrationError {
  return new MigrationError('E7006', {
    problem: `the revision template has the unknown placeholder "${name}"`,
    advice: `Known are: ${known.join(', ')}. Others are given by the option "templateArgs".`,
    facts: { placeholder: name },
  });
}

function lackingPlaceholder(name: string): MigrationError {
  return new MigrationError('E7006', {
    problem: `the revision template lacks the placeholder "${name}", without which the file is no revision`,
    advice: `Put {{${name}}} where it belongs.`,
    facts: { placeholder: name },
  });
}
