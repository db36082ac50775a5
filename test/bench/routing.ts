import type { ClientRequest } from '../../src/routing/route.ts';
import { type GatewaySpec, makeGateway } from '../routing/gateway-fixture.ts';
import { makeRequest } from '../routing/request-fixture.ts';

/** The parts that are measured; their code is the built one, which is what users run. */
interface Routing {
  readonly compileRoutingTable: typeof import('../../src/routing/compile-routing-table.ts').compileRoutingTable;
  readonly routeRequest: typeof import('../../src/routing/route-request.ts').routeRequest;
}

export interface RoutingFigures {
  /** Decisions a second with one listener and a Basic rule. */
  readonly simpleOpsPerSecond: number;
  /** Decisions a second with one listener and one path rule. */
  readonly onePathOpsPerSecond: number;
  /** Decisions a second with 1,000 listeners and 1,000 path rules. */
  readonly largeOpsPerSecond: number;
  /** What a decision costs with 1,000 × 1,000, in terms of what it costs with one of each. */
  readonly costRatio: number;
}

export interface RoutingBenchOptions {
  readonly rounds?: number;
  readonly decisionsPerRound?: number;
}

const headers = [
  ['User-Agent', 'bench/1.0'],
  ['Accept', '*/*'],
  ['Accept-Encoding', 'gzip, deflate'],
  ['Connection', 'keep-alive'],
  ['Cookie', 'session=0123456789abcdef'],
] as const;

/** Measures routing decisions in this process: interleaved rounds, medians. Needs a build. */
export async function measureRouting(options: RoutingBenchOptions = {}): Promise<RoutingFigures> {
  const { rounds = 15, decisionsPerRound = 200_000 } = options;
  const routing = await loadBuiltRouting();
  const contestants = [
    prepare(routing, { listeners: [{ name: 'listener' }], rules: [{ pool: 'web' }] }, 1),
    prepare(routing, sizedGateway(1), 1),
    prepare(routing, sizedGateway(1000), 1000),
  ];
  for (const decide of contestants) decide(decisionsPerRound);
  const times = contestants.map((): number[] => []);
  for (let round = 0; round < rounds; round += 1) {
    measureRound(contestants, decisionsPerRound).forEach((time, index) => {
      times[index]?.push(time);
    });
  }
  const [simple = [], one = [], large = []] = times;
  return {
    simpleOpsPerSecond: (decisionsPerRound / median(simple)) * 1000,
    onePathOpsPerSecond: (decisionsPerRound / median(one)) * 1000,
    largeOpsPerSecond: (decisionsPerRound / median(large)) * 1000,
    costRatio: median(large.map((time, round) => time / (one[round] ?? time))),
  };
}

const slices = 10;

/** Takes the contestants by turns several times, so that what disturbs the machine disturbs all of them. */
function measureRound(contestants: readonly ((decisions: number) => void)[], decisions: number): number[] {
  const times = contestants.map(() => 0);
  for (let slice = 0; slice < slices; slice += 1) {
    contestants.forEach((decide, index) => {
      const start = performance.now();
      decide(decisions / slices);
      times[index] = (times[index] ?? 0) + performance.now() - start;
    });
  }
  return times;
}

async function loadBuiltRouting(): Promise<Routing> {
  const built = new URL('../../dist/routing/', import.meta.url);
  const { compileRoutingTable } = await import(new URL('compile-routing-table.js', built).href);
  const { routeRequest } = await import(new URL('route-request.js', built).href);
  return { compileRoutingTable, routeRequest };
}

function sizedGateway(size: number): GatewaySpec {
  const indexes = Array.from({ length: size }, (_, index) => index);
  const paths = indexes.map((index) => ({ paths: [`/area${index}/*`], pool: `pool${index}` }));
  return {
    listeners: indexes.map((index) => ({ name: `listener${index}`, hosts: [`host${index}.contoso.com`] })),
    rules: indexes.map((index) => ({ listener: `listener${index}`, pool: 'web', paths, pathMap: 'areas' })),
  };
}

/** As many different requests whatever the size, so that all use memory alike. */
const requestCount = 1000;

function prepare(
  { compileRoutingTable, routeRequest }: Routing,
  spec: GatewaySpec,
  size: number,
): (decisions: number) => void {
  const table = compileRoutingTable(makeGateway(spec));
  const [entryPoint] = table.entryPoints;
  if (entryPoint === undefined) throw new Error('the gateway of the benchmark has no entry point');
  const requests = Array.from({ length: requestCount }, (_, index) => requestTo(index % size));
  const first = routeRequest(entryPoint, table, requestTo(0));
  if (first.outcome.kind !== 'forward')
    throw new Error(`the benchmark expects to forward, not to ${first.outcome.kind}`);
  return (decisions) => {
    for (let index = 0; index < decisions; index += 1) {
      routeRequest(entryPoint, table, requests[index % requestCount] as ClientRequest);
    }
  };
}

function requestTo(index: number): ClientRequest {
  return makeRequest({ url: `http://host${index}.contoso.com/area${index}/item?page=2`, headers });
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
