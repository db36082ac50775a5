import { fileURLToPath } from 'node:url';
import { benchFile, runForJson } from '../child.ts';
import type { RoutingFigures } from '../routing.ts';
import type { Bench, Measurement, Row } from '../row.ts';

const decisionsPerSecond = 1_000_000;
const timesCostOfOne = 1.5;
const jiti = fileURLToPath(new URL('../../../node_modules/jiti/lib/jiti-cli.mjs', import.meta.url));

export const routing: Row = {
  name: 'routing',
  what: 'Routing decision; 1,000 listeners × 1,000 path rules against one of each',
  figure: '≥ 1 M/s in process; ≤ 1.5 × the cost of one',
  measure,
};

async function measure(bench: Bench): Promise<Measurement> {
  const rounds = bench.quick ? 5 : 15;
  bench.progress(`routing: ${rounds} rounds`);
  const command = [process.execPath, jiti, benchFile('processes/measure-routing.ts'), String(rounds)];
  const figures = (await runForJson('measured', command)) as RoutingFigures;
  const millions = (rate: number) => `${(rate / 1_000_000).toFixed(2)} M/s`;
  return {
    measured: `${millions(figures.simpleOpsPerSecond)}; ${figures.costRatio.toFixed(2)} × the cost of one`,
    isMet: figures.simpleOpsPerSecond >= decisionsPerSecond && figures.costRatio <= timesCostOfOne,
    peers: [],
    notes: [
      `one path rule: ${millions(figures.onePathOpsPerSecond)}; 1,000 × 1,000: ${millions(figures.largeOpsPerSecond)}`,
    ],
    figures: { ...figures },
  };
}
