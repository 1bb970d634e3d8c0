import { reportOracle } from './oracle-report.js';
import { runProgram } from './run-program.js';
import type { ProgramResult } from './run-program.js';

/**
 * Runs a script with the `mariadb` client, which stops at the first error; undefined where it is not installed. A failing script is no
 * exception: look at `exitCode`.
 */
export async function runMariadb(url: string, script: string): Promise<ProgramResult | undefined> {
  const { hostname, port, username, password, pathname } = new URL(url);
  const args = [
    `--host=${hostname}`,
    `--port=${port || '3306'}`,
    `--user=${decodeURIComponent(username)}`,
    '--batch',
    pathname.slice(1),
  ];
  const secret = password === '' ? {} : { MYSQL_PWD: decodeURIComponent(password) };
  const call = { args, input: script, env: { ...process.env, ...secret } };
  const result = await runProgram('mariadb', call);
  if (result) reportOracle('mariadb client');
  return result;
}
