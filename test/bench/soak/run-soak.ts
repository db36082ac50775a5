import { askMemory, memoryProbeOptions } from '../agate.ts';
import { benchFile, firstLine, type Place, runForJson, ServingChild, spawnAt } from '../child.ts';
import { members, soakTemplate } from './soak-template.ts';

export interface SoakOptions {
  readonly requests: number;
  readonly slices: number;
  readonly connections: number;
  readonly progress: (text: string) => void;
}

/** What the clients of a slice saw. */
export interface Answers {
  readonly right: number;
  /** Broken off, as their server had done. */
  readonly broken: number;
  /** 502, because the server had failed. */
  readonly refused: number;
  /** Not waited for. */
  readonly aborted: number;
  readonly wrong: number;
  readonly examples: readonly string[];
  readonly seconds: number;
}

/** The state after a slice, with no client connected. */
export interface Slice {
  readonly requests: number;
  readonly answers: Answers;
  readonly deployments: number;
  readonly live: number;
  readonly resident: number;
  readonly handles: Readonly<Record<string, number>>;
}

export interface Soak {
  /** What the gateway had open before the first request. */
  readonly before: Readonly<Record<string, number>>;
  readonly slices: readonly Slice[];
}

const megabyte = 1024 * 1024;
const pauseBetweenDeployments = 5000;
/** Longer than servers of the soak keep a connection that nobody uses. */
const pauseBeforeCounting = 3000;

/** Loads one gateway in slices, while it is deployed anew, its servers fail and clients leave. */
export async function runSoak(options: SoakOptions): Promise<Soak> {
  await using backends = await serve('around', 'processes/soak-backends.mjs');
  await using gateway = await serve('measured', 'processes/soak-gateway.mjs', memoryProbeOptions);
  const port = await startGateway(gateway, backends.line.split(',').map(Number));
  await pause(pauseBeforeCounting);
  const before = await openHandles(gateway);
  const slices: Slice[] = [];
  for (let index = 0; index < options.slices; index++) {
    const slice = await runSlice(gateway, port, index, options);
    slices.push(slice);
    options.progress(describeProgress(slice, index, options));
  }
  return { before, slices };
}

function describeProgress(slice: Slice, index: number, { requests }: SoakOptions): string {
  const sent = (index + 1) * slice.requests;
  return `soak: ${sent} of ${requests} requests, ${slice.answers.wrong} wrong, ${slice.live.toFixed(1)} MB in use`;
}

interface Served extends AsyncDisposable {
  readonly child: ServingChild;
  /** What the program printed behind `ready`. */
  readonly line: string;
}

async function serve(place: Place, script: string, nodeOptions: readonly string[] = []): Promise<Served> {
  const child = spawnAt(place, [process.execPath, ...nodeOptions, benchFile(script)], true);
  const serving = new ServingChild(child, '');
  const line = await firstLine(child, (text) => text.startsWith('ready'));
  return {
    child: serving,
    line: line.slice('ready '.length),
    [Symbol.asyncDispose]: () => serving[Symbol.asyncDispose](),
  };
}

async function startGateway(gateway: Served, ports: readonly number[]): Promise<number> {
  const [sound, faulty, late] = ports.map((port) => `http://127.0.0.1:${port}`);
  const [soundMembers, [faultyMember, spare], [lateMember]] = [members.sound, members.faulty, members.late];
  const backends = {
    ...Object.fromEntries(soundMembers.map((member) => [member, sound])),
    [faultyMember]: faulty,
    [spare]: sound,
    [lateMember]: late,
  };
  const { port } = (await gateway.child.ask({ start: { template: soakTemplate(0), backends } })) as { port: number };
  return port;
}

async function runSlice(gateway: Served, port: number, index: number, options: SoakOptions): Promise<Slice> {
  const requests = Math.floor(options.requests / options.slices);
  let isLoading = true;
  const loading = load(port, index * requests, requests, options.connections).finally(() => {
    isLoading = false;
  });
  let deployments = 0;
  while (isLoading) {
    await gateway.child.ask({ deploy: soakTemplate(++deployments) });
    await Promise.race([loading, pause(pauseBetweenDeployments)]);
  }
  const answers = await loading;
  await pause(pauseBeforeCounting);
  const { live, resident } = await askMemory(gateway.child);
  const handles = await openHandles(gateway);
  return { requests, answers, deployments, live: live / megabyte, resident: resident / megabyte, handles };
}

async function load(port: number, first: number, requests: number, connections: number): Promise<Answers> {
  const numbers = { port, first, requests, connections };
  const args = Object.entries(numbers).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const command = [process.execPath, benchFile('processes/soak-clients.mjs'), ...args];
  return (await runForJson('around', command)) as Answers;
}

async function openHandles(gateway: Served): Promise<Slice['handles']> {
  const { handles } = (await gateway.child.ask({ handles: true })) as Pick<Slice, 'handles'>;
  return handles;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
