import { quickstartTemplate } from '../agate.ts';
import { benchFile, runForJson } from '../child.ts';
import type { Bench, Measurement, Row } from '../row.ts';
import { median } from '../statistics.ts';

const templatesPerSecond = 200;

export const evaluate: Row = {
  name: 'evaluate',
  what: 'Evaluate and lint in one process',
  figure: '≥ 200 quickstart templates a second',
  measure,
};

async function measure(bench: Bench): Promise<Measurement> {
  const { rounds, seconds } = bench.quick ? { rounds: 1, seconds: 1 } : { rounds: 3, seconds: 4 };
  const script = benchFile('processes/evaluate-and-lint.mjs');
  const rates: number[] = [];
  for (let round = 0; round < rounds; round++) {
    bench.progress(`evaluate: round ${round + 1} of ${rounds}`);
    // Nothing runs beside it, so that it need not be kept apart: its garbage is collected on the other core, as anywhere.
    const result = await runForJson('anywhere', [process.execPath, script, quickstartTemplate, String(seconds)]);
    rates.push((result as { templatesPerSecond: number }).templatesPerSecond);
  }
  const rate = median(rates);
  return {
    measured: `${Math.round(rate)} a second`,
    isMet: rate >= templatesPerSecond,
    peers: [],
    notes: [],
    figures: { 'templates/s': rate },
  };
}
