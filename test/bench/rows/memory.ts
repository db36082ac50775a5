import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { askMemory, memoryProbeOptions, serveAgate } from '../agate.ts';
import { serveScript } from '../child.ts';
import { countedLoad } from '../load.ts';
import type { Bench, Measurement, Row } from '../row.ts';

const slices = 5;
const megabytesAdded = 5;
const megabyte = 1024 * 1024;

export const memory: Row = {
  name: 'memory',
  what: 'Memory after 1 M requests',
  figure: 'flat: the last 200 k requests add < 5 MB',
  measure,
};

async function measure(bench: Bench): Promise<Measurement> {
  const requests = bench.quick ? 10_000 : 200_000;
  const folder = await mkdtemp(path.join(tmpdir(), 'agate-bench-memory-'));
  try {
    await using backend = await serveScript('around', 'processes/backend.mjs');
    const accessLog = path.join(folder, 'access.log');
    const options = { backend: backend.url, accessLog, nodeOptions: memoryProbeOptions, withMessages: true };
    await using agate = await serveAgate(options);
    const live: number[] = [];
    let failed = 0;
    let resident = 0;
    for (let slice = 0; slice < slices; slice++) {
      bench.progress(`memory: ${(slice + 1) * requests} of ${slices * requests} requests`);
      failed += (await countedLoad({ url: agate.url, connections: 50, requests })).failed;
      const now = await askMemory(agate);
      live.push(now.live / megabyte);
      resident = now.resident / megabyte;
    }
    return judge(live, resident, requests, failed);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function judge(live: readonly number[], resident: number, requests: number, failed: number): Measurement {
  const added = (live.at(-1) ?? Number.NaN) - (live.at(-2) ?? Number.NaN);
  return {
    measured: `${added.toFixed(2)} MB added by the last ${requests} of ${requests * slices} requests`,
    isMet: added < megabytesAdded && failed === 0,
    peers: [],
    notes: [
      ...(failed > 0 ? [`${failed} requests failed`] : []),
      `heap and buffers after a garbage collection, in MB: ${live.map((value) => value.toFixed(1)).join(', ')}`,
    ],
    figures: { 'added MB': added, 'live MB': live.at(-1) ?? Number.NaN, 'resident MB': resident, failed },
  };
}
