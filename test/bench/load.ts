import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { benchFile, runForJson, runForText } from './child.ts';

/** What a load generator saw. */
export interface LoadResult {
  readonly requests: number;
  readonly requestsPerSecond: number;
  /** Answers other than 200, and no answer at all. */
  readonly failed: number;
  readonly p50Milliseconds: number;
  readonly p99Milliseconds: number;
}

export interface LoadOptions {
  readonly url: string;
  readonly connections: number;
  readonly seconds: number;
}

/**
 * How long everybody is put under load before anything is measured: V8 goes on compiling for a quarter of a million
 * requests, the longer the more code they run through.
 */
export const fullWarmUpSeconds = 15;

const hasWrk = spawnSync('wrk', ['--version']).error === undefined;

const hasH2load = spawnSync('h2load', ['--version']).error === undefined;

/** The generator of full load. */
export const fullLoadGenerator = hasWrk ? 'wrk' : 'own generator';

/** The generator of steady load. */
export const steadyLoadGenerator = hasH2load ? 'h2load' : 'own generator';

/** As much as the connections can take, by `wrk` where it is installed: it needs less of the core it shares. */
export function fullLoad(options: LoadOptions): Promise<LoadResult> {
  return hasWrk ? loadByWrk(options) : loadByScript(options);
}

/** A fixed number of requests a second, whatever the answers take; by `h2load` where it is installed, which is steadier. */
export function steadyLoad(options: LoadOptions & { readonly rate: number }): Promise<LoadResult> {
  return hasH2load ? loadByH2load(options) : loadByScript(options, '--rate', String(options.rate));
}

/** A fixed number of requests. */
export function countedLoad(options: { url: string; connections: number; requests: number }): Promise<LoadResult> {
  return loadByScript({ ...options, seconds: 0 }, '--requests', String(options.requests));
}

/** For a time, by our own generator, which counts every answer that is not a 200. */
export async function loadByScript(options: LoadOptions, ...more: string[]): Promise<LoadResult> {
  const { url, connections, seconds } = options;
  const args = ['--url', url, '--connections', String(connections), '--seconds', String(seconds), ...more];
  const command = [process.execPath, benchFile('processes/load-generator.mjs'), ...args];
  return (await runForJson('around', command)) as LoadResult;
}

async function loadByWrk({ url, connections, seconds }: LoadOptions): Promise<LoadResult> {
  const command = ['wrk', '-t1', `-c${connections}`, `-d${seconds}s`, '--latency', url];
  return parseWrkReport(await runForText('around', command));
}

async function loadByH2load(options: LoadOptions & { readonly rate: number }): Promise<LoadResult> {
  const { url, connections, seconds, rate } = options;
  const folder = await mkdtemp(path.join(tmpdir(), 'agate-bench-h2load-'));
  const log = path.join(folder, 'log');
  try {
    const perConnection = String(Math.round(rate / connections));
    const load = ['--h1', '-t1', `-c${connections}`, `-D${seconds}`, `--rps=${perConnection}`];
    await runForText('around', ['h2load', ...load, `--log-file=${log}`, url]);
    return parseH2loadLog(await readFile(log, 'utf8'), seconds);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Reads the log of `h2load`: a line for each request, with its start, its status and what it took in microseconds. */
export function parseH2loadLog(log: string, seconds: number): LoadResult {
  const lines = log.split('\n').filter((line) => line !== '');
  const requests = lines.map((line) => line.split('\t').map(Number));
  const times = requests.map(([, , microseconds = Number.NaN]) => microseconds / 1000).sort((a, b) => a - b);
  if (times.length === 0) throw new Error('h2load measured nothing.');
  const percentile = (part: number) => times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? Number.NaN;
  return {
    requests: times.length,
    requestsPerSecond: times.length / seconds,
    failed: requests.filter(([, status]) => status !== 200).length,
    p50Milliseconds: percentile(0.5),
    p99Milliseconds: percentile(0.99),
  };
}

/** Reads what `wrk --latency` prints. */
export function parseWrkReport(report: string): LoadResult {
  const number = (pattern: RegExp) => Number(pattern.exec(report)?.[1] ?? 0);
  const socketErrors = /Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)/.exec(report) ?? [];
  const requests = number(/(\d+) requests in/);
  if (requests === 0) throw new Error(`wrk measured nothing:\n${report}`);
  return {
    requests,
    requestsPerSecond: number(/Requests\/sec:\s+([\d.]+)/),
    failed: number(/Non-2xx or 3xx responses: (\d+)/) + socketErrors.slice(1).reduce((sum, n) => sum + Number(n), 0),
    p50Milliseconds: milliseconds(/50%\s+([\d.]+)(us|ms|s)/.exec(report)),
    p99Milliseconds: milliseconds(/99%\s+([\d.]+)(us|ms|s)/.exec(report)),
  };
}

const millisecondsIn: Readonly<Record<string, number>> = { us: 0.001, ms: 1, s: 1000 };

function milliseconds(match: RegExpExecArray | null): number {
  return Number(match?.[1] ?? 0) * (millisecondsIn[match?.[2] ?? 'ms'] ?? 1);
}
