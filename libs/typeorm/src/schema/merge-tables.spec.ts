import type { Table } from '@nest-alembic/core';
import {
  Course,
  Enrolment,
  Person,
  PersonName,
  PersonNumber,
  Student,
} from '../testing/shared-tables.fixture.js';
import { bothSchemas, type Entities, modelOf } from '../testing/compare-schemas.fixture.js';

jest.setTimeout(60_000);

const tableOf = async (entities: Entities, name: string): Promise<Table | undefined> =>
  (await modelOf(entities)).tables.find((table) => table.name === name);

describe('several entities on one table', () => {
  it('PG-R1: a join table that is an entity too is one table, and the entity has the last word', async () => {
    const table = await tableOf([Student, Course, Enrolment], 'enrolment');
    expect(table?.entity).toBe('Enrolment');
    expect(table?.columns.map(({ name }) => name)).toEqual(['studentId', 'courseId', 'grade']);
    expect(table?.foreignKeys.map(({ columns, onDelete }) => [columns, onDelete])).toEqual([
      [['studentId'], 'cascade'],
      [['courseId'], undefined],
    ]);
    expect(table?.indexes).toHaveLength(2);
  });

  it('PG-R1: the first synchronize of TypeORM makes the same', async () => {
    const { typeorm, ours } = await bothSchemas([Student, Course, Enrolment]);
    expect(ours).toEqual(typeorm);
  });

  it('joins entities that agree, whatever their order', async () => {
    const table = await tableOf([PersonName, Person], 'person');
    expect(table).toEqual(await tableOf([Person, PersonName], 'person'));
    expect(table?.entity).toBe('Person');
    expect(table?.columns.map((column) => [column.name, column.default, column.entity])).toEqual([
      ['id', undefined, 'Person'],
      ['name', "'nobody'", 'Person'],
      ['notes', undefined, 'Person'],
    ]);
    expect(table?.indexes).toHaveLength(1);
  });

  it('refuses entities that contradict each other, naming both', async () => {
    await expect(modelOf([Person, PersonNumber])).rejects.toMatchObject({
      code: 'E3015',
      message: expect.stringMatching(
        /"PersonNumber".*"name".*"Person".*integer.*character varying/,
      ),
    });
  });
});
