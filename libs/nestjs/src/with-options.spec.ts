import { isMigrationError } from '@nest-alembic/core';
import { DataSource } from 'typeorm';
import { MigrationService } from './migration.service.js';

const service = new MigrationService({
  name: 'reports',
  dataSource: new DataSource({
    type: 'postgres',
    url: 'postgres://app:top-secret@127.0.0.1:1/reports',
  }),
  options: { revisions: [{ revision: 'a1a1a1a1a1a1' }], lockTimeoutMs: 7 },
  onEvent: () => undefined,
});

describe('a service with other options', () => {
  it('has them in place of the module’s, and leaves the first service as it was', async () => {
    const other = service.withOptions({ revisions: [{ revision: 'b2b2b2b2b2b2' }] });
    expect(other.name).toBe('reports');
    expect((await other.heads()).map(({ id }) => id)).toEqual(['b2b2b2b2b2b2']);
    expect((await service.heads()).map(({ id }) => id)).toEqual(['a1a1a1a1a1a1']);
  });

  it('B138: refuses an unknown one, naming where it stands', () => {
    let error: unknown;
    try {
      service.withOptions({ revison: [] }, 'options file "a.json"');
    } catch (thrown) {
      error = thrown;
    }
    expect(isMigrationError(error) && error.message).toBe(
      'options file "a.json" has no option "revison". Did you mean "revisions"?',
    );
  });
});

it('a service says where its database is, without user and password', () => {
  expect(service.database).toBe('postgres://127.0.0.1:1/reports');
});
