import { MigrationError } from '../errors/migration-error.js';

/** What the tokens of a file template stand for. */
export interface FileTemplateValues {
  readonly rev: string;
  readonly slug: string;
  readonly epoch: number;
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** The template that Alembic has as well (CFG-11). */
export const DEFAULT_FILE_TEMPLATE = '%(rev)s_%(slug)s';

/**
 * Fills in a file template: `%(year)d/%(month).2d_%(rev)s` with printf formats as Python has them; `%%` is a percent sign.
 * @throws MigrationError E9002 for an unknown token, or a format that does not fit it
 */
export function fillFileTemplate(template: string, values: FileTemplateValues): string {
  return template.replaceAll(DIRECTIVE, (directive, name: string | undefined, ...rest) => {
    if (directive === '%%') return '%';
    const [flags, width, precision, conversion] = rest as (string | undefined)[];
    const value = values[tokenOf(template, directive, name)];
    if (!isConversionOf(value, conversion)) throw wrongFormat(template, directive, value);
    const format = { flags: flags ?? '', width: Number(width ?? 0), precision };
    const isText = typeof value === 'string' || conversion === 's';
    return isText ? formatText(String(value), format) : formatNumber(value, conversion, format);
  });
}

/**
 * Checks a file template before it is used.
 * @throws MigrationError E9002 as {@link fillFileTemplate} does
 */
export function checkFileTemplate(template: string): void {
  const copied = TOKENS.find((token) => template.includes(`%%(${token})`));
  if (copied !== undefined) {
    throw wrong(template, `has "%%(${copied})", which is no token`, {
      advice: 'A percent sign is doubled in alembic.ini; here it is not.',
    });
  }
  fillFileTemplate(template, EXAMPLE);
}

const EXAMPLE: FileTemplateValues = {
  rev: '1975ea83b712',
  slug: 'add_accounts',
  epoch: 0,
  year: 2026,
  month: 1,
  day: 1,
  hour: 0,
  minute: 0,
  second: 0,
};
const TOKENS = Object.keys(EXAMPLE) as (keyof FileTemplateValues)[];

/** Flags, width, precision and conversion of printf; anything else behind a percent sign is caught as its own match. */
const DIRECTIVE = /%(?:%|\((\w*)\)([-+ 0#]*)(\d*)(?:\.(\d*))?([A-Za-z])|.?)/gsu;

function tokenOf(
  template: string,
  directive: string,
  name: string | undefined,
): keyof FileTemplateValues {
  const token = TOKENS.find((known) => known === name);
  if (token !== undefined) return token;
  const problem = name === undefined ? `has "${directive}"` : `has the unknown token "${name}"`;
  throw wrong(template, problem, {
    advice: `Known are ${TOKENS.map((known) => `%(${known})`).join(', ')}, as in %(rev)s and %(month).2d; %% is a percent sign.`,
    token: name ?? directive,
  });
}

const isConversionOf = (value: number | string, conversion = ''): boolean =>
  (typeof value === 'string' ? ['s'] : ['s', 'd', 'i', 'u', 'x', 'X', 'o']).includes(conversion);

interface Format {
  readonly flags: string;
  readonly width: number;
  /** Digits of a number, longest length of a text; the empty text means 0. */
  readonly precision: string | undefined;
}

function formatText(value: string, { flags, width, precision }: Format): string {
  const text = precision === undefined ? value : value.slice(0, Number(precision));
  return flags.includes('-') ? text.padEnd(width) : text.padStart(width);
}

function formatNumber(value: number | string, conversion = 'd', format: Format): string {
  const { flags, width, precision = '0' } = format;
  const radix = { x: 16, X: 16, o: 8 }[conversion] ?? 10;
  const head = signOf(Number(value), flags) + (flags.includes('#') ? baseOf(conversion) : '');
  const lower = Math.abs(Number(value)).toString(radix).padStart(Number(precision), '0');
  const digits = conversion === 'X' ? lower.toUpperCase() : lower;
  if (flags.includes('-')) return `${head}${digits}`.padEnd(width);
  if (flags.includes('0')) return head + digits.padStart(width - head.length, '0');
  return (head + digits).padStart(width);
}

/** A date before 1970 has a negative epoch. */
function signOf(value: number, flags: string): string {
  if (value < 0) return '-';
  if (flags.includes('+')) return '+';
  return flags.includes(' ') ? ' ' : '';
}

const baseOf = (conversion: string): string => (/[xo]/i.test(conversion) ? `0${conversion}` : '');

const wrongFormat = (template: string, directive: string, value: number | string): MigrationError =>
  wrong(template, `has the format "${directive}"`, {
    advice:
      typeof value === 'string'
        ? 'A text is formatted by "s".'
        : 'A number is formatted by "d", as in %(month).2d.',
    token: directive,
  });

function wrong(
  template: string,
  problem: string,
  { advice, ...facts }: { readonly advice: string; readonly token?: string },
): MigrationError {
  return new MigrationError('E9002', {
    problem: `option "fileTemplate" ${problem}`,
    advice,
    facts: { option: 'fileTemplate', template, ...facts },
  });
}
