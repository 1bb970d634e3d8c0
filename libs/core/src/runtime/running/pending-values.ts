import type { Dialect } from '../../dialects/common/dialect.js';
import { newValuesOf } from '../../operations/new-values.js';
import { transactionClassOf } from '../../operations/operation-definitions.js';
import type { Operation } from '../../operations/operation.js';
import { isNamed } from '../../schema/type-name.js';

/**
 * Values that were added to types in the open transaction. The server lets a transaction add them, and refuses to use them
 * before its COMMIT; so it is committed when a later statement names one, and only then.
 */
export class PendingValues {
  readonly #dialect: Dialect;
  #values: readonly string[] = [];
  /** Names of the types that they were added to. */
  #types: readonly string[] = [];

  constructor(dialect: Dialect) {
    this.#dialect = dialect;
  }

  /** Notes what an operation has added. */
  add(operation: Operation): void {
    const added = this.#addedBy(operation);
    if (added.length === 0 || operation.kind !== 'alterEnum') return;
    this.#values = [...this.#values, ...added];
    this.#types = [...this.#types, operation.name.name];
  }

  /** Whether a statement can only run after a commit. One that adds a value itself may name another as its neighbour. */
  areUsedBy(sql: string, parameters: readonly unknown[] = [], operation?: Operation): boolean {
    if (this.#values.length === 0) return false;
    if (operation !== undefined && this.#addedBy(operation).length > 0) return false;
    if (operation !== undefined && this.#convertsTo(operation)) return true;
    const arrays = [...arraysIn(sql), ...parameters.filter(isArrayText)].join('\n');
    return this.#values.some((value) => {
      const literal = this.#dialect.quoting.literal(value);
      return (
        sql.includes(literal) || parameters.includes(value) || arrays.includes(inside(literal))
      );
    });
  }

  /** The transaction was committed. */
  clear(): void {
    this.#values = [];
    this.#types = [];
  }

  /** The values of the rows become those of the type, and any of them may be a new one. */
  #convertsTo(operation: Operation): boolean {
    if (operation.kind !== 'alterColumn') return false;
    const { type } = operation.to;
    return type !== undefined && this.#types.some((name) => isNamed(type, name));
  }

  #addedBy(operation: Operation): readonly string[] {
    const isAdding = transactionClassOf(operation, this.#dialect.capabilities) === 'needsCommit';
    return isAdding ? newValuesOf(operation) : [];
  }
}

/** Arrays that are written as one string: `'{sad,ok}'`. */
const arraysIn = (sql: string): readonly string[] => sql.match(/'\{(?:[^']|'')*\}'/g) ?? [];

const isArrayText = (parameter: unknown): parameter is string =>
  typeof parameter === 'string' && /^\{.*\}$/s.test(parameter);

/** What stands between the quotes of a literal. */
const inside = (literal: string): string => literal.slice(literal.indexOf("'") + 1, -1);
