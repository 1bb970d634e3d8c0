import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { column, model, ofEntity, table } from '../../autogenerate/model.fixture.js';
import type { Dialect } from '../../dialects/common/dialect.js';
import type { Column, SchemaModel, View } from '../../schema/schema-model.js';
import type { SpecDatabase } from './database.fixture.js';
import { createWorkshop, reset } from './migrator.fixture.js';
import type { Workshop } from './migrator.fixture.js';
import type { Migrator } from '../migrator-api.js';
import type { MigratorOptions } from '../migrator-options.js';
import type { RegisteredObject } from '../comparing/registered-objects.js';

/** What the app says at one time. */
export interface StoryState {
  /** Columns of `account` besides its id. */
  readonly columns?: readonly Column[];
  readonly objects?: readonly RegisteredObject[];
  readonly model?: Partial<SchemaModel>;
}

/** An app whose models and registered objects change, with its database. */
export class ObjectStory {
  readonly shop: Workshop;
  #state: StoryState = {};
  #count = 0;

  constructor(
    readonly database: SpecDatabase,
    dialect: Dialect,
  ) {
    this.shop = createWorkshop(database, { dialect });
  }

  /** An empty database with the table `account`. */
  static async begin(
    database: SpecDatabase,
    { dialect, ...state }: StoryState & { readonly dialect: Dialect },
  ): Promise<ObjectStory> {
    await reset(database);
    const story = new ObjectStory(database, dialect);
    await story.step(state);
    return story;
  }

  file(path: string, text: string): void {
    const file = join(this.shop.root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  say(state: StoryState): void {
    this.#state = state;
  }

  get migrator(): Migrator {
    return this.migratorWith({});
  }

  /** The models of what was said last. */
  target(): () => SchemaModel {
    const { columns = [], model: more = {} } = this.#state;
    const account = ofEntity(
      'Account',
      table('account', [column('id', 'integer', { nullable: false }), ...columns], {
        primaryKey: { name: 'account_pkey', columns: ['id'] },
      }),
    );
    const { tables = [], ...rest } = more;
    return () => model([account, ...tables], rest);
  }

  migratorWith(options: Partial<MigratorOptions>): Migrator {
    const { objects } = this.#state;
    return this.shop.migratorWith({
      targetSchema: this.target(),
      newId: () => `rev${this.#count}`,
      ...(objects && { objects }),
      ...options,
    });
  }

  /**
   * Autogenerates what is said, applies it, finds nothing more, goes back and comes again, each time to the same catalog.
   * @returns the revision file and what was found, in words
   */
  async step(
    state: StoryState,
  ): Promise<{ readonly text: string; readonly changes: readonly string[] }> {
    this.#count += 1;
    this.say(state);
    const before = await this.catalog();
    const { file, changes, questions } = await this.migrator.revision({
      message: `step ${this.#count}`,
      autogenerate: true,
      allowDestructive: true,
    });
    expect(questions).toEqual([]);
    if (file === undefined) return { text: '', changes };
    await this.migrator.upgrade('head');
    const { changes: left } = await this.migrator.check();
    expect(left).toEqual([]);
    const after = await this.catalog();
    await this.migrator.downgrade('-1');
    expect(await this.catalog()).toEqual(before);
    await this.migrator.upgrade('head');
    expect(await this.catalog()).toEqual(after);
    return { text: readFileSync(file, 'utf8'), changes };
  }

  /** What the server says of everything that can be registered, and of columns. Uses none of our code. */
  async catalog(): Promise<readonly string[]> {
    const { rows } = await this.database.checker.query<{ line: string }>(CATALOG);
    return rows.map(({ line }) => line);
  }

  async run(sql: string): Promise<readonly Record<string, unknown>[]> {
    return (await this.database.checker.query(sql)).rows;
  }
}

/** A view of the entity model. */
export const entityView = (name: string, definition: string, rest: Partial<View> = {}): View => ({
  schema: null,
  name,
  definition,
  materialized: false,
  dependsOn: [],
  indexes: [],
  entity: 'AView',
  ...rest,
});

const CATALOG = `
SELECT line FROM (
  SELECT concat_ws(' ', 'view', c.oid::regclass, c.relkind, pg_get_viewdef(c.oid), c.reloptions, c.relacl, obj_description(c.oid, 'pg_class')) AS line
    FROM pg_class c WHERE c.relkind IN ('v', 'm') AND c.relnamespace::regnamespace::text !~ '^(pg_|information)'
  UNION ALL SELECT concat_ws(' ', 'routine', p.oid::regprocedure, pg_get_functiondef(p.oid), p.proacl, obj_description(p.oid, 'pg_proc'))
    FROM pg_proc p WHERE p.pronamespace::regnamespace::text !~ '^(pg_|information)' AND p.prokind <> 'a'
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
  UNION ALL SELECT concat_ws(' ', 'trigger', t.tgrelid::regclass, t.tgenabled, pg_get_triggerdef(t.oid))
    FROM pg_trigger t WHERE NOT t.tgisinternal
  UNION ALL SELECT concat_ws(' ', 'policy', p.polrelid::regclass, p.polname, p.polcmd, pg_get_expr(p.polqual, p.polrelid)) FROM pg_policy p
  UNION ALL SELECT concat_ws(' ', 'rls', c.oid::regclass) FROM pg_class c WHERE c.relrowsecurity
  UNION ALL SELECT concat_ws(' ', 'extension', extname) FROM pg_extension
  UNION ALL SELECT concat_ws(' ', 'type', t.oid::regtype, t.typtype, (SELECT array_agg(enumlabel::text ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid),
      (SELECT array_agg(pg_get_constraintdef(o.oid)) FROM pg_constraint o WHERE o.contypid = t.oid))
    FROM pg_type t WHERE t.typtype IN ('d', 'e') AND t.typnamespace::regnamespace::text !~ '^(pg_|information)'
  UNION ALL SELECT concat_ws(' ', 'index', c.oid::regclass, pg_get_indexdef(c.oid)) FROM pg_class c
    WHERE c.relkind = 'i' AND c.relnamespace = 'public'::regnamespace AND c.relname !~ '^alembic'
  UNION ALL SELECT concat_ws(' ', 'column', a.attrelid::regclass, a.attname, format_type(a.atttypid, a.atttypmod), pg_get_expr(v.adbin, v.adrelid))
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid AND c.relkind = 'r' AND c.relname !~ '^alembic'
    LEFT JOIN pg_attrdef v ON v.adrelid = a.attrelid AND v.adnum = a.attnum
    WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relnamespace = 'public'::regnamespace
) lines ORDER BY line`;
