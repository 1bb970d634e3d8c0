/**
 * Loads a driver that only the specs of its database need. The others run without it.
 *
 * @throws Error when it is not installed, or when its binary cannot be loaded
 */
export async function loadDriver<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    throw new Error(
      `${name} is not installed or cannot be loaded: run \`npm install\` (a driver with a binary needs a compiler where no ready-made one can be fetched). Until then, only the specs that need it cannot run.`,
      { cause: error },
    );
  }
}
