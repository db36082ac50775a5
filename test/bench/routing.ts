import type { ClientRequest } from '../../src/routing/route.ts';
import { type GatewaySpec, makeGateway } from '../routing/gateway-fixture.ts';
import { makeRequest } from '../routing/request-fixture.ts';
import { median, medianRatio } from './statistics.ts';

/** The parts that are measured; their code is the built one, which is what users run. */
interface Routing {
  readonly compileRoutingTable: typeof import('../../src/routing/compile-routing-table.ts').compileRoutingTable;
  readonly routeRequest: typeof import('../../src/routing/route-request.ts').routeRequest;
}

/**
 * Whose path rules the listeners have: one map for all of them, a map each with the same patterns, or a map each with
 * patterns that no other has.
 */
export type MapLayout = 'shared' | 'separate' | 'distinct';

export interface RoutingFigures {
  /** Decisions a second with one listener and a Basic rule. */
  readonly simpleOpsPerSecond: number;
  /** Decisions a second with one listener and one path rule. */
  readonly onePathOpsPerSecond: number;
  /** Decisions a second with 1,000 listeners and 1,000 path rules. */
  readonly largeOpsPerSecond: number;
  /** What a decision costs with 1,000 × 1,000, in terms of what it costs with one of each. */
  readonly costRatio: number;
  /**
   * Bare look-ups a second in a Map that has a key for each listener and path: what the memory allows for. null with one
   * map for all listeners.
   */
  readonly lookUpsPerSecond: number | null;
}

const headers = [
  ['User-Agent', 'bench/1.0'],
  ['Accept', '*/*'],
  ['Accept-Encoding', 'gzip, deflate'],
  ['Connection', 'keep-alive'],
  ['Cookie', 'session=0123456789abcdef'],
] as const;

const decisionsPerRound = 200_000;
const size = 1000;

type Contestant = (decisions: number) => void;

/** Measures routing decisions in this process: interleaved rounds, medians. Needs a build. */
export async function measureRouting(layout: MapLayout, rounds: number): Promise<RoutingFigures> {
  const routing = await loadBuiltRouting();
  const contestants = [
    decider(routing, { listeners: [{ name: 'listener' }], rules: [{ pool: 'web' }] }, placesIn(1, layout)),
    decider(routing, sizedGateway(1, layout), placesIn(1, layout)),
    decider(routing, sizedGateway(size, layout), placesIn(size, layout)),
    // With one map there are no million places to look up.
    ...(layout === 'shared' ? [] : [bareLookUp(layout)]),
  ];
  for (const decide of contestants) decide(decisionsPerRound);
  const times = contestants.map((): number[] => []);
  for (let round = 0; round < rounds; round += 1) {
    measureRound(contestants).forEach((time, index) => {
      times[index]?.push(time);
    });
  }
  const [simple = [], one = [], large = [], bare] = times;
  const perSecond = (measured: readonly number[]) => (decisionsPerRound / median(measured)) * 1000;
  return {
    simpleOpsPerSecond: perSecond(simple),
    onePathOpsPerSecond: perSecond(one),
    largeOpsPerSecond: perSecond(large),
    costRatio: medianRatio(large, one),
    lookUpsPerSecond: bare === undefined ? null : perSecond(bare),
  };
}

const slices = 10;

/** Takes the contestants by turns several times, so that what disturbs the machine disturbs all of them. */
function measureRound(contestants: readonly Contestant[]): number[] {
  const times = contestants.map(() => 0);
  for (let slice = 0; slice < slices; slice += 1) {
    contestants.forEach((decide, index) => {
      const start = performance.now();
      decide(decisionsPerRound / slices);
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

function sizedGateway(count: number, layout: MapLayout): GatewaySpec {
  const indexes = Array.from({ length: count }, (_, index) => index);
  const pathsOf = (listener: number) =>
    indexes.map((area) => ({ paths: [`${folderOf({ listener, area }, layout)}/*`], pool: `pool${area}` }));
  const common = pathsOf(0);
  return {
    listeners: indexes.map((index) => ({ name: `listener${index}`, hosts: [hostOf(index)] })),
    rules: indexes.map((index) => ({
      listener: `listener${index}`,
      pool: 'web',
      paths: layout === 'distinct' ? pathsOf(index) : common,
      pathMap: layout === 'shared' ? 'areas' : `areas${index}`,
    })),
  };
}

/** Where a request goes: a listener and one of its path rules. */
interface Place {
  readonly listener: number;
  readonly area: number;
}

function hostOf(listener: number): string {
  return `host${listener}.contoso.com`;
}

function folderOf({ listener, area }: Place, layout: MapLayout): string {
  return layout === 'distinct' ? `/site${listener}/area${area}` : `/area${area}`;
}

/**
 * As many different requests whatever the size, so that all use memory alike. The gateway has just read a request when it
 * decides on it, so they are as many as near caches hold; but to touch many of a million path rules it takes more.
 */
const requestCounts: Readonly<Record<MapLayout, number>> = { shared: 1000, separate: 20_000, distinct: 20_000 };

/** Any listener with any path rule, in no order: the same ones in every run. */
function placesIn(count: number, layout: MapLayout): { readonly place: Place; readonly folder: string }[] {
  let state = 1;
  const next = () => {
    // The linear congruential generator of Numerical Recipes; its lower bits repeat too soon.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state >>> 8) % count;
  };
  return Array.from({ length: requestCounts[layout] }, () => {
    const place = { listener: next(), area: next() };
    return { place, folder: folderOf(place, layout) };
  });
}

function decider(
  { compileRoutingTable, routeRequest }: Routing,
  spec: GatewaySpec,
  places: ReturnType<typeof placesIn>,
): Contestant {
  const table = compileRoutingTable(makeGateway(spec));
  const [entryPoint] = table.entryPoints;
  if (entryPoint === undefined) throw new Error('the gateway of the benchmark has no entry point');
  const requests = places.map(({ place, folder }) =>
    makeRequest({ url: `http://${hostOf(place.listener)}${folder}/item?page=2`, headers }),
  );
  for (const request of requests) {
    const { outcome } = routeRequest(entryPoint, table, request);
    if (outcome.kind !== 'forward') throw new Error(`the benchmark expects to forward, not to ${outcome.kind}`);
  }
  return (decisions) => {
    for (let index = 0; index < decisions; index += 1) {
      routeRequest(entryPoint, table, requests[index % requests.length] as ClientRequest);
    }
  };
}

/** Looks whole keys up that are there, which no router can: the time is that of reaching so much memory. */
function bareLookUp(layout: MapLayout): Contestant {
  const keyOf = (place: Place) => `${hostOf(place.listener)}${folderOf(place, layout)}`;
  const map = new Map<string, Place>();
  for (let listener = 0; listener < size; listener += 1) {
    for (let area = 0; area < size; area += 1) map.set(keyOf({ listener, area }), { listener, area });
  }
  const keys = placesIn(size, layout).map(({ place }) => keyOf(place));
  return (lookUps) => {
    for (let index = 0; index < lookUps; index += 1) {
      const found = map.get(keys[index % keys.length] ?? '');
      if (found === undefined) throw new Error('the benchmark expects to find its keys');
    }
  };
}
