import type { LoggerService } from '@nestjs/common';
import type { Terminal } from './terminal.js';

/**
 * Nest's logger while a command runs: warnings and errors to stderr, the rest nowhere. What Nest logs about an error
 * that it throws as well is left out, because the command reports that error.
 *
 * TypeOrmModule repeats what fails while it makes a DataSource ten times, three seconds apart. As nothing connects
 * meanwhile (design D13), that is never a server which is starting: its first announcement to repeat ends it here.
 */
export class StderrLogger implements LoggerService {
  readonly #terminal: Terminal;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  log(): void {
    // the talk of a start: "Mapped {/users, GET} route"
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.#terminal.talk(this.#line('warning', message, rest));
  }

  error(message: unknown, ...rest: unknown[]): void {
    if (isRetry(message, rest)) throw new Error(`no DataSource could be made: ${reasonOf(rest)}`);
    if (rest.at(-1) !== 'ExceptionHandler') this.#terminal.talk(this.#line('error', message, rest));
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.error(message, ...rest);
  }

  /** `warning [Context] message`; a stack, which Nest passes before the context, is not shown. */
  #line(level: 'warning' | 'error', message: unknown, rest: readonly unknown[]): string {
    const context = rest.at(-1);
    const where = typeof context === 'string' ? ` [${context}]` : '';
    const text = message instanceof Error ? message.message : textOf(message);
    return `${this.#terminal.talkStyle[level](level)}${where} ${text}`;
  }
}

/** As `handleRetry` of @nestjs/typeorm 11 and 12 says it, with the stack of the error behind. */
function isRetry(message: unknown, rest: readonly unknown[]): boolean {
  return rest.at(-1) === 'TypeOrmModule' && /^Unable to connect .* Retrying/.test(String(message));
}

/** The message that a stack begins with. */
function reasonOf([stack]: readonly unknown[]): string {
  return (
    String(stack)
      .split('\n', 1)[0]
      ?.replace(/^\w*Error: /, '') ?? ''
  );
}

function textOf(message: unknown): string {
  return typeof message === 'string' ? message : JSON.stringify(message);
}
