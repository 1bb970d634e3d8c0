import { EntitySchema } from 'typeorm';

interface Team {
  readonly id: number;
  readonly name: string;
  readonly members: readonly Member[];
}

interface Member {
  readonly id: string;
  readonly team: Team | null;
}

/** Entities without a class. */
export const TeamSchema = new EntitySchema<Team>({
  name: 'Team',
  tableName: 'teams',
  columns: {
    id: { type: Number, primary: true, generated: 'increment' },
    name: { type: 'varchar', length: 30, default: 'new' },
  },
  indices: [{ name: 'team_name', columns: ['name'], where: `"name" <> 'new'` }],
  checks: [{ expression: `"name" <> ''` }],
  relations: { members: { type: 'many-to-many', target: 'Member', joinTable: true } },
});

export const MemberSchema = new EntitySchema<Member>({
  name: 'Member',
  columns: { id: { type: 'uuid', primary: true, generated: 'uuid' } },
  relations: { team: { type: 'many-to-one', target: 'Team', onDelete: 'SET NULL' } },
});
