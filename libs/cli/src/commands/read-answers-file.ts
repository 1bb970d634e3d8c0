import { readFileSync } from 'node:fs';
import { MigrationError } from '@nest-alembic/core';

/**
 * Reads an answers file: a JSON object with an answer for the id of each question (`answers.schema.json`).
 *
 * @param file relative to the current folder
 * @throws MigrationError E7042 when it is missing or says something else
 */
export function readAnswersFile(file: string): Readonly<Record<string, string>> {
  const answers = parse(file);
  const isObject = typeof answers === 'object' && answers !== null && !Array.isArray(answers);
  if (!isObject) throw unreadable(file, 'it is no object');
  const wrong = Object.entries(answers).find(([, answer]) => typeof answer !== 'string');
  if (wrong) throw unreadable(file, `the answer to "${wrong[0]}" is no string`);
  return answers as Readonly<Record<string, string>>;
}

function parse(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    throw unreadable(file, error instanceof Error ? error.message : String(error), error);
  }
}

function unreadable(file: string, reason: string, cause?: unknown): MigrationError {
  return new MigrationError('E7042', {
    problem: `the answers file "${file}" cannot be read: ${reason}`,
    advice:
      'Nothing was written. It is JSON: { "drop-column:account.nick": "drop" }, with the ids that --json lists.',
    facts: { file },
    cause,
  });
}
