import type { DomainAttributes, DomainChange } from '../../operations/domain-operations.js';
import type { OperationOf } from '../../operations/operation.js';
import type { ObjectName } from '../../schema/object-name.js';
import type { CheckConstraint } from '../../schema/schema-model.js';
import type { Domain } from '../../schema/server-objects.js';
import { closed, words } from '../common/ddl-clauses.js';
import { PostgresColumnCompiler } from './postgres-column-compiler.js';
import { runTimeStatement } from './postgres-dynamic.js';

/** Extensions, domains and schemas, after the PostgreSQL manual. */
export abstract class PostgresTypeCompiler extends PostgresColumnCompiler {
  override renameSchema({ from, to }: OperationOf<'renameSchema'>): readonly string[] {
    return [`ALTER SCHEMA ${this.name(from)} RENAME TO ${this.name(to)}`];
  }

  override createExtension(operation: OperationOf<'createExtension'>): readonly string[] {
    const { name, schema, version, comment } = operation.extension;
    return [
      words(
        'CREATE EXTENSION',
        operation.ifNotExists && 'IF NOT EXISTS',
        this.name(name),
        schema !== undefined && `SCHEMA ${this.name(schema)}`,
        version !== undefined && `VERSION ${this.syntax.quoting.literal(version)}`,
        operation.cascade && 'CASCADE',
      ),
      ...(comment === undefined ? [] : [this.commentOn('EXTENSION', this.name(name), comment)]),
    ];
  }

  override dropExtension(operation: OperationOf<'dropExtension'>): readonly string[] {
    const { name, ifExists, cascade } = operation;
    return [
      words('DROP EXTENSION', ifExists && 'IF EXISTS', this.name(name), cascade && 'CASCADE'),
    ];
  }

  override alterExtension({ name, to }: OperationOf<'alterExtension'>): readonly string[] {
    const alter = `ALTER EXTENSION ${this.name(name)}`;
    const { version, schema } = to;
    const target = typeof version === 'string' ? ` TO ${this.syntax.quoting.literal(version)}` : '';
    return [
      ...(schema === undefined ? [] : [`${alter} SET SCHEMA ${this.name(schema)}`]),
      ...(version === undefined ? [] : [`${alter} UPDATE${target}`]),
    ];
  }

  /** A check that is not to be proven cannot stand in CREATE DOMAIN. */
  override createDomain({ domain }: OperationOf<'createDomain'>): readonly string[] {
    const { type, collation, default: value, notNull, checks, comment } = domain;
    const name = this.table(domain);
    const inline = checks.filter(({ notValid }) => !notValid);
    return [
      words(
        `CREATE DOMAIN ${name} AS ${type}`,
        collation !== undefined && `COLLATE ${this.collation(collation)}`,
        value !== undefined && `DEFAULT ${closed(value)}`,
        notNull && 'NOT NULL',
        ...inline.map((check) => this.namedCheck(check)),
      ),
      ...this.laterChecks(domain),
      ...(comment === undefined ? [] : [this.commentOn('DOMAIN', name, comment)]),
      ...checks.flatMap((check) => this.commentOfCheck(domain, check)),
    ];
  }

  private commentOfCheck(
    domain: ObjectName,
    { name, comment }: CheckConstraint,
  ): readonly string[] {
    if (name === undefined) return [];
    const { schema, name: own } = domain;
    return this.commentOfNew({ type: 'domainCheck', domain: { schema, name: own }, name }, comment);
  }

  private laterChecks(domain: Domain): readonly string[] {
    const later = domain.checks.filter(({ notValid }) => notValid);
    return later.map((check) => `ALTER DOMAIN ${this.table(domain)} ADD ${this.namedCheck(check)}`);
  }

  override dropDomain({ name, ifExists }: OperationOf<'dropDomain'>): readonly string[] {
    return [words('DROP DOMAIN', ifExists && 'IF EXISTS', this.table(name))];
  }

  override alterDomain({ name, change }: OperationOf<'alterDomain'>): readonly string[] {
    const actions = this.domainActions(change);
    return [
      ...actions.map((action) => `ALTER DOMAIN ${this.table(name)} ${action}`),
      ...(change.type === 'addCheck' ? this.commentOfCheck(name, change.check) : []),
    ];
  }

  override renameDomain({ from, to }: OperationOf<'renameDomain'>): readonly string[] {
    return this.rename({ noun: 'DOMAIN' }, from, to);
  }

  private domainActions(change: DomainChange): readonly string[] {
    switch (change.type) {
      case 'attributes':
        return attributeActions(change.to);
      case 'addCheck':
        return [`ADD ${this.namedCheck(change.check)}`];
      case 'dropCheck':
        return [words('DROP CONSTRAINT', change.ifExists && 'IF EXISTS', this.name(change.name))];
      case 'validateCheck':
        return [`VALIDATE CONSTRAINT ${this.name(change.name)}`];
      case 'renameCheck':
        return [`RENAME CONSTRAINT ${this.name(change.from)} TO ${this.name(change.to)}`];
    }
  }

  private namedCheck(check: CheckConstraint): string {
    return this.constraint({ type: 'check', constraint: check });
  }

  /** Renames, and moves where the schemas differ; `call` is what follows the name, such as the arguments of a function. */
  protected rename(
    { noun, call = '' }: { readonly noun: string; readonly call?: string },
    from: ObjectName,
    to: ObjectName,
  ): readonly string[] {
    const source = this.table(from) + call;
    const moved = this.table({ schema: to.schema, name: from.name }) + call;
    return [
      ...(from.schema === to.schema ? [] : [this.moveTo(to.schema, noun, source)]),
      ...(from.name === to.name ? [] : [`ALTER ${noun} ${moved} RENAME TO ${this.name(to.name)}`]),
    ];
  }

  /** The default schema has its name from the connection: the server fills it in. */
  private moveTo(schema: string | null, noun: string, source: string): string {
    if (schema !== null) return `ALTER ${noun} ${source} SET SCHEMA ${this.name(schema)}`;
    const { literal } = this.syntax.quoting;
    const template = `ALTER ${noun} %s SET SCHEMA %I`;
    return runTimeStatement(template, literal(source), 'current_schema()');
  }
}

function attributeActions({ default: value, notNull }: DomainAttributes): readonly string[] {
  const isDropped = value === null;
  return [
    ...(value === undefined ? [] : [isDropped ? 'DROP DEFAULT' : `SET DEFAULT ${value}`]),
    ...(notNull === undefined ? [] : [`${notNull ? 'SET' : 'DROP'} NOT NULL`]),
  ];
}
