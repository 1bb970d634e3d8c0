import type { Token } from './scan-text.js';
import { scanTokens } from './scan-text.js';

/** A longer function has more to do than to wait. */
const LONGEST = 20_000;

/** Up to the body: `async function upgrade(op, ctx) {`, `async (op) => {`, `async upgrade(op) {`. */
const HEAD =
  /^(?:async\s+)?(?:function\s+)?[\w$]*\s*\(\s*([\w$]+)\s*(?:,\s*[\w$]+\s*)?\)\s*(?:=>\s*)?\{/;

const CONSTANTS = new Set(['await', 'return', 'true', 'false', 'null', 'undefined']);
/** What goes on with a value: it is none itself. */
const PREFIXES = new Set(['await', 'return']);
/** Members that lead from a value to the text of another function. */
const WAY_OUT = /^(?:__.*|constructor|prototype)$/;
/** Nothing that has a member of its own, as in `1..constructor`. */
const NUMBER = /^(?:0[xob][\da-f_]+|[\d_]+(?:\.\d[\d_]*)?(?:e\d*)?)n?$/i;
/** Of literals, calls and arrow functions: nothing that assigns, chooses or calls what has no name. */
const PUNCTUATION = new Set('(){}[],:;.-+=>');

/**
 * Whether a function says nothing but directives, with literals for arguments: calling it does nothing outside of `op`, and may be
 * done at any time. Told from its text: each name in it is its own parameter, a member of that or of a literal, or a
 * key. What is written in any other way is not recognized, which costs time and nothing else.
 */
export function saysOnlyOp(call: (...args: never[]) => unknown): boolean {
  const text = Function.prototype.toString.call(call);
  const head = text.length > LONGEST ? null : HEAD.exec(text);
  if (head === null) return false;
  return new Body(text.slice(head[0].length), head[1] ?? '').isHarmless();
}

/** The body of a function, read once from its beginning. */
class Body {
  readonly #tokens: readonly Token[];
  /** Parameters that are known at a place, innermost last, with the depth of brackets that they end with. */
  readonly #known: { readonly name: string; readonly depth: number }[];
  #depth = 0;

  constructor(text: string, parameter: string) {
    this.#tokens = [...scanTokens(text)];
    this.#known = [{ name: parameter, depth: -1 }];
  }

  isHarmless(): boolean {
    return this.#tokens.every((token, at) => this.#isAllowed(token, at));
  }

  #isAllowed(token: Token, at: number): boolean {
    if (token.kind === 'word') return this.#isAllowedWord(token.text, at);
    if (token.kind === 'punctuation') return this.#isAllowedSign(token.text, at);
    // A template behind a value is a call of it.
    if (token.kind === 'regex' || this.#isValue(at - 1)) return false;
    if (token.kind === 'number') return NUMBER.test(token.text);
    return token.kind !== 'template' || !token.text.includes('${');
  }

  #isAllowedWord(word: string, at: number): boolean {
    const [before, after] = [this.#textAt(at - 1), this.#textAt(at + 1)];
    // Three dots spread what follows.
    if (before === '.') return this.#textAt(at - 2) !== '.' && !WAY_OUT.test(word);
    // A line without a semicolon has ended.
    if (this.#isValue(at - 1)) this.#forget(this.#depth);
    if (after === ':') return true;
    // Where nothing forbids it, `await` and `undefined` are names like any other.
    if (CONSTANTS.has(word)) return !['(', '[', '.'].includes(after);
    return this.#isDeclared(word, at) || (after === '.' && this.#isKnown(word));
  }

  /** Notes the parameter of an arrow function: `t` of `(t) => [t.column('id', 'int')]`. */
  #isDeclared(word: string, at: number): boolean {
    const inBraces = this.#textAt(at - 1) === '(' && this.#textAt(at + 1) === ')';
    const arrow = inBraces ? at + 2 : at + 1;
    if (this.#textAt(arrow) !== '=' || this.#textAt(arrow + 1) !== '>') return false;
    this.#known.push({ name: word, depth: inBraces ? this.#depth - 1 : this.#depth });
    return true;
  }

  #isKnown(word: string): boolean {
    return this.#known.some(({ name }) => name === word);
  }

  #isAllowedSign(sign: string, at: number): boolean {
    const [before, after] = [this.#textAt(at - 1), this.#textAt(at + 1)];
    if (sign === '=') return after === '>';
    if (sign === '>') return before === '=';
    // Two of them assign.
    if (sign === '+' || sign === '-') return before !== sign;
    // A call of what has no name, a computed member, a block.
    if ('([{'.includes(sign) && this.#isValue(at - 1) && !this.#isCallOfName(sign, at))
      return false;
    this.#follow(sign);
    return PUNCTUATION.has(sign);
  }

  #isCallOfName(sign: string, at: number): boolean {
    return sign === '(' && this.#tokens[at - 1]?.kind === 'word';
  }

  /** A value ends with this token. */
  #isValue(at: number): boolean {
    const token = this.#tokens[at];
    if (token?.kind === 'punctuation') return ')]}'.includes(token.text);
    return token !== undefined && !(token.kind === 'word' && PREFIXES.has(token.text));
  }

  /** An arrow function ends where its argument does. */
  #follow(sign: string): void {
    if ('([{'.includes(sign)) this.#depth += 1;
    if (')]}'.includes(sign)) this.#depth -= 1;
    this.#forget(sign === ',' || sign === ';' ? this.#depth : this.#depth + 1);
  }

  /** Parameters that end at a depth of brackets, or deeper, are known no more. */
  #forget(depth: number): void {
    while ((this.#known.at(-1)?.depth ?? -1) >= depth) this.#known.pop();
  }

  /** Of a word or a sign: what a string says is no sign. */
  #textAt(at: number): string {
    const token = this.#tokens[at];
    return token === undefined || token.kind === 'string' ? '' : token.text;
  }
}
