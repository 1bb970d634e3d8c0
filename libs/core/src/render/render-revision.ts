import { MigrationError } from '../errors/migration-error.js';
import { describeOperation } from '../operations/operation-definitions.js';
import type { Reversal } from '../operations/reverse-all.js';
import type { Operation } from '../operations/operation.js';
import { compareText } from '../schema/object-name.js';
import type { CodeNode, RenderContext } from './code-node.js';
import { stringNode } from './code-node.js';
import { PRINT_WIDTH, printCode } from './print-code.js';
import { lossNotes } from './loss-notes.js';
import { renderBody } from './render-call.js';
import { codeWith } from './code-of-items.js';
import { portableCode } from './portable-code.js';
import type { RenderItem } from './rendered-item.js';
import type { TemplateValues } from './revision-template.js';
import { defaultTemplate, fillTemplate, hasPlaceholder } from './revision-template.js';
import { commentLine, stringLiteral } from './string-literal.js';

/** What a revision does in one environment. */
export interface EnvironmentDraft {
  /** Name of the environment. */
  readonly name: string;
  readonly upgrade: readonly Operation[];
  /** The way back, such as `reverseAll(upgrade)`. With an operation that has none, the file's downgrade throws. */
  readonly downgrade: Reversal;
}

/** What a new revision file says. */
export interface RevisionDraft {
  readonly revision: string;
  readonly message: string;
  /** Empty for a base, several for a merge point. */
  readonly downRevisions: readonly string[];
  readonly branchLabels: readonly string[];
  readonly dependsOn: readonly string[];
  /** ISO 8601. */
  readonly createdAt: string;
  /** Package that the file imports its types from. */
  readonly importSource: string;
  /** More import declarations; each is written once, sorted. @default [] */
  readonly imports?: readonly string[];
  readonly upgrade: readonly Operation[];
  /** The way back, such as `reverseAll(upgrade)`. With an operation that has none, the file's downgrade throws. */
  readonly downgrade: Reversal;
  /** Name of the environment that these are for. @default 'default' */
  readonly environment?: string;
  /** Other environments, for a template with a function for each. @default [] */
  readonly others?: readonly EnvironmentDraft[];
  /** Writes items in another way. @default every item has its own code */
  readonly renderItem?: RenderItem;
  /** Text of `revision.ts.tpl`. @default {@link defaultTemplate} */
  readonly template?: string;
  /** Texts for placeholders of the template's own, by name. */
  readonly templateArgs?: Readonly<Record<string, string>>;
}

/**
 * The text of a revision file (design D1).
 * @throws MigrationError E7006 when the template has an unknown placeholder, or lacks one that makes the revision, or has no
 * place for several environments or for imports; E9002 when `renderItem` returns no code
 */
export function renderRevision(draft: RevisionDraft, context: RenderContext): string {
  const template = draft.template ?? defaultTemplate();
  const { environment: name = 'default', upgrade, downgrade, others = [] } = draft;
  const environments = [{ name, upgrade, downgrade }, ...others] as const;
  if (others.length > 0 && !hasPlaceholder(template, 'upgrades')) throw onlyOne(environments);
  const imports = new Set(draft.imports);
  const codeFor = codeOfItems(draft, imports, context);
  const bodies = renderBodies(environments, template, {
    ...context,
    ...(codeFor && { codeFor }),
  });
  return fillTemplate(template, {
    ...draft.templateArgs,
    title: commentLine(draft.message, PRINT_WIDTH - '/**  */'.length) || untitled(draft),
    importSource: stringLiteral(draft.importSource),
    imports: importLines(imports, template),
    revision: constant('revision', stringNode(draft.revision)),
    message: constant('message', stringNode(draft.message)),
    downRevision: constant('downRevision', oneOrList(draft.downRevisions)),
    branchLabels: constant('branchLabels', listOrNull(draft.branchLabels)),
    dependsOn: constant('dependsOn', oneOrList(draft.dependsOn)),
    createdAt: constant('createdAt', stringNode(draft.createdAt)),
    ...bodies,
  });
}

/** What the app says of an item goes before what is portable. */
function codeOfItems(
  { renderItem }: RevisionDraft,
  imports: Set<string>,
  { portable }: RenderContext,
): RenderContext['codeFor'] {
  const own = renderItem && codeWith(renderItem, imports);
  const shared = portable && portableCode(portable);
  if (own === undefined || shared === undefined) return own ?? shared;
  return (item) => {
    const code = own(item);
    return code === undefined ? shared(item) : code;
  };
}

