import { MigrationError } from '../../errors/migration-error.js';
import type { Operation, OperationOf } from '../../operations/operation.js';
import type { LiteralValue } from '../../schema/literal-value.js';
import { DdlClauses, closed } from './ddl-clauses.js';
import { checkParameters, replaceParameters } from './parameters.js';
import type { BoundStatement, Parameters } from './parameters.js';
import { ownStatements } from './statement-tools.js';

/** Rows of one INSERT; more become a second statement. */
const ROWS_PER_INSERT = 1000;

/** The statements of rows, and of SQL of the user's own. */
export abstract class DataCompiler extends DdlClauses {
  execute({ sql, parameters }: OperationOf<'execute'>): readonly string[] {
    if (!parameters) return this.statementsIn(sql);
    checkParameters(this.syntax.findParameters(sql), parameters);
    return this.statementsIn(sql).map((statement) => this.withLiterals(statement, parameters));
  }

  /** The statements of `op.execute` with the values beside them, where the server takes them so (OP-37). */
  bind({ sql, parameters = {} }: OperationOf<'execute'>): readonly BoundStatement[] {
    checkParameters(this.syntax.findParameters(sql), parameters);
    return this.statementsIn(sql).map((statement) => {
      const places = this.syntax.findParameters(statement);
      if (!this.syntax.takesParameters(statement)) {
        return { sql: closed(this.withLiterals(statement, parameters)), parameters: [] };
      }
      const values: LiteralValue[] = [];
      const text = replaceParameters(statement, places, (name) =>
        this.placeholder(values.push(parameters[name] ?? null)),
      );
      return { sql: closed(text), parameters: values };
    });
  }

  /** How the driver names the value at this place, counted from 1. */
  protected placeholder(_place: number): string {
    return '?';
  }

  /** A negative number is enclosed: after a minus it would begin a comment. */
  private withLiterals(statement: string, parameters: Parameters): string {
    return replaceParameters(statement, this.syntax.findParameters(statement), (name) => {
      const text = this.syntax.quoting.literal(parameters[name] ?? null);
      return text.startsWith('-') ? `(${text})` : text;
    });
  }

  /** The statements of an operation of the user's own, taken apart where a text has several. */
  own(operation: OperationOf<'own'>): readonly string[] {
    return ownStatements(operation, {
      dialect: this.syntax,
      serverMajor: this.syntax.serverMajor,
      compile: (other) => this.compile(other),
    });
  }

  abstract compile(operation: Operation): readonly string[];

  private statementsIn(sql: string): readonly string[] {
    const statements = this.syntax.splitStatements(sql);
    if (statements.length > 0) return statements;
    throw new MigrationError('E6001', {
      problem: `op.execute was given ${JSON.stringify(sql)}, which has no statement`,
      advice: 'Write the statement, or remove the call.',
      facts: { sql },
    });
  }

  bulkInsert({ table, columns, rows }: OperationOf<'bulkInsert'>): readonly string[] {
    const into = `INSERT INTO ${this.table(table)}`;
    if (columns.length === 0) return rows.map(() => `${into} DEFAULT VALUES`);
    const lines = rows.map((row) => `(${sameLength(row, columns).map(closed).join(', ')})`);
    return chunks(lines, ROWS_PER_INSERT).map(
      (chunk) => `${into} ${this.names(columns)} VALUES\n${chunk.join(',\n')}`,
    );
  }
}

function sameLength(row: readonly string[], columns: readonly string[]): readonly string[] {
  if (row.length === columns.length) return row;
  throw new MigrationError('E3013', {
    problem: `a row of op.bulkInsert has ${row.length} values for ${columns.length} columns`,
    advice: 'Give every row the same keys.',
    facts: { columns, row },
  });
}

function chunks<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, at) => items.slice(at * size, (at + 1) * size));
}
