import type { DataSource } from 'typeorm';

/** The parts of TypeORM's connection options that say where a database is; which are there depends on the driver. */
interface Place {
  readonly url?: unknown;
  readonly host?: unknown;
  readonly port?: unknown;
  readonly database?: unknown;
  readonly socketPath?: unknown;
  /** Of `sqljs`: the file that the database is saved to. */
  readonly location?: unknown;
  readonly replication?: { readonly master?: Place };
}

/** The drivers whose database is a file of this machine. */
const FILE_DRIVERS: ReadonlySet<string> = new Set(['better-sqlite3', 'sqljs', 'sqlite']);

/**
 * Where the database of a DataSource is, for people: `postgres://db.internal:5432/shop`, `better-sqlite3:/data/shop.sqlite`,
 * `sqljs::memory:`. Never the user, the password or a parameter of the URL; what is not known is left out.
 */
export function describeDatabase({ options }: DataSource): string {
  if (FILE_DRIVERS.has(options.type)) return `${options.type}:${fileOf(options as Place)}`;
  const { replication, ...single } = options as Place;
  const place = replication?.master ?? single;
  const fromUrl = typeof place.url === 'string' ? readUrl(place.url) : {};
  const { host, port, database } = { ...hostOrSocket(place), ...definedIn(fromUrl) };
  if (host === undefined && database === undefined) return options.type;
  const server = `${host ?? ''}${port === undefined ? '' : `:${port}`}`;
  return `${options.type}://${server}${database === undefined ? '' : `/${database}`}`;
}

/** A sqljs database without a location is in memory; its option `database` is the bytes that it begins with. */
const fileOf = ({ location, database }: Place): string =>
  textOf(location) ?? textOf(database) ?? ':memory:';

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** Host, port and database, as texts. */
type KnownPlace = Partial<Record<'host' | 'port' | 'database', string>>;

/**
 * Of a URL that cannot be read for certain nothing is told: a password with `/` or `@` that is not percent-encoded ends
 * up in another part of it.
 */
function readUrl(url: string): Place {
  if (!URL.canParse(url)) return {};
  const { hostname, port, pathname, username, password } = new URL(url);
  const ats = url.split('@').length - 1;
  if (ats !== (username || password ? 1 : 0)) return {};
  return {
    host: hostname || undefined,
    port: port || undefined,
    database: pathname.replace(/^\/+/, '') || undefined,
  };
}

function hostOrSocket(place: Place): KnownPlace {
  const socket = textOf(place.socketPath);
  return { ...(socket !== undefined && { host: socket }), ...definedIn(place) };
}

function definedIn({ host, port, database }: Place): KnownPlace {
  return Object.fromEntries(
    Object.entries({ host, port, database }).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' ? [[name, String(value)]] : [],
    ),
  );
}
