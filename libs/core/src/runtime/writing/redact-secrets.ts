import { redactSql } from '../running/revision-errors.js';

/**
 * Hides what looks like a secret in the output of a program: passwords in URLs, values behind `password=`, `token:` and the
 * like, and the values of environment variables with such names.
 */
export function redactSecrets(text: string, environment: NodeJS.ProcessEnv = process.env): string {
  const values = Object.entries(environment)
    .filter(([name, value = '']) => SECRET_NAME.test(name) && value.length >= SHORTEST_SECRET)
    .map(([, value = '']) => value)
    .sort((left, right) => right.length - left.length);
  const hidden = values.reduce((rest, value) => rest.replaceAll(value, '***'), text);
  return redactSql(hidden).replace(ASSIGNMENT, '$1***').replace(BEARER, '$1***');
}

const WORDS = 'password|passwd|passphrase|secret|token|api_?-?key|credential';
const SECRET_NAME = new RegExp(`${WORDS}|_pass$|_key$`, 'i');
const ASSIGNMENT = new RegExp(
  `((?:${WORDS}|\\bpwd)[\\w-]*["']?\\s*[=:]\\s*)(?!\\s|\\*\\*\\*)("[^"]*"|'[^']*'|\\S+)`,
  'gi',
);
const BEARER = /(\b(?:bearer|basic)\s+)[\w.~+/=-]{8,}/gi;

/** Shorter values also stand for other things. */
const SHORTEST_SECRET = 6;
