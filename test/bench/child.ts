import type { ChildProcess } from 'node:child_process';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createConnection } from 'node:net';
import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** What is measured has one core for itself; the load and the servers behind it share the other. */
export type Place = 'measured' | 'around' | 'anywhere';

/** Whether processes can be held to a core of their own. */
export const canPin = availableParallelism() > 1 && spawnSync('taskset', ['--version']).error === undefined;

const coreOf: Readonly<Record<Place, string>> = { measured: '0', around: '1', anywhere: '0,1' };

/** The path of a file beside this one. */
export function benchFile(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

/** Starts a program, on the core of its place where that is possible. Its errors show on our standard error. */
export function spawnAt(place: Place, command: readonly string[], withMessages = false): ChildProcess {
  const [program = '', ...args] = canPin ? ['taskset', '-c', coreOf[place], ...command] : command;
  return spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit', ...(withMessages ? (['ipc'] as const) : [])] });
}

/** Runs a program that prints one line of JSON, and reads it. */
export async function runForJson(place: Place, command: readonly string[]): Promise<unknown> {
  const child = spawnAt(place, command);
  const [output] = await Promise.all([readAll(child), once(child, 'close')]);
  if (child.exitCode !== 0) throw new Error(`'${command.join(' ')}' ended with status ${child.exitCode}.`);
  return JSON.parse(output);
}

/** Runs a program to its end and gives back what it printed. */
export async function runForText(place: Place, command: readonly string[]): Promise<string> {
  const child = spawnAt(place, command);
  const [output] = await Promise.all([readAll(child), once(child, 'close')]);
  return output;
}

async function readAll(child: ChildProcess): Promise<string> {
  let output = '';
  for await (const chunk of child.stdout ?? []) output += String(chunk);
  return output;
}

/** A program that serves until it is disposed. */
export class ServingChild implements AsyncDisposable {
  readonly url: string;
  readonly child: ChildProcess;

  constructor(child: ChildProcess, url: string) {
    this.child = child;
    this.url = url;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    // A server that drains its connections would wait for those of the load.
    const impatience = setTimeout(() => this.child.kill('SIGKILL'), 2000);
    await ended;
    clearTimeout(impatience);
  }

  /** Sends an IPC message and waits for the answer. */
  async ask(message: string | object): Promise<unknown> {
    const over = new AbortController();
    const { signal } = over;
    const answer = once(this.child, 'message', { signal });
    const end = once(this.child, 'exit', { signal }).then(([status]) => {
      throw new Error(`'${this.child.spawnargs.join(' ')}' ended with status ${status}.`);
    });
    this.child.send(message);
    try {
      const [value] = await Promise.race([answer, end]);
      return value;
    } finally {
      for (const waiting of [answer, end]) waiting.catch(() => undefined);
      over.abort();
    }
  }
}

/** Starts one of our own server scripts, which print `ready <port>`. */
export async function serveScript(place: Place, script: string, ...args: string[]): Promise<ServingChild> {
  const child = spawnAt(place, [process.execPath, benchFile(script), ...args]);
  const line = await firstLine(child, (text) => text.startsWith('ready '));
  return new ServingChild(child, `http://127.0.0.1:${line.slice('ready '.length)}`);
}

/** Waits for the first line of output that is accepted; the rest is read and dropped, so that the program never blocks. */
export async function firstLine(child: ChildProcess, accepts: (line: string) => boolean): Promise<string> {
  const { stdout } = child;
  if (stdout === null) throw new Error('The program has no standard output to read.');
  const lines = createInterface({ input: stdout });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (status) => reject(new Error(`'${child.spawnargs.join(' ')}' ended with status ${status}.`)));
    lines.on('line', (line) => {
      if (accepts(line)) resolve(line);
    });
  });
}

/** Waits until something accepts connections on a local port. */
export async function portAccepts(port: number): Promise<void> {
  const deadline = performance.now() + 5000;
  while (!(await connects(port))) {
    if (performance.now() > deadline) throw new Error(`Nothing accepts connections on port ${port}.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function connects(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
