import { execFileSync } from 'node:child_process';
import { askMemory, memoryProbeOptions, serveAgate } from '../agate.ts';
import { benchFile, ServingChild, serveScript, spawnAt } from '../child.ts';
import type { Bench, Measurement, Row } from '../row.ts';

const wantedSockets = 10_000;
const kilobytesEach = 30;
/** What the gateway's process has open besides WebSockets, with room to spare. */
const otherFiles = 200;

export const websockets: Row = {
  name: 'websockets',
  what: '10,000 idle WebSockets',
  figure: 'all alive after 60 s; ≤ 30 KB each in our process',
  measure,
};

async function measure(bench: Bench): Promise<Measurement> {
  const idleSeconds = bench.quick ? 3 : 60;
  const count = Math.min(bench.quick ? 1000 : wantedSockets, socketsThatFit());
  await using backend = await serveScript('around', 'processes/backend.mjs');
  await using agate = await serveAgate({ backend: backend.url, nodeOptions: memoryProbeOptions, withMessages: true });
  // A first few, so that what every process needs once is not counted as theirs.
  await using warmUp = startClients();
  await warmUp.ask({ open: 100, url: agate.url });
  const before = await askMemory(agate);
  bench.progress(`websockets: opening ${count}`);
  await using clients = startClients();
  await clients.ask({ open: count, url: agate.url });
  bench.progress(`websockets: leaving them idle for ${idleSeconds} s`);
  await new Promise((resolve) => setTimeout(resolve, idleSeconds * 1000));
  const after = await askMemory(agate);
  const { alive } = (await clients.ask('check')) as { alive: number };
  return judge(alive, count, (after.resident - before.resident) / count / 1024, idleSeconds);
}

function startClients(): ServingChild {
  return new ServingChild(
    spawnAt('around', [process.execPath, benchFile('processes/websocket-clients.mjs')], true),
    '',
  );
}

/** Each WebSocket is two open files of the gateway: one towards the client, one towards the backend. */
function socketsThatFit(): number {
  const limit = execFileSync('sh', ['-c', 'ulimit -Hn'], { encoding: 'utf8' }).trim();
  return limit === 'unlimited' ? Number.POSITIVE_INFINITY : Math.floor((Number(limit) - otherFiles) / 2);
}

function judge(alive: number, count: number, kilobytes: number, idleSeconds: number): Measurement {
  return {
    measured: `${alive} of ${count} alive after ${idleSeconds} s; ${kilobytes.toFixed(1)} KB each`,
    isMet: alive === count && kilobytes <= kilobytesEach,
    peers: [],
    notes: [
      'resident memory after a garbage collection',
      ...(count < wantedSockets ? [`${count} instead of ${wantedSockets}: short round, or limit of open files`] : []),
    ],
    figures: { opened: count, alive, 'KB each': kilobytes },
  };
}
