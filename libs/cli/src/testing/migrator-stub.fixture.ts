import type { Migrator, RevisionInfo } from '@nest-alembic/core';

/** A call of a verb: its name and its arguments, without what is not given. */
export type Call = readonly [verb: string, ...args: unknown[]];

/** Says what a command asked for, for specs about parsing and printing. It stands for no database. */
export class MigratorStub {
  readonly calls: Call[] = [];
  readonly answers: Partial<Record<keyof Migrator, unknown>> = {};
  overrides: { readonly x?: Readonly<Record<string, string>> } = {};

  /** The service that a session hands out: every verb records its call and gives its answer. */
  readonly service = new Proxy(
    {},
    {
      get: (_target, verb: keyof Migrator | 'with' | 'then' | 'database') => {
        if (verb === 'then') return undefined;
        if (verb === 'database') return 'postgres://db:5432/shop';
        if (verb === 'with')
          return (overrides: object) => ((this.overrides = overrides), this.service);
        return async (...args: unknown[]) => {
          this.calls.push([verb, ...args]);
          const answer = this.answers[verb];
          if (answer instanceof Error) throw answer;
          return answer;
        };
      },
    },
  );
}

/** A revision for printing. */
export function revisionInfo(id: string, other: Partial<RevisionInfo> = {}): RevisionInfo {
  return {
    id,
    downRevisions: [],
    dependsOn: [],
    branchLabels: [],
    message: 'add accounts',
    isHead: false,
    isEffectiveHead: false,
    isBase: false,
    isBranchPoint: false,
    isMergePoint: false,
    labels: [],
    children: [],
    ...other,
  };
}
