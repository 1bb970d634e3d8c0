/** Names of the extensions that a server could make: specs of those that it cannot are not registered, and the run says so. */
export async function availableExtensions(url) {
  const { default: pg } = await import('pg');
  const client = new pg.Client(url);
  await client.connect();
  try {
    const { rows } = await client.query('SELECT name FROM pg_available_extensions ORDER BY name');
    return rows.map(({ name }) => name);
  } finally {
    await client.end();
  }
}