type Bodies = Pick<TemplateValues, 'upgradeBody' | 'downgradeBody' | 'upgrades' | 'downgrades'>;

/** Those that the template has a place for: what is not printed needs no imports. */
function renderBodies(
  environments: readonly [EnvironmentDraft, ...EnvironmentDraft[]],
  template: string,
  context: RenderContext,
): Bodies {
  const [own] = environments;
  const where = (name: keyof Bodies, body: () => string): string =>
    hasPlaceholder(template, name) ? body() : '';
  return {
    upgradeBody: where('upgradeBody', () => renderBody(own.upgrade, context)),
    downgradeBody: where('downgradeBody', () => downgradeBody(own, context)),
    upgrades: where('upgrades', () =>
      members(environments, (one) => renderBody(one.upgrade, context, INNER)),
    ),
    downgrades: where('downgrades', () =>
      members(environments, (one) => downgradeBody(one, context, INNER)),
    ),
  };
}

/** AGR-02. */
function importLines(imports: ReadonlySet<string>, template: string): string {
  const lines = [...new Set([...imports].map((line) => line.trim()))].sort(compareText);
  if (lines.length === 0 || hasPlaceholder(template, 'imports')) return lines.join('\n');
  throw new MigrationError('E7006', {
    problem: 'the revision template has no place for import declarations',
    advice: 'Nothing was written. Put {{imports}} on a line of its own below its other imports.',
    facts: { placeholder: 'imports', imports: lines },
  });
}

/** Column of a statement in a function that is a member of an object. */
const INNER = 4;

/** The members of an object with a function for each environment. */
function members(
  environments: readonly EnvironmentDraft[],
  bodyOf: (environment: EnvironmentDraft) => string,
): string {
  const texts = environments.map((environment) => {
    const { name } = environment;
    const key = /^[A-Za-z_$][\w$]*$/.test(name) ? name : stringLiteral(name);
    const body = bodyOf(environment);
    return body === ''
      ? `${key}: async () => {},`
      : `${key}: async (op) => {\n${' '.repeat(INNER)}${body}\n  },`;
  });
  return texts.join('\n  ');
}

function onlyOne(environments: readonly EnvironmentDraft[]): MigrationError {
  const names = environments.map(({ name }) => name);
  return new MigrationError('E7006', {
    problem: `the revision template has no place for the operations of several environments: ${names.join(', ')}`,
    advice:
      'Nothing was written. Use the template that `init -t multidb` writes, with {{upgrades}} and {{downgrades}}.',
    facts: { placeholder: 'upgrades', environments: names },
  });
}

const untitled = (draft: RevisionDraft): string =>
  commentLine(`revision ${draft.revision}`, PRINT_WIDTH);

/** The value of a header constant; a string that is too long for its line goes to the next. */
function constant(name: string, value: CodeNode): string {
  const column = `export const ${name} = `.length;
  const text = printCode(value, { indent: 0, column, reserved: ';'.length });
  const isTooLong = column + text.length + ';'.length > PRINT_WIDTH;
  return isTooLong && value.kind === 'string' ? `\n  ${text}` : text;
}

function oneOrList(names: readonly string[]): CodeNode {
  const [only] = names;
  return only !== undefined && names.length === 1 ? stringNode(only) : listOrNull(names);
}

function listOrNull(names: readonly string[]): CodeNode {
  if (names.length === 0) return { kind: 'word', text: 'null' };
  return { kind: 'list', items: names.map(stringNode) };
}

function downgradeBody(
  { upgrade, downgrade: { operations, irreversible } }: EnvironmentDraft,
  context: RenderContext,
  indent = 2,
): string {
  if (irreversible.length === 0) {
    const body = renderBody(operations, context, indent);
    const notes = body === '' ? [] : lossNotes(upgrade, indent);
    return [...notes, body].join(`\n${' '.repeat(indent)}`);
  }
  const named = irreversible.slice(0, MAX_NAMED).map(describeOperation);
  const more = irreversible.length - named.length;
  const text = `There is no way back from: ${named.join('; ')}${more > 0 ? `; and ${more} more` : ''}. Write it here.`;
  const thrown: CodeNode = { kind: 'call', callee: 'new Error', args: [stringNode(text)] };
  return `throw ${printCode(thrown, { indent, column: indent + 'throw '.length, reserved: ';'.length })};`;
}

const MAX_NAMED = 5;
