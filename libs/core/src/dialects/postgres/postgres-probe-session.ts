import type { Models, Probe } from '../common/canonical-slots.js';
import type { Connection } from '../common/connection.js';
import { PROBE_PREFIX, readAnswers } from './postgres-probe-answers.js';
import { namesakeStatement, probeKey, probeStatements } from './postgres-probe-objects.js';
import type { NamedProbe } from './postgres-probe-objects.js';
import { typeStatements } from './postgres-probe-types.js';
import { isSingleStatement } from './postgres-single-statement.js';

/**
 * Makes probes in the open transaction, reads them back and undoes them. One round trip makes any number of them;
 * when one fails, halves are tried until it stands alone.
 */
export class ProbeSession {
  /** What was asked so far, by key. */
  readonly #asked = new Map<string, NamedProbe>();
  /** Absent where the probe could not be made. */
  readonly #answers = new Map<NamedProbe, string | null>();

  /** The first error of a probe that this role may not make, by itself. */
  denied: unknown;

  constructor(
    private readonly connection: Connection,
    private readonly models: Models,
  ) {}

  /** The answers of those probes that could be made. What was asked before is not asked again. */
  async ask(probes: readonly Probe[]): Promise<ReadonlyMap<Probe, string | null>> {
    const before = this.#asked.size;
    const named = probes.map((probe) => [probe, this.#name(probe)] as const);
    const fresh = [...this.#asked.values()].slice(before);
    const isView = ({ probe }: NamedProbe) => probe.kind === 'view';
    await this.#askTables(fresh.filter((one) => !isView(one)));
    await this.#askViews(fresh.filter(isView));
    const answered = new Map<Probe, string | null>();
    for (const [probe, asked] of named) {
      const answer = this.#answers.get(asked);
      if (answer !== undefined) answered.set(probe, answer);
    }
    return answered;
  }

  /** Equal probes have one name. */
  #name(probe: Probe): NamedProbe {
    const key = probeKey(probe);
    const known = this.#asked.get(key);
    if (known) return known;
    const named = { name: `${PROBE_PREFIX}${this.#asked.size}`, probe };
    this.#asked.set(key, named);
    return named;
  }

  /** Columns, constraints and indexes live on tables made for the purpose, where the types are those of the target. */
  async #askTables(probes: readonly NamedProbe[]): Promise<void> {
    if (probes.length === 0) return;
    await this.#undone(async () => {
      await this.#makeTypes(probes);
      await this.#attempt(probes, probeStatements);
      await this.#read(probes);
      for (const named of this.#open(probes)) await this.#askNamesake(named);
    });
  }

  async #askNamesake(named: NamedProbe): Promise<void> {
    const statement = namesakeStatement(named);
    if (statement === undefined) return;
    await this.#undone(async () => {
      await this.#attempt([named], () => [statement]);
      await this.#read([named]);
    });
  }

  /** Views read the tables that are there; only those that cannot be made so are tried with the types of the target. */
  async #askViews(probes: readonly NamedProbe[]): Promise<void> {
    if (probes.length === 0) return;
    await this.#undone(async () => {
      await this.#attempt(probes, probeStatements);
      await this.#read(probes);
    });
    const open = this.#open(probes);
    if (this.#typesFor(open).length === 0) return;
    await this.#undone(async () => {
      await this.#makeTypes(open);
      await this.#attempt(open, probeStatements);
      await this.#read(open);
    });
  }

  #open(probes: readonly NamedProbe[]): NamedProbe[] {
    return probes.filter((named) => !this.#answers.has(named));
  }

  async #read(probes: readonly NamedProbe[]): Promise<void> {
    const answers = await readAnswers(this.connection, probes);
    for (const named of probes) {
      const answer = answers.get(named.name);
      if (answer !== undefined) this.#answers.set(named, answer);
    }
  }

  async #makeTypes(probes: readonly NamedProbe[]): Promise<void> {
    await this.#attempt(this.#typesFor(probes), (groups) => groups.flat());
  }

  #typesFor(probes: readonly NamedProbe[]): readonly (readonly string[])[] {
    const asked = probes.map(({ probe }) => probe);
    return typeStatements(this.models, asked);
  }

  /** Runs the statements of all items, or of those that the server takes. */
  async #attempt<T>(
    items: readonly T[],
    statementsOf: (items: readonly T[]) => readonly string[],
  ): Promise<void> {
    if (items.length === 0) return;
    const statements = statementsOf(items);
    const refusal = await this.#refusalOf(statements);
    if (refusal === undefined) return;
    if (items.length === 1) {
      if (isDenied(refusal)) this.denied ??= refusal;
      return;
    }
    const middle = Math.ceil(items.length / 2);
    await this.#attempt(items.slice(0, middle), statementsOf);
    await this.#attempt(items.slice(middle), statementsOf);
  }

  /** Runs statements; what the server says to one that it refuses, and then none has an effect. */
  async #refusalOf(statements: readonly string[]): Promise<unknown> {
    // A text that is several statements could end the transaction.
    if (!statements.every(isSingleStatement)) return new Error('no single statement');
    try {
      await this.connection.script(oneText([...statements, RELEASE_ATTEMPT, ATTEMPT]));
      return undefined;
    } catch (error) {
      if (!isRefusal(error)) throw error;
      await this.connection.script(`ROLLBACK TO ${ATTEMPT}`);
      return error;
    }
  }

  /**
   * The savepoint for the first attempt is set beforehand: of a script with a syntax error not even the first statement
   * is run.
   */
  async #undone(work: () => Promise<void>): Promise<void> {
    await this.connection.script(oneText([PROBES, ATTEMPT]));
    await work();
    await this.connection.script(oneText([`ROLLBACK TO ${PROBES}`, `RELEASE ${PROBES}`]));
  }
}

const PROBES = 'SAVEPOINT nest_alembic_probes';
const ATTEMPT = 'SAVEPOINT nest_alembic_attempt';
const RELEASE_ATTEMPT = `RELEASE ${ATTEMPT}`;

/** Statements as one text. The semicolons stand on lines of their own: a statement may end with a comment. */
export function oneText(statements: readonly string[]): string {
  return statements.join('\n;\n');
}

/**
 * True when the server refuses a statement for what it says. A lost connection, a time-out, a lock that is not to be had,
 * no more memory or an administrator's command say nothing about the statement.
 */
export function isRefusal(error: unknown): boolean {
  const state = sqlState(error);
  return /^[0-9A-Z]{5}$/.test(state) && !/^(08|25|40|53|55P03|57|58|XX)/.test(state);
}

/** The SQLSTATE of a driver's error; empty where it has none. */
export function sqlState(error: unknown): string {
  return String((error as { readonly code?: unknown } | null)?.code ?? '');
}

/** True where the role has no right to. */
export const isDenied = (error: unknown): boolean => sqlState(error) === '42501';
