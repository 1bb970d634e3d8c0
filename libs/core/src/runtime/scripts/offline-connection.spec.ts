import { OfflineConnection } from './offline-connection.js';

describe('a connection that writes', () => {
  it.each(['\n', '\r', '\r\n', '\u2028', '\u2029'])(
    'keeps a comment with %j on one line',
    (end) => {
      const offline = new OfflineConnection();
      offline.comment(`Running a1${end}DROP TABLE everything`);
      expect(offline.text).toBe('-- Running a1 DROP TABLE everything\n\n');
    },
  );

  it('OFF-01: ends each statement where a client does, also behind a comment', async () => {
    const offline = new OfflineConnection();
    for (const sql of [' SELECT 1\n', 'SELECT 2 -- two', `SELECT '--\t'\n  AS a`])
      await offline.query(sql);
    expect(offline.text).toBe(`SELECT 1;\n\nSELECT 2 -- two\n;\n\nSELECT '--\t'\n  AS a;\n\n`);
  });

  it('E6006 for parameters', async () => {
    await expect(new OfflineConnection().query('SELECT $1', [1])).rejects.toMatchObject({
      code: 'E6006',
    });
  });
});
