import { serveAgate } from '../agate.ts';
import { type ServingChild, serveScript } from '../child.ts';
import { cpuSeconds } from '../cpu-time.ts';
import { fullLoad, fullLoadGenerator, fullWarmUpSeconds } from '../load.ts';
import { hasNginx, serveNginxBackend } from '../nginx.ts';
import type { Bench, Measurement, Row } from '../row.ts';
import { interleaved, median, medianRatio } from '../statistics.ts';

const connections = 50;
const timesOne = 1.7;

export const instances: Row = {
  name: 'instances',
  what: 'Throughput of --instances 2 on two cores',
  figure: '≥ 1.7 × one instance',
  measure,
};

async function measure(bench: Bench): Promise<Measurement> {
  const { rounds, seconds, warmUpSeconds } = bench.quick
    ? { rounds: 3, seconds: 1, warmUpSeconds: 1 }
    : { rounds: 7, seconds: 3, warmUpSeconds: fullWarmUpSeconds };
  // All have to share the cores: what load and backend take is not there for the instances.
  await using backend = await (hasNginx
    ? serveNginxBackend('anywhere')
    : serveScript('anywhere', 'processes/backend.mjs'));
  await using one = await serveInstances(1, backend);
  await using two = await serveInstances(2, backend);
  const all = [one, two];
  for (const each of all) await each.warmUp(warmUpSeconds);
  const rates = await interleaved(all, rounds, (each, round) => {
    bench.progress(`instances: round ${round + 1} of ${rounds}, ${each.count}`);
    return each.load(seconds);
  });
  return judge(one, two, medianRatio(rates.get(two) ?? [], rates.get(one) ?? []));
}

async function serveInstances(count: number, backend: ServingChild): Promise<Instances> {
  return new Instances(count, await serveAgate({ backend: backend.url, instances: count, place: 'anywhere' }));
}

/** A gateway of so many instances, and what they did. */
class Instances implements AsyncDisposable {
  readonly count: number;
  readonly rates: number[] = [];
  /** How many processors each round had the gateway's processes busy. */
  readonly cores: number[] = [];
  failed = 0;
  readonly #server: ServingChild;

  constructor(count: number, server: ServingChild) {
    this.count = count;
    this.#server = server;
  }

  async warmUp(seconds: number): Promise<void> {
    await fullLoad({ url: this.#server.url, connections, seconds });
  }

  async load(seconds: number): Promise<number> {
    const before = cpuSeconds(this.#server.child.pid);
    const { requestsPerSecond, failed } = await fullLoad({ url: this.#server.url, connections, seconds });
    const after = cpuSeconds(this.#server.child.pid);
    if (before !== undefined && after !== undefined) this.cores.push((after - before) / seconds);
    this.rates.push(requestsPerSecond);
    this.failed += failed;
    return requestsPerSecond;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#server[Symbol.asyncDispose]();
  }
}

function judge(one: Instances, two: Instances, ratio: number): Measurement {
  const failed = one.failed + two.failed;
  const cores = { one: median(one.cores), two: median(two.cores) };
  // What a core brings, with two instances against one: 1 where they do not stand in each other's way.
  const perCore = (ratio * cores.one) / cores.two;
  return {
    measured: `${ratio.toFixed(2)} ×`,
    isMet: ratio >= timesOne && failed === 0,
    peers: [],
    notes: [
      ...(failed > 0 ? [`${failed} requests failed`] : []),
      `load by ${fullLoadGenerator}, which shares the two cores with the backend${hasNginx ? ' (nginx)' : ''} and all instances`,
      ...(Number.isNaN(perCore) ? [] : [describeCores(cores, perCore)]),
    ],
    figures: {
      ratio,
      failed,
      'one requests/s': Math.round(median(one.rates)),
      'two requests/s': Math.round(median(two.rates)),
      ...(Number.isNaN(perCore) ? {} : { 'one cores': cores.one, 'two cores': cores.two, perCore }),
    },
  };
}

function describeCores(cores: { readonly one: number; readonly two: number }, perCore: number): string {
  const had = `one instance had ${cores.one.toFixed(2)} cores, two had ${cores.two.toFixed(2)}`;
  return `${had}: ${perCore.toFixed(2)} × as much for a core, ${(2 * perCore).toFixed(2)} × with a core for each`;
}
