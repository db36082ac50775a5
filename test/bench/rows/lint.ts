import { agateBin, quickstartTemplate } from '../agate.ts';
import { emptyProcess, timeToEnd } from '../cold-start.ts';
import type { Bench, Measurement, Row } from '../row.ts';
import { interleaved, median, medianRatio } from '../statistics.ts';

const timesEmptyProcess = 3;
const lintCommand = [process.execPath, agateBin, 'lint', quickstartTemplate] as const;

export const lint: Row = {
  name: 'lint',
  what: 'agate lint of a quickstart template, cold process',
  figure: '≤ 3 × node -e 0',
  measure,
};

async function measure(bench: Bench): Promise<Measurement> {
  const rounds = bench.quick ? 7 : 25;
  bench.progress(`lint: ${rounds} cold processes`);
  // The first of each fills the system's file cache.
  await timeToEnd(emptyProcess);
  await timeToEnd(lintCommand);
  const results = await interleaved([emptyProcess, lintCommand], rounds, (command) => timeToEnd(command));
  const empty = results.get(emptyProcess) ?? [];
  const linting = results.get(lintCommand) ?? [];
  const ratio = medianRatio(linting, empty);
  return {
    measured: `${ratio.toFixed(2)} × (${median(linting).toFixed(0)} ms against ${median(empty).toFixed(0)} ms)`,
    isMet: ratio <= timesEmptyProcess,
    peers: [],
    notes: [],
    figures: { ratio, 'lint ms': median(linting), 'node -e 0 ms': median(empty) },
  };
}
