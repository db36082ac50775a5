import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second, whatever the kernel's own ticks are. */
const ticksPerSecond = 100;

/**
 * The time that processors have spent on a process and on those it has started, in seconds; undefined where there is no
 * Linux to ask.
 */
export function cpuSeconds(pid: number | undefined): number | undefined {
  if (process.platform !== 'linux' || pid === undefined) return undefined;
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap(readStat);
  const family = new Set([pid]);
  // Children have later numbers but for a wrap, and families here are two generations.
  for (const { id, parent } of [...all, ...all]) if (family.has(parent)) family.add(id);
  const ticks = all.filter(({ id }) => family.has(id)).reduce((sum, each) => sum + each.ticks, 0);
  return ticks / ticksPerSecond;
}

/** https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function readStat(id: string): { id: number; parent: number; ticks: number }[] {
  let text: string;
  try {
    text = readFileSync(`/proc/${id}/stat`, 'utf8');
  } catch {
    // It has ended meanwhile.
    return [];
  }
  // What comes before is the program's name, which may have spaces.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return [{ id: Number(id), parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) }];
}
