import { fileURLToPath } from 'node:url';
import { benchFile, runForJson } from '../child.ts';
import type { MapLayout, RoutingFigures } from '../routing.ts';
import type { Bench, Measurement, Row } from '../row.ts';

const decisionsPerSecond = 1_000_000;
const timesCostOfOne = 1.5;
const jiti = fileURLToPath(new URL('../../../node_modules/jiti/lib/jiti-cli.mjs', import.meta.url));

export const routing: Row = {
  name: 'routing',
  what: 'Routing decision; 1,000 listeners × 1,000 path rules against one of each',
  figure: '≥ 1 M/s in process; ≤ 1.5 × the cost of one',
  measure: measureOneMap,
};

// Among a million path rules what a decision takes is the time to reach memory that no cache holds. A bare look-up
// among as many keys has to do that too, and a decision makes two: one for the host and one for the path.
export const routingMaps: Row = {
  name: 'routing-maps',
  what: 'The same with a map of 1,000 path rules for each of the 1,000 listeners',
  figure: '≤ 1.5 × the cost of one, or what two Map.gets among 1 M keys take more',
  measure: measureManyMaps,
};

async function measureOneMap(bench: Bench): Promise<Measurement> {
  const figures = await measureLayout('shared', bench);
  return {
    measured: `${millions(figures.simpleOpsPerSecond)}; ${times(figures)} the cost of one`,
    isMet: figures.simpleOpsPerSecond >= decisionsPerSecond && figures.costRatio <= timesCostOfOne,
    peers: [],
    notes: [describeRates(figures)],
    figures: rates(figures),
  };
}

async function measureManyMaps(bench: Bench): Promise<Measurement> {
  const same = await measureLayout('separate', bench);
  const own = await measureLayout('distinct', bench);
  return {
    measured: `${times(same)} the cost of one`,
    isMet: same.costRatio <= timesCostOfOne || nanosecondsMore(same) <= 2 * bareNanoseconds(same),
    peers: [],
    notes: [
      describeRates(same),
      describeFloor(same),
      `a map's patterns in no other: ${times(own)}; ${describeFloor(own)}`,
    ],
    figures: { ...rates(same), bareNanoseconds: bareNanoseconds(same), costRatioOfOwnPatterns: own.costRatio },
  };
}

async function measureLayout(layout: MapLayout, bench: Bench): Promise<RoutingFigures> {
  const rounds = bench.quick ? 5 : 15;
  bench.progress(`routing: ${layout} maps, ${rounds} rounds`);
  const script = benchFile('processes/measure-routing.ts');
  // A million path rules, as they stand in a template and as they are compiled.
  const command = [process.execPath, '--max-old-space-size=4096', jiti, script, layout, String(rounds)];
  return (await runForJson('measured', command)) as RoutingFigures;
}

function times({ costRatio }: RoutingFigures): string {
  return `${costRatio.toFixed(2)} ×`;
}

function millions(rate: number): string {
  return `${(rate / 1_000_000).toFixed(2)} M/s`;
}

function nanoseconds(rate: number): number {
  return 1e9 / rate;
}

function rates({ lookUpsPerSecond: _, ...figures }: RoutingFigures): Measurement['figures'] {
  return figures;
}

function bareNanoseconds({ lookUpsPerSecond }: RoutingFigures): number {
  return lookUpsPerSecond === null ? Number.NaN : nanoseconds(lookUpsPerSecond);
}

function nanosecondsMore({ largeOpsPerSecond, onePathOpsPerSecond }: RoutingFigures): number {
  return nanoseconds(largeOpsPerSecond) - nanoseconds(onePathOpsPerSecond);
}

function describeRates({ onePathOpsPerSecond, largeOpsPerSecond }: RoutingFigures): string {
  return `one path rule: ${millions(onePathOpsPerSecond)}; 1,000 × 1,000: ${millions(largeOpsPerSecond)}`;
}

function describeFloor(figures: RoutingFigures): string {
  const bare = bareNanoseconds(figures).toFixed(0);
  return `${nanosecondsMore(figures).toFixed(0)} ns more than with one; a bare Map.get among 1 M keys: ${bare} ns`;
}
