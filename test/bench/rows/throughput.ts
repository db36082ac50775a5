import { canPin } from '../child.ts';
import type { Contestant } from '../contestants.ts';
import { contestantNames, startField } from '../contestants.ts';
import { fullLoad, fullLoadGenerator, fullWarmUpSeconds } from '../load.ts';
import type { Bench, Measurement, Row } from '../row.ts';
import { interleaved, median, medianRatio } from '../statistics.ts';

const connections = 50;
const timesHttpProxy = 2;
const timesUndici = 1;

export const throughput: Row = {
  name: 'throughput',
  what: 'Throughput, one process, keep-alive GET; access log, rewrite set and affinity on',
  figure: '≥ 2 × http-proxy 1.18.1 with a keep-alive agent; ≥ 1 × bare undici proxy',
  measure,
};

async function measure(bench: Bench): Promise<Measurement> {
  await using field = await startField();
  const { rounds, seconds, warmUpSeconds } = bench.quick
    ? { rounds: 3, seconds: 1, warmUpSeconds: 1 }
    : { rounds: 7, seconds: 3, warmUpSeconds: fullWarmUpSeconds };
  let failed = 0;
  const load = async (contestant: Contestant, duration: number, label: string) => {
    bench.progress(`throughput: ${label} ${contestant.name}`);
    const result = await fullLoad({ url: contestant.url, connections, seconds: duration });
    if (contestant.name === contestantNames.agate) failed += result.failed;
    return result.requestsPerSecond;
  };
  for (const contestant of field.contestants) await load(contestant, warmUpSeconds, 'warming up');
  const results = await interleaved(field.contestants, rounds, (contestant, round) =>
    load(contestant, seconds, `round ${round + 1} of ${rounds},`),
  );
  return judge(new Map([...results].map(([contestant, rates]) => [contestant.name, rates])), failed);
}

function judge(rates: ReadonlyMap<string, readonly number[]>, failed: number): Measurement {
  const agate = rates.get(contestantNames.agate) ?? [];
  const ratioTo = (name: string) => medianRatio(agate, rates.get(name) ?? []);
  const toHttpProxy = ratioTo(contestantNames.httpProxy);
  const toUndici = ratioTo(contestantNames.undici);
  const others = [...rates.keys()].filter((name) => name !== contestantNames.agate);
  return {
    measured: `${toHttpProxy.toFixed(2)} × http-proxy, ${toUndici.toFixed(2)} × undici`,
    isMet: toHttpProxy >= timesHttpProxy && toUndici >= timesUndici && failed === 0,
    peers: others.map((name) => ({ name, measured: `agate does ${ratioTo(name).toFixed(2)} ×` })),
    notes: [
      ...(failed > 0 ? [`${failed} requests through Agate failed`] : []),
      `load by ${fullLoadGenerator}, ${connections} connections`,
      ...(canPin ? [] : ['processes are not pinned to cores']),
    ],
    figures: {
      failed,
      ...Object.fromEntries([...rates].map(([name, values]) => [`${name} requests/s`, Math.round(median(values))])),
    },
  };
}
