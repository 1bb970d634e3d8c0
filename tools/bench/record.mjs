/** Options whose connections remember what they send, so that the same can be sent again by the bare driver. */
export function recordingOptions(options) {
  let sent = [];
  const record = (connection) => ({
    query: (sql, parameters) => {
      sent.push({ kind: 'query', sql, parameters });
      return connection.query(sql, parameters);
    },
    script: (sql) => {
      sent.push({ kind: 'script', sql });
      return connection.script(sql);
    },
    close: () => connection.close(),
    destroy: () => (connection.destroy ?? connection.close).call(connection),
  });
  return {
    options: { ...options, connect: async () => record(await options.connect()) },
    /** What is sent while `work` runs, in order. */
    during: async (work) => {
      sent = [];
      await work();
      return [...sent];
    },
  };
}
