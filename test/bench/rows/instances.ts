import { serveAgate } from '../agate.ts';
import { type ServingChild, serveScript } from '../child.ts';
import { fullLoad, fullLoadGenerator } from '../load.ts';
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
  const { rounds, seconds } = bench.quick ? { rounds: 3, seconds: 1 } : { rounds: 7, seconds: 3 };
  await using backend = await serveScript('anywhere', 'processes/backend.mjs');
  const serve = (count: number) => serveAgate({ backend: backend.url, instances: count, place: 'anywhere' });
  await using one = await serve(1);
  await using two = await serve(2);
  const load = async (server: ServingChild, label: string) => {
    bench.progress(`instances: ${label}`);
    return fullLoad({ url: server.url, connections, seconds });
  };
  for (const server of [one, two]) await load(server, 'warming up');
  let failed = 0;
  const results = await interleaved([one, two], rounds, async (server, round) => {
    const { requestsPerSecond, failed: lost } = await load(server, `round ${round + 1} of ${rounds}`);
    failed += lost;
    return requestsPerSecond;
  });
  return judge(results.get(one) ?? [], results.get(two) ?? [], failed);
}

function judge(one: readonly number[], two: readonly number[], failed: number): Measurement {
  const ratio = medianRatio(two, one);
  return {
    measured: `${ratio.toFixed(2)} ×`,
    isMet: ratio >= timesOne && failed === 0,
    peers: [],
    notes: [
      ...(failed > 0 ? [`${failed} requests failed`] : []),
      `load by ${fullLoadGenerator}, which shares the two cores with the backend and all instances`,
    ],
    figures: { ratio, failed, 'one requests/s': Math.round(median(one)), 'two requests/s': Math.round(median(two)) },
  };
}
