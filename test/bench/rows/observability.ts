import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { serveAgate } from '../agate.ts';
import { serveScript } from '../child.ts';
import { fullLoad } from '../load.ts';
import type { Bench, Measurement, Row } from '../row.ts';
import { interleaved, median, medianRatio } from '../statistics.ts';

const connections = 50;
const leastRatio = 0.9;

export const observability: Row = {
  name: 'observability',
  what: 'Throughput with access log, metrics and admin API, against without',
  figure: '≥ 0.90 ×',
  measure,
};

async function measure(bench: Bench): Promise<Measurement> {
  const { rounds, seconds } = bench.quick ? { rounds: 3, seconds: 1 } : { rounds: 9, seconds: 3 };
  const folder = await mkdtemp(path.join(tmpdir(), 'agate-bench-observability-'));
  try {
    await using backend = await serveScript('around', 'processes/backend.mjs');
    const accessLog = path.join(folder, 'access.log');
    await using watched = await serveAgate({ backend: backend.url, accessLog, admin: '127.0.0.1:0' });
    await using unwatched = await serveAgate({ backend: backend.url });
    let failed = 0;
    const load = async (url: string) => {
      const result = await fullLoad({ url, connections, seconds });
      failed += result.failed;
      return result.requestsPerSecond;
    };
    for (const { url } of [watched, unwatched]) await load(url);
    const results = await interleaved([watched, unwatched], rounds, ({ url }, round) => {
      bench.progress(`observability: round ${round + 1} of ${rounds}, ${url === watched.url ? 'on' : 'off'}`);
      return load(url);
    });
    return judge(results.get(watched) ?? [], results.get(unwatched) ?? [], failed);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function judge(on: readonly number[], off: readonly number[], failed: number): Measurement {
  const ratio = medianRatio(on, off);
  return {
    measured: `${ratio.toFixed(2)} ×`,
    isMet: ratio >= leastRatio && failed === 0,
    peers: [],
    notes: failed > 0 ? [`${failed} requests failed`] : [],
    figures: { ratio, failed, 'requests/s on': Math.round(median(on)), 'requests/s off': Math.round(median(off)) },
  };
}
