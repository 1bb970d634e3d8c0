import { refuseStaleAnswers } from '../../autogenerate/decisions.js';
import type { Question, SchemaDiff } from '../../autogenerate/schema-diff.js';

/** The answers of a command, dealt out to its environments. Of several, an id begins with the name of its own: `shop/drop-table:a`. */
export class AnswersOf {
  readonly #asked: { readonly id: string }[] = [];

  constructor(
    private readonly answers: Readonly<Record<string, string>>,
    private readonly isSeveral: boolean,
  ) {}

  /** Those for the questions of one environment. */
  of(environment: string): Readonly<Record<string, string>> {
    const prefix = this.#prefix(environment);
    return Object.fromEntries(
      Object.entries(this.answers).flatMap(([id, answer]) =>
        id.startsWith(prefix) ? [[id.slice(prefix.length), answer]] : [],
      ),
    );
  }

  /** The open questions of one environment, under the ids that they are answered by. */
  seen(
    environment: string,
    { questions, settled = [] }: Pick<SchemaDiff, 'questions' | 'settled'>,
  ): readonly Question[] {
    const named = (id: string): string => this.#prefix(environment) + id;
    const open = questions.map((question) => ({ ...question, id: named(question.id) }));
    this.#asked.push(...open, ...settled.map((id) => ({ id: named(id) })));
    return open;
  }

  /** @throws MigrationError E7040 for an answer to what was not asked */
  refuseStale(): void {
    refuseStaleAnswers({ answers: this.answers }, this.#asked);
  }

  #prefix(environment: string): string {
    return this.isSeveral ? `${environment}/` : '';
  }
}
