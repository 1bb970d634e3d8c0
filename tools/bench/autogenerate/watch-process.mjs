// Processor time of a process of this machine.
import { readFileSync } from 'node:fs';

/** A tick of the clock in `/proc/PID/stat`. */
const TICK_MS = 10;

/** `cpuOf(work)`: what the process spent while work ran, in milliseconds; 0 where it cannot be seen. And `close()`. */
export function watchProcess(pid) {
  return {
    cpuOf: async (work) => {
      const before = spentBy(pid);
      await work();
      return spentBy(pid) - before;
    },
    close: () => Promise.resolve(),
  };
}

/** Fields 14 and 15 of proc(5). */
function spentBy(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  } catch {
    return 0;
  }
}
