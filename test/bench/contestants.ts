import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { serveAgate } from './agate.ts';
import type { ServingChild } from './child.ts';
import { serveScript } from './child.ts';
import { hasNginx, serveNginx } from './nginx.ts';

/** A proxy that is measured, ours among them; or the backend itself, reached directly. */
export interface Contestant {
  readonly name: string;
  readonly url: string;
}

/** The names by which rows pick what they compare with. */
export const contestantNames = {
  agate: 'agate',
  direct: 'direct',
  httpProxy: 'http-proxy',
  undici: 'undici',
} as const;

/** Everything that takes part in a comparison, running, each on the same backend. */
export interface Field extends AsyncDisposable {
  readonly contestants: readonly Contestant[];
}

/** Starts the backend, Agate with everything on, and the peers. */
export async function startField(isWanted: (name: string) => boolean = () => true): Promise<Field> {
  const stack = new AsyncDisposableStackLike();
  const folder = await mkdtemp(path.join(tmpdir(), 'agate-bench-'));
  stack.add(() => rm(folder, { recursive: true }));
  try {
    const backend = stack.use(await serveScript('around', 'processes/backend.mjs'));
    const starters: [string, () => Promise<ServingChild>][] = [
      [contestantNames.agate, () => serveAgate({ backend: backend.url, accessLog: path.join(folder, 'access.log') })],
      [contestantNames.httpProxy, () => serveScript('measured', 'peers/http-proxy-1.mjs', backend.url)],
      ['http-proxy-3', () => serveScript('measured', 'peers/http-proxy-3.mjs', backend.url)],
      ['httpxy', () => serveScript('measured', 'peers/httpxy.mjs', backend.url)],
      [contestantNames.undici, () => serveScript('measured', 'peers/undici.mjs', backend.url)],
    ];
    if (hasNginx) starters.push(['nginx', () => serveNginx(backend.url)]);
    const contestants: Contestant[] = [{ name: contestantNames.direct, url: backend.url }];
    for (const [name, start] of starters.filter(([name]) => isWanted(name))) {
      contestants.push({ name, url: stack.use(await start()).url });
    }
    await Promise.all(contestants.map(checkAnswer));
    return { contestants, [Symbol.asyncDispose]: () => stack.dispose() };
  } catch (fault) {
    await stack.dispose();
    throw fault;
  }
}

/** A contestant that answers wrongly would be fast for nothing. */
async function checkAnswer({ name, url }: Contestant): Promise<void> {
  const answer = await fetch(url);
  const body = await answer.text();
  if (answer.status !== 200 || body !== 'a'.repeat(1024)) {
    throw new Error(`'${name}' answers ${answer.status} with ${body.length} bytes; expected: 200 with 1024.`);
  }
}

/** What `AsyncDisposableStack` is on Node.js ≥ 24. */
class AsyncDisposableStackLike {
  readonly #disposals: (() => Promise<void>)[] = [];

  add(dispose: () => Promise<void>): void {
    this.#disposals.push(dispose);
  }

  use<T extends AsyncDisposable>(resource: T): T {
    this.add(async () => await resource[Symbol.asyncDispose]());
    return resource;
  }

  async dispose(): Promise<void> {
    for (const dispose of this.#disposals.toReversed()) await dispose();
  }
}
