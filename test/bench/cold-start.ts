import { once } from 'node:events';
import { spawnAt } from './child.ts';

/** What a Node.js process takes that does nothing. */
export const emptyProcess = [process.execPath, '-e', '0'] as const;

/** Milliseconds from starting a program to its end. */
export async function timeToEnd(command: readonly string[], accepted: readonly number[] = [0]): Promise<number> {
  const started = performance.now();
  const child = spawnAt('measured', command);
  child.stdout?.resume();
  const [status] = await once(child, 'exit');
  const took = performance.now() - started;
  if (!accepted.includes(status)) throw new Error(`'${command.join(' ')}' ended with status ${status}.`);
  return took;
}
