import type { DropOptions, EntityOption, SchemaOption, Value } from './common-options.js';

/** A check of a domain; the value is `VALUE`. */
export interface DomainCheckOption {
  readonly name?: string;
  readonly expression: string;
  readonly comment?: string;
}

/** Attributes of a domain that can change; `default: null` drops the default. */
export interface DomainAttributesOption {
  readonly default?: Value;
  readonly notNull?: boolean;
}

/** The directives about domains. */
export interface DomainDirectives {
  /**
   * Makes a domain: a type with a default and checks of its own.
   * @example op.createDomain('email', 'text', { checks: [{ name: 'has_at', expression: `VALUE LIKE '%@%'` }] });
   */
  createDomain(
    name: string,
    type: string,
    options?: SchemaOption &
      EntityOption &
      DomainAttributesOption & {
        readonly collation?: string;
        readonly checks?: readonly DomainCheckOption[];
        readonly comment?: string;
      },
  ): Promise<void>;
  /** @example op.dropDomain('email'); */
  dropDomain(name: string, options?: DropOptions): Promise<void>;
  /**
   * Changes default and NOT NULL of a domain; `from` is for the way back.
   * @example op.alterDomain('email', { notNull: true }, { from: { notNull: false } });
   */
  alterDomain(
    name: string,
    change: DomainAttributesOption,
    options?: SchemaOption & { readonly from?: DomainAttributesOption },
  ): Promise<void>;
  /**
   * Adds a check to a domain; with `notValid` without looking at the values that are there.
   * @example op.addDomainCheck('email', `VALUE <> ''`, { name: 'not_empty', notValid: true });
   */
  addDomainCheck(
    domain: string,
    expression: string,
    options?: SchemaOption & {
      readonly name?: string;
      readonly notValid?: boolean;
      /** Needs a name. */
      readonly comment?: string;
    },
  ): Promise<void>;
  /** @example op.dropDomainCheck('email', 'not_empty'); */
  dropDomainCheck(domain: string, name: string, options?: DropOptions): Promise<void>;
  /**
   * Looks at the values that were there before a check was added with `notValid`.
   * @example op.validateDomainCheck('email', 'not_empty');
   */
  validateDomainCheck(domain: string, name: string, options?: SchemaOption): Promise<void>;
  /** @example op.renameDomainCheck('email', 'email_check', 'has_at'); */
  renameDomainCheck(
    domain: string,
    from: string,
    to: string,
    options?: SchemaOption,
  ): Promise<void>;
  /** @example op.renameDomain('email', 'mail_address'); */
  renameDomain(
    from: string,
    to: string,
    options?: SchemaOption & EntityOption & { readonly toSchema?: string | null },
  ): Promise<void>;
}
