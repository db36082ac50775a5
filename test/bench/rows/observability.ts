import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { serveAgate } from '../agate.ts';
import { type ServingChild, serveScript } from '../child.ts';
import { fullLoad, fullWarmUpSeconds } from '../load.ts';
import type { Bench, Measurement, Row } from '../row.ts';
import { interleaved, median, medianRatio } from '../statistics.ts';

const connections = 50;
const leastRatio = 0.9;

interface Plan {
  /** How often both are started anew. */
  readonly pairs: number;
  readonly warmUpSeconds: number;
  readonly rounds: number;
  readonly seconds: number;
}

const quickPlan: Plan = { pairs: 1, warmUpSeconds: 1, rounds: 3, seconds: 1 };
const fullPlan: Plan = { pairs: 3, warmUpSeconds: fullWarmUpSeconds, rounds: 6, seconds: 2 };

export const observability: Row = {
  name: 'observability',
  what: 'Throughput with access log, metrics and admin API, against without',
  figure: '≥ 0.90 ×',
  measure,
};

async function measure(bench: Bench): Promise<Measurement> {
  const plan = bench.quick ? quickPlan : fullPlan;
  const folder = await mkdtemp(path.join(tmpdir(), 'agate-bench-observability-'));
  const all: PairResult = { on: [], off: [], failed: 0 };
  try {
    await using backend = await serveScript('around', 'processes/backend.mjs');
    // Two processes that run the same code differ by as much as what is measured: each compiles it in its own way.
    for (let pair = 1; pair <= plan.pairs; pair++) {
      bench.progress(`observability: pair ${pair} of ${plan.pairs}`);
      const { on, off, failed } = await measurePair(backend.url, path.join(folder, `access-${pair}.log`), plan);
      all.on.push(...on);
      all.off.push(...off);
      all.failed += failed;
    }
    return judge(all);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Requests per second, round by round. */
interface PairResult {
  readonly on: number[];
  readonly off: number[];
  failed: number;
}

async function measurePair(
  backend: string,
  accessLog: string,
  { warmUpSeconds, rounds, seconds }: Plan,
): Promise<PairResult> {
  await using watched = await serveAgate({ backend, accessLog, admin: '127.0.0.1:0' });
  await using unwatched = await serveAgate({ backend });
  let failed = 0;
  const load = async ({ url }: ServingChild, duration: number) => {
    const result = await fullLoad({ url, connections, seconds: duration });
    failed += result.failed;
    return result.requestsPerSecond;
  };
  for (const server of [watched, unwatched]) await load(server, warmUpSeconds);
  const results = await interleaved([watched, unwatched], rounds, (server) => load(server, seconds));
  return { on: results.get(watched) ?? [], off: results.get(unwatched) ?? [], failed };
}

function judge({ on, off, failed }: PairResult): Measurement {
  const ratio = medianRatio(on, off);
  return {
    measured: `${ratio.toFixed(2)} ×`,
    isMet: ratio >= leastRatio && failed === 0,
    peers: [],
    notes: failed > 0 ? [`${failed} requests failed`] : [],
    figures: { ratio, failed, 'requests/s on': Math.round(median(on)), 'requests/s off': Math.round(median(off)) },
  };
}
