import { MigrationError } from '../../errors/migration-error.js';
import { parseRange } from '../../graph/parse-range.js';
import { currentRevisions, isAtHead } from '../../graph/rows-state.js';
import type { RevisionGraph } from '../../graph/revision-graph.js';
import type { Revision } from '../../graph/revision.js';
import { needsRows, walk } from '../../graph/walk.js';
import { withDatabase } from '../session/connect-database.js';
import type { Environment } from '../options/environment.js';
import type { HistoryOptions } from '../migrator-api.js';
import type { CurrentResult, RevisionInfo } from '../migrator-results.js';
import { readUnfinished } from '../running/unfinished.js';
import { readRows } from '../session/read-rows.js';

/** A revision with its place in the graph. @param rows rows of the version table, where the database was asked */
export function revisionInfo(
  graph: RevisionGraph,
  revision: Revision,
  rows?: readonly string[],
): RevisionInfo {
  const isCurrent = rows && { isCurrent: rows.includes(revision.id) };
  return { ...revision, ...graph.placeOf(revision.id), ...isCurrent };
}

/** Reads the rows of the version table over a session of its own. */
export async function readDatabaseRows(environment: Environment): Promise<readonly string[]> {
  const { versionTable } = environment;
  const dialect = environment.dialect();
  return withDatabase(environment, (connection) => readRows({ dialect, connection, versionTable }));
}

/** `current`: what the database is at, with a warning of a revision that was left unfinished. Two queries, nothing written. */
export async function readCurrent(
  environment: Environment,
  graph: RevisionGraph,
): Promise<CurrentResult> {
  const { versionTable } = environment;
  const dialect = environment.dialect();
  const { rows, left } = await withDatabase(environment, async (connection) => {
    const place = { dialect, connection, versionTable };
    const found = await readRows(place);
    return { rows: found, left: await readUnfinished({ ...place, rows: found }) };
  });
  if (left !== undefined) environment.emit({ type: 'warning', message: left.message });
  return {
    rows,
    revisions: currentRevisions(graph, rows).map((revision) => revisionInfo(graph, revision, rows)),
    heads: graph.realHeads.map(({ id }) => id),
    isAtHead: isAtHead(graph, rows),
    unfinished: left === undefined ? null : String(left.facts['revision']),
  };
}

/**
 * Refuses a database that is not at all heads (CLI-74).
 * @throws MigrationError E4014
 */
export function requireHeads({ isAtHead: isThere, rows, heads }: CurrentResult): void {
  if (isThere) return;
  throw new MigrationError('E4014', {
    problem: `the database is not on all head revisions: it is at ${namesOf(rows)}, and the heads are ${namesOf(heads)}`,
    advice: 'Run "upgrade heads".',
    facts: { rows, heads },
  });
}

const namesOf = (ids: readonly string[]): string =>
  ids.length === 0 ? 'base' : ids.map((id) => `"${id}"`).join(', ');

/** `show`: the revisions that a target denotes; `current` asks the database for its rows. */
export async function readTarget(
  environment: Environment,
  graph: RevisionGraph,
  target: string,
): Promise<readonly RevisionInfo[]> {
  if (target !== 'current')
    return graph.resolve(target).map((revision) => revisionInfo(graph, revision));
  const { revisions } = await readCurrent(environment, graph);
  return revisions.filter(({ isCurrent }) => isCurrent);
}

/**
 * `history`: newest first.
 * @throws MigrationError E7007 for a range without colon (CLI-62), E1022 and those of a wrong name
 */
export async function readHistory(
  environment: Environment,
  graph: RevisionGraph,
  { range, indicateCurrent = false }: HistoryOptions,
): Promise<readonly RevisionInfo[]> {
  const ends = range === undefined ? {} : parseRange(range);
  const asks = indicateCurrent || needsRows(ends);
  const rows = asks ? await readDatabaseRows(environment) : undefined;
  return walk(graph, { ...ends, ...(rows && { rows }) }).map((revision) =>
    revisionInfo(graph, revision, rows),
  );
}
