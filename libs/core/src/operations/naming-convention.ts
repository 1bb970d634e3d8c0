import { MigrationError } from '../errors/migration-error.js';
import type { ObjectName } from '../schema/object-name.js';
import type { ConstraintType } from './constraint-operations.js';

/**
 * Names for indexes and constraints, as SQLAlchemy has them: templates with tokens such as `%(table_name)s`. A template without
 * `%(constraint_name)s` names what the call gives no name; one with it is put around the name that the call gives. The tokens:
 * `table_name`, `constraint_name`, `referred_table_name`; `column_0_name` (any number; `column_0N_name` for all, `column_0_N_name` for
 * all with `_` between, `_label` instead of `_name` with the table before), `referred_column_0_name` likewise; and those of `tokens`.
 */
export interface NamingConvention {
  /** Indexes. @default 'ix_%(column_0_label)s' */
  readonly ix?: string;
  /** Unique constraints. */
  readonly uq?: string;
  /** Check constraints. */
  readonly ck?: string;
  /** Foreign keys. */
  readonly fk?: string;
  /** Primary keys. */
  readonly pk?: string;
  /** Exclusion constraints. */
  readonly ex?: string;
  /** Tokens of one's own. */
  readonly tokens?: Readonly<Record<string, (subject: NamedSubject) => string>>;
}

/** True for an object of templates and tokens. */
export function isNamingConvention(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).every(([key, member]) =>
    key === 'tokens'
      ? typeof member === 'object' &&
        member !== null &&
        Object.values(member).every((token) => typeof token === 'function')
      : Object.values<string>(KEYS).includes(key) && typeof member === 'string',
  );
}

/** What a name is made for. */
export interface NamedSubject {
  readonly type: ConstraintType | 'index';
  readonly table: ObjectName;
  /** Absent where the call does not tell: a drop, a check. */
  readonly columns?: readonly string[];
  readonly referredTable?: ObjectName;
  readonly referredColumns?: readonly string[];
}

/** A name that no convention touches, made by `op.f('ck_positive')`. */
export interface FinalName {
  readonly final: string;
}

/** A name as a call gives it. */
export type GivenName = string | FinalName;

const KEYS = {
  index: 'ix',
  unique: 'uq',
  check: 'ck',
  foreignKey: 'fk',
  primaryKey: 'pk',
  exclusion: 'ex',
} as const satisfies Record<NamedSubject['type'], keyof NamingConvention>;

/** The convention of SQLAlchemy where none is set. */
const DEFAULTS: NamingConvention = { ix: 'ix_%(column_0_label)s' };

const TOKEN = /%\((\w+)\)s|%%/g;
const NAME_TOKEN = '%(constraint_name)s';

/**
 * The name of a constraint or index by convention (OP-04); undefined leaves it to the server.
 * @throws MigrationError E3013 for a token that is not known, or that this call does not tell
 */
export function conventionalName(
  given: GivenName | undefined,
  subject: NamedSubject,
  convention: NamingConvention = {},
): string | undefined {
  if (typeof given === 'object') return given.final;
  const key = KEYS[subject.type];
  const template = convention[key] ?? DEFAULTS[key];
  if (template === undefined || (given === undefined) === template.includes(NAME_TOKEN))
    return given;
  return template.replaceAll(TOKEN, (text, token: string | undefined) => {
    if (token === undefined) return '%';
    const value = token === 'constraint_name' ? given : valueOf(token, subject, convention);
    if (value !== undefined) return value;
    throw unknownToken(text, key, subject);
  });
}

function valueOf(
  token: string,
  subject: NamedSubject,
  { tokens = {} }: NamingConvention,
): string | undefined {
  const own = Object.hasOwn(tokens, token) ? tokens[token] : undefined;
  if (own) return own(subject);
  if (token === 'table_name') return subject.table.name;
  if (token === 'referred_table_name') return subject.referredTable?.name;
  return columnValue(token, subject);
}

const COLUMN_TOKEN = /^(referred_)?column_(0_N|0N|\d+)_(name|key|label)$/;

function columnValue(token: string, subject: NamedSubject): string | undefined {
  const [, referred, which, what] = COLUMN_TOKEN.exec(token) ?? [];
  if (which === undefined) return undefined;
  const [columns, table] = referred
    ? [subject.referredColumns, subject.referredTable]
    : [subject.columns, subject.table];
  const names = columns?.map((column) => (what === 'label' ? labelOf(table, column) : column));
  if (which === '0N') return names?.join('');
  return which === '0_N' ? names?.join('_') : names?.[Number(which)];
}

function labelOf(table: ObjectName | undefined, column: string): string {
  const schema = table?.schema == null ? [] : [table.schema.replaceAll('.', '_')];
  return [...schema, table?.name ?? '', column].join('_');
}

function unknownToken(text: string, key: string, { type, table }: NamedSubject): MigrationError {
  return new MigrationError('E3013', {
    problem: `the naming convention "${key}" needs ${text}, which is not known for this ${type} of table "${table.name}"`,
    advice: "Say the whole name with op.f('…'), or take the token out of the convention.",
    facts: { token: text, key, table },
  });
}
