import type { MigrationEvent, Revision, Step } from '@nest-alembic/core';
import { describeStep, logEvents } from './log-events.js';

const revision: Revision = {
  id: '1975',
  downRevisions: ['ae10'],
  dependsOn: [],
  branchLabels: [],
  message: 'add accounts\n\nAt length.',
};
const rows = { rowsBefore: ['ae10'], rowsAfter: ['1975'], changes: [] };
const upgrade: Step = { direction: 'upgrade', revision, ...rows };

function logged(events: readonly MigrationEvent[]): string[] {
  const lines: string[] = [];
  const write = (level: string) => (message: string) => void lines.push(`${level}: ${message}`);
  const listen = logEvents({ log: write('log'), warn: write('warn') });
  events.forEach(listen);
  return lines;
}

describe('a step in words', () => {
  it.each<[string, Step]>([
    ['upgrade ae10 -> 1975, add accounts', upgrade],
    ['downgrade 1975 -> ae10, add accounts', { direction: 'downgrade', revision, ...rows }],
    ['stamp ae10 -> 1975, add accounts', { direction: 'stamp', revision, ...rows }],
    [
      'stamp 1975 -> <base>',
      { direction: 'stamp', revision: null, rowsBefore: ['1975'], rowsAfter: [], changes: [] },
    ],
    [
      'upgrade <base> -> 1975',
      { direction: 'upgrade', revision: { ...revision, downRevisions: [], message: '' }, ...rows },
    ],
    [
      'upgrade b2, c3 -> 1975, merge',
      {
        direction: 'upgrade',
        revision: { ...revision, downRevisions: ['b2', 'c3'], message: 'merge' },
        ...rows,
      },
    ],
  ])('%s', (text, step) => {
    expect(describeStep(step)).toBe(text);
  });
});

describe('events in the log of the app', () => {
  it('steps and warnings are told, statements not', () => {
    expect(
      logged([
        { type: 'planStarted', steps: [upgrade] },
        { type: 'stepStarted', step: upgrade, index: 0, count: 1 },
        {
          type: 'statementExecuted',
          revision: '1975',
          sql: 'CREATE TABLE a ()',
          durationMs: 1.6,
          together: 1,
        },
        { type: 'stepFinished', step: upgrade, index: 0, count: 1, durationMs: 3, rows: ['1975'] },
        { type: 'warning', message: 'two bases' },
      ]),
    ).toEqual(['log: upgrade ae10 -> 1975, add accounts (1 of 1)', 'warn: two bases']);
  });

  it('a wait is told at once, then every ten seconds, with who holds the lock', () => {
    const holder = { pid: 7, application: 'api', client: '10.0.0.7', since: null, state: null };
    const waits = [0, 500, 9_000, 10_100, 15_000].map((waitedMs): MigrationEvent => ({
      type: 'lockWaiting',
      waitedMs,
      holder,
    }));
    expect(logged(waits)).toEqual([
      'warn: waiting for the migration lock; api (pid 7, 10.0.0.7) holds it',
      'warn: waiting for the migration lock for 10 s; api (pid 7, 10.0.0.7) holds it',
    ]);
  });

  it('a database that does not say who holds the lock is not quoted', () => {
    const holder = { pid: null, application: '', client: null, since: null, state: null };
    expect(logged([{ type: 'lockWaiting', waitedMs: 0, holder }])).toEqual([
      'warn: waiting for the migration lock; another session holds it',
    ]);
  });

  it('each wait is told anew', () => {
    const wait: MigrationEvent = { type: 'lockWaiting', waitedMs: 0, holder: undefined };
    const acquired: MigrationEvent = { type: 'lockAcquired', waitedMs: 10 };
    expect(logged([wait, acquired, wait])).toHaveLength(2);
  });
});
