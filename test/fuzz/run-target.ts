import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Failure, Fuzzer, Outcome } from './target.ts';

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));
const jiti = here('../../node_modules/jiti/lib/jiti-cli.mjs');

/** How much longer than it was given a target may take: starting, the last input, and making it small. */
const graceMilliseconds = 60_000;

export interface TargetRun {
  readonly seed: number;
  readonly milliseconds: number;
  readonly runs: number;
}

/** Fuzzes a target in a process of its own, so that one that hangs, crashes or eats its memory is an outcome as well. */
export async function runTarget(target: Fuzzer, { seed, milliseconds, runs }: TargetRun): Promise<Outcome> {
  const progressFile = path.join(tmpdir(), `agate-fuzz-${process.pid}-${target.name}`);
  const args = [jiti, here('fuzz-one.ts'), target.name, ...[seed, milliseconds, runs].map(String), progressFile];
  const child = spawn(process.execPath, ['--max-old-space-size=1024', ...args], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const watch = setTimeout(() => child.kill('SIGKILL'), milliseconds + graceMilliseconds);
  try {
    const outcome = await new Promise<Outcome | string>((resolve) => {
      child.once('message', (message) => resolve(message as Outcome));
      child.once('exit', (status, signal) => resolve(`The process ended with ${signal ?? status}.`));
    });
    return typeof outcome === 'string' ? unfinished(target, seed, progressFile, outcome) : outcome;
  } finally {
    clearTimeout(watch);
    rmSync(progressFile, { force: true });
  }
}

function unfinished(target: Fuzzer, seed: number, progressFile: string, error: string): Outcome {
  const run = readFileSync(progressFile).readUInt32LE(0);
  const failure: Failure = { seed, path: String(run - 1), input: target.show(seed, run), error };
  return { runs: run, failure };
}
