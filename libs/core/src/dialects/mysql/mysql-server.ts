/** The two families that speak this dialect. */
export type Flavour = 'mysql' | 'mariadb';

/** A server, as far as its version tells. */
export interface MysqlServer {
  readonly flavour: Flavour;
  /** `8.0.36` is 80036, `10.11.19` is 101119; Infinity for the newest. */
  readonly number: number;
}

/** The newest server of a flavour: what is assumed where none is known, as in a script. */
export const newest = (flavour: Flavour): MysqlServer => ({ flavour, number: Infinity });

/**
 * The server that says `10.11.19-MariaDB-0+deb12u1` or `8.0.36` of itself: MariaDB names itself there, and begins with
 * `5.5.5-` where it speaks to old replicas (MariaDB manual, VERSION()). What cannot be read is the newest of the flavour.
 */
export function serverOf(version: string | undefined, declared: Flavour): MysqlServer {
  const text = (version ?? '').replace(/^5\.5\.5-(?=\d)/, '');
  const numbers = /^(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
  if (numbers === null) return newest(declared);
  const [, major, minor, patch = '0'] = numbers;
  return {
    flavour: /mariadb/i.test(text) ? 'mariadb' : 'mysql',
    number: Number(major) * 10_000 + Number(minor) * 100 + Number(patch),
  };
}
