import { fileURLToPath } from 'node:url';
import { benchFile, firstLine, type Place, ServingChild, spawnAt } from './child.ts';

/** The built command. */
export const agateBin = fileURLToPath(new URL('../../bin/agate.js', import.meta.url));

/** The gateway every figure of traffic is measured on: one listener, affinity and a rewrite set. */
export const gatewayTemplate = benchFile('templates/gateway.json');

/** A template as people begin with: network, public address, servers and a gateway in some 400 lines. */
export const quickstartTemplate = benchFile('templates/quickstart.json');

export interface AgateServeOptions {
  /** Server of the gateway's only pool. */
  readonly backend: string;
  readonly accessLog?: string;
  /** Where the admin API listens; nowhere unless set. */
  readonly admin?: string;
  /** Options of Node.js itself. */
  readonly nodeOptions?: readonly string[];
  /** How many processes serve; one unless set. */
  readonly instances?: number;
  /** Where it runs; on the core of what is measured unless set. */
  readonly place?: Place;
  /** Open an IPC channel, for the memory probe. */
  readonly withMessages?: boolean;
}

/** Starts `agate run` with the gateway of the bench; its URL is that of the listener. */
export async function serveAgate(options: AgateServeOptions): Promise<ServingChild> {
  const command = [process.execPath, ...(options.nodeOptions ?? []), agateBin, 'run', gatewayTemplate];
  const ports = ['--listen', 'all=0', '--admin', options.admin ?? 'off', '--json'];
  const log = options.accessLog === undefined ? [] : ['--access-log', options.accessLog];
  const backend = ['--backend', `web=${options.backend}`];
  const instances = options.instances === undefined ? [] : ['--instances', String(options.instances)];
  const args = [...ports, ...backend, ...log, ...instances];
  const child = spawnAt(options.place ?? 'measured', [...command, ...args], options.withMessages);
  return new ServingChild(child, listenerUrl(await firstLine(child, (line) => line.includes('"event":"ready"'))));
}

interface ReadyEvent {
  readonly listeners: readonly { readonly protocol: string; readonly address: string; readonly port: number }[];
}

/** Where the first listener of a ready event really is: by address, so that no name has to be resolved. */
export function listenerUrl(readyEvent: string): string {
  const [listener] = (JSON.parse(readyEvent) as ReadyEvent).listeners;
  if (listener === undefined) throw new Error(`The gateway is ready without a listener: ${readyEvent}`);
  return `${listener.protocol.toLowerCase()}://${listener.address}:${listener.port}/`;
}

interface MemoryUsage {
  readonly rss: number;
  readonly heapUsed: number;
  readonly external: number;
}

/** Options that let `askMemory` ask a program started with them. */
export const memoryProbeOptions = ['--expose-gc', '--import', benchFile('processes/memory-probe.mjs')];

/** What a program uses after a garbage collection. */
export async function askMemory(server: ServingChild): Promise<{ live: number; resident: number }> {
  const { memory } = (await server.ask('memory')) as { memory: MemoryUsage };
  return { live: memory.heapUsed + memory.external, resident: memory.rss };
}
