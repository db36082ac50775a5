import type { Contestant } from '../contestants.ts';
import { contestantNames, startField } from '../contestants.ts';
import { fullLoad, fullWarmUpSeconds, steadyLoad, steadyLoadGenerator } from '../load.ts';
import type { Bench, Measurement, Row } from '../row.ts';
import { interleaved, median } from '../statistics.ts';

const connections = 50;
const { agate, direct, httpProxy, undici } = contestantNames;

export const latency: Row = {
  name: 'latency',
  what: 'p99 latency added at half load',
  figure: '≤ that of http-proxy 1.18.1 with a keep-alive agent',
  measure,
};

/** Half load is half of what http-proxy can do: the same number of requests a second for everybody. */
async function measure(bench: Bench): Promise<Measurement> {
  await using field = await startField((name) => name === agate || name === httpProxy || name === undici);
  const { rounds, seconds, warmUpSeconds } = bench.quick
    ? { rounds: 3, seconds: 1, warmUpSeconds: 1 }
    : { rounds: 7, seconds: 4, warmUpSeconds: fullWarmUpSeconds };
  for (const contestant of field.contestants) {
    bench.progress(`latency: warming up ${contestant.name}`);
    await fullLoad({ url: contestant.url, connections, seconds: warmUpSeconds });
  }
  const rate = await halfLoad(field.contestants, seconds);
  let failed = 0;
  const results = await interleaved(field.contestants, rounds, async ({ name, url }, round) => {
    bench.progress(`latency: round ${round + 1} of ${rounds}, ${name} at ${rate} requests/s`);
    const result = await steadyLoad({ url, connections, seconds, rate });
    if (name === agate) failed += result.failed;
    return result.p99Milliseconds;
  });
  return judge(new Map([...results].map(([{ name }, values]) => [name, median(values)])), rate, failed);
}

async function halfLoad(contestants: readonly Contestant[], seconds: number): Promise<number> {
  const contestant = contestants.find(({ name }) => name === httpProxy);
  if (contestant === undefined) throw new Error('http-proxy does not take part.');
  const { requestsPerSecond } = await fullLoad({ url: contestant.url, connections, seconds });
  return Math.round(requestsPerSecond / 2);
}

function judge(p99: ReadonlyMap<string, number>, rate: number, failed: number): Measurement {
  const added = (name: string) => (p99.get(name) ?? Number.NaN) - (p99.get(direct) ?? Number.NaN);
  const describe = (name: string) => `${added(name).toFixed(2)} ms`;
  return {
    measured: describe(agate),
    isMet: added(agate) <= added(httpProxy) && failed === 0,
    peers: [httpProxy, undici].map((name) => ({ name, measured: describe(name) })),
    notes: [
      ...(failed > 0 ? [`${failed} requests through Agate failed`] : []),
      `${rate} requests/s for each by ${steadyLoadGenerator}, half of what http-proxy can do; p99 without a proxy is subtracted`,
    ],
    figures: {
      failed,
      'requests/s': rate,
      ...Object.fromEntries([...p99].map(([name, value]) => [`${name} p99 ms`, value])),
    },
  };
}
