import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { memoryProbeOptions, serveAgate } from '../agate.ts';
import { benchFile, firstLine, ServingChild, serveScript, spawnAt } from '../child.ts';
import { contestantNames } from '../contestants.ts';
import { hasNginx, serveNginx } from '../nginx.ts';
import type { Bench, Measurement, PeerFigure, Row } from '../row.ts';

const wantedSockets = 10_000;
const kilobytesEach = 30;
/** Opened first, so that what every process needs once is not counted as that of the others. */
const warmUpSockets = 100;
const collectionMilliseconds = 2000;
/** What the gateway's process has open besides WebSockets, with room to spare. */
const otherFiles = 200;

export const websockets: Row = {
  name: 'websockets',
  what: '10,000 idle WebSockets',
  figure: 'all alive after 60 s; ≤ 30 KB each in our process',
  measure,
};

/** A proxy in front of the backend that echoes, and how to ask what its process uses. */
interface Carrier {
  readonly name: string;
  start(backend: string, count: number): Promise<ServingChild>;
  residentBytes(server: ServingChild): Promise<number>;
}

const agate: Carrier = {
  name: contestantNames.agate,
  start: (backend, count) =>
    serveAgate({ backend, nodeOptions: memoryProbeOptions, withMessages: true, instances: instancesFor(count) }),
  residentBytes: residentInAll,
};

const peers: readonly Carrier[] = [
  {
    ...agate,
    name: contestantNames.httpProxy,
    start: (backend: string) => serveProbed('peers/http-proxy-1.mjs', backend),
  },
  ...(hasNginx ? [{ name: 'nginx', start: serveNginx, residentBytes: residentInProc }] : []),
];

async function measure(bench: Bench): Promise<Measurement> {
  const idleSeconds = bench.quick ? 3 : 60;
  const count = bench.quick ? 1000 : wantedSockets;
  const ours = await carry(bench, agate, count, idleSeconds);
  const theirs: PeerFigure[] = [];
  for (const peer of peers) {
    const fits = Math.min(count, socketsThatFit());
    const { alive, kilobytes } = await carry(bench, peer, fits, 1);
    theirs.push({ name: peer.name, measured: `${kilobytes.toFixed(1)} KB each, ${alive} of ${fits} alive` });
  }
  return judge(ours, count, idleSeconds, theirs);
}

interface Carried {
  readonly alive: number;
  /** Resident memory for each WebSocket. */
  readonly kilobytes: number;
}

async function carry(
  bench: Bench,
  { name, start, residentBytes }: Carrier,
  count: number,
  idleSeconds: number,
): Promise<Carried> {
  await using backend = await serveScript('around', 'processes/backend.mjs');
  await using server = await start(backend.url, count);
  await using warmUp = startClients();
  await warmUp.ask({ open: warmUpSockets, url: server.url });
  const before = await residentBytes(server);
  bench.progress(`websockets: opening ${count} through ${name}`);
  await using clients = startClients();
  await clients.ask({ open: count, url: server.url });
  bench.progress(`websockets: leaving them idle for ${idleSeconds} s`);
  await new Promise((resolve) => setTimeout(resolve, idleSeconds * 1000));
  const after = await residentBytes(server);
  const { alive } = (await clients.ask('check')) as { alive: number };
  return { alive, kilobytes: (after - before) / count / 1024 };
}

/** A script of ours that can be asked for its memory. */
async function serveProbed(script: string, backend: string): Promise<ServingChild> {
  const child = spawnAt('measured', [process.execPath, ...memoryProbeOptions, benchFile(script), backend], true);
  const line = await firstLine(child, (text) => text.startsWith('ready '));
  return new ServingChild(child, `http://127.0.0.1:${line.slice('ready '.length)}`);
}

/** Of a gateway and its other instances, each after a garbage collection. */
async function residentInAll({ child }: ServingChild): Promise<number> {
  const pid = child.pid ?? 0;
  const children = (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).trim().split(' ').map(Number);
  const all = [pid, ...children.filter((each) => each > 0)];
  for (const each of all) process.kill(each, 'SIGUSR2');
  await new Promise((resolve) => setTimeout(resolve, collectionMilliseconds));
  return (await Promise.all(all.map(residentOf))).reduce((sum, bytes) => sum + bytes, 0);
}

/** What Linux says; a program that is not Node collects no garbage first. */
function residentInProc({ child }: ServingChild): Promise<number> {
  return residentOf(child.pid ?? 0);
}

async function residentOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s*(\d+) kB$/m.exec(status)?.[1]) * 1024;
}

function startClients(): ServingChild {
  return new ServingChild(
    spawnAt('around', [process.execPath, benchFile('processes/websocket-clients.mjs')], true),
    '',
  );
}

/** As many instances as are needed for each of them to have few enough open files. */
function instancesFor(count: number): number {
  return Math.ceil(count / socketsThatFit());
}

/** Into one process. Each WebSocket is two open files: one towards the client, one towards the backend. */
function socketsThatFit(): number {
  const limit = execFileSync('sh', ['-c', 'ulimit -Hn'], { encoding: 'utf8' }).trim();
  return limit === 'unlimited'
    ? Number.POSITIVE_INFINITY
    : Math.floor((Number(limit) - otherFiles) / 2) - warmUpSockets;
}

function judge(
  { alive, kilobytes }: Carried,
  count: number,
  idleSeconds: number,
  theirs: readonly PeerFigure[],
): Measurement {
  return {
    measured: `${alive} of ${count} alive after ${idleSeconds} s; ${kilobytes.toFixed(1)} KB each`,
    isMet: alive === count && kilobytes <= kilobytesEach,
    peers: theirs,
    notes: [
      'resident memory, with Node.js after a garbage collection',
      ...(count < wantedSockets ? [`${count} instead of ${wantedSockets}: short round`] : []),
      ...(instancesFor(count) > 1
        ? [`by ${instancesFor(count)} instances, all counted: one process may not open ${2 * count} files here`]
        : []),
    ],
    figures: { opened: count, alive, 'KB each': kilobytes },
  };
}
