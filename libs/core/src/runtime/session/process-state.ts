/** What code can leave behind in a process, as far as it can be seen from inside. */
export interface ProcessState {
  /** Handles and requests that keep the process alive, by kind, with their number. */
  readonly resources: ReadonlyMap<string, number>;
  readonly globals: ReadonlySet<string>;
  readonly variables: ReadonlyMap<string, string | undefined>;
  /** Listeners of the process, by event, with their number. */
  readonly listeners: ReadonlyMap<string, number>;
  readonly folder: string;
}

/** The state of this process now. */
export function processState(): ProcessState {
  // Made when they are first looked at, by whoever that is.
  void [process.stdout, process.stderr];
  return {
    resources: counted(process.getActiveResourcesInfo()),
    globals: new Set(Object.getOwnPropertyNames(globalThis)),
    variables: new Map(Object.entries(process.env)),
    listeners: new Map(
      process.eventNames().map((event) => [String(event), process.listenerCount(event)]),
    ),
    folder: process.cwd(),
  };
}

/** What is there afterwards and was not before, each as the end of a sentence. */
export function changesOf(before: ProcessState, after: ProcessState): readonly string[] {
  const variables = namesThatDiffer(before.variables, after.variables);
  const globals = [...after.globals].filter((name) => !before.globals.has(name));
  return [
    ...more(before.resources, after.resources).map(
      (kind) => `leaves something open (${RESOURCES.get(kind) ?? kind})`,
    ),
    ...variables.map((name) => `changes the environment variable ${name}`),
    ...globals.map((name) => `makes the global "${name}"`),
    ...more(before.listeners, after.listeners).map(
      (event) => `listens to "${event}" of the process`,
    ),
    ...(before.folder === after.folder ? [] : ['changes the current folder']),
  ];
}

/** Node's names of what may be left open, in words. */
const RESOURCES: ReadonlyMap<string, string> = new Map([
  ['TCPSocketWrap', 'a network connection'],
  ['TCPWRAP', 'a network connection'],
  ['TCPConnectWrap', 'a network connection'],
  ['TLSWrap', 'a network connection'],
  ['GetAddrInfoReqWrap', 'a look-up of a host name'],
  ['TCPServerWrap', 'a network server'],
  ['PipeWrap', 'a pipe'],
  ['Timeout', 'a timer'],
  ['Immediate', 'a callback'],
  ['FSEventWrap', 'a watched file'],
  ['ProcessWrap', 'a child process'],
  ['MessagePort', 'a worker'],
  ['Worker', 'a worker'],
]);

function counted(kinds: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}

const more = (
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): readonly string[] =>
  [...after].filter(([name, count]) => count > (before.get(name) ?? 0)).map(([name]) => name);

function namesThatDiffer(
  before: ReadonlyMap<string, string | undefined>,
  after: ReadonlyMap<string, string | undefined>,
): readonly string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => before.get(name) !== after.get(name));
}
