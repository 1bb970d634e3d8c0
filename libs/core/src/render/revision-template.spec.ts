import type { TemplateValues } from './revision-template.js';
import { defaultTemplate, fillTemplate } from './revision-template.js';

const values: TemplateValues = {
  title: 'add accounts',
  imports: '',
  importSource: "'@nest-alembic/core'",
  revision: "'ab12'",
  message: "'add accounts'",
  downRevision: 'null',
  branchLabels: 'null',
  dependsOn: 'null',
  createdAt: "'2026-11-20T14:32:05Z'",
  upgradeBody: '',
  downgradeBody: '',
  upgrades: '',
  downgrades: '',
};
const needed = '{{revision}} {{downRevision}} {{upgradeBody}} {{downgradeBody}}';

describe('fillTemplate', () => {
  it('TPL-03: makes a file of the default template; empty bodies are empty', () => {
    expect(fillTemplate(defaultTemplate(), values)).toBe(`/** add accounts */
import type { Operations, RevisionContext } from '@nest-alembic/core';

export const revision = 'ab12';
export const message = 'add accounts';
export const downRevision = null;
export const branchLabels = null;
export const dependsOn = null;
export const createdAt = '2026-11-20T14:32:05Z';

export async function upgrade(op: Operations, ctx: RevisionContext): Promise<void> {}

export async function downgrade(op: Operations): Promise<void> {}
`);
  });

  it('writes the import source out where it is known', () => {
    expect(defaultTemplate('@nest-alembic/nestjs')).toContain(
      "RevisionContext } from '@nest-alembic/nestjs';",
    );
    expect(defaultTemplate('@nest-alembic/nestjs')).not.toContain('importSource');
  });

  it('B070: puts values in as they are: no $&, no placeholder inside of a value', () => {
    const hostile = '$& $1 $$ $` {{revision}} {{nosuch}}';
    const text = fillTemplate(`a ${needed} b`, { ...values, upgradeBody: hostile });
    expect(text).toBe(`a 'ab12' null ${hostile}  b`);
  });

  it('B124: a template is data: code of other template languages stays as it stands', () => {
    const odd = '<%= process.env %> ${process.exit()} {{ process.env }} {} }} {{';
    expect(fillTemplate(`${odd}\n${needed}`, values)).toContain(odd);
  });

  it('B124: refuses an unknown placeholder, and names the known ones', () => {
    expect(() => fillTemplate(`${needed} {{ constructor }}`, values)).toThrow(
      expect.objectContaining({
        code: 'E7006',
        facts: { placeholder: 'constructor' },
        advice: expect.stringContaining('upgradeBody'),
      }),
    );
  });

  it.each(['revision', 'downRevision', 'upgradeBody', 'downgradeBody'])(
    'refuses a template without %s, as the file would not be that revision',
    (name) => {
      expect(() => fillTemplate(needed.replace(`{{${name}}}`, ''), values)).toThrow(
        expect.objectContaining({ code: 'E7006', facts: { placeholder: name } }),
      );
    },
  );

  it('takes templates with CRLF and with spaces in the braces', () => {
    const template = `${needed}\r\n{\r\n  {{ upgradeBody }}\r\n}\r\n`;
    expect(fillTemplate(template, values)).toBe("'ab12' null  \r\n{}\r\n");
  });
});
