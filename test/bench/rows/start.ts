import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { get } from 'node:http';
import { agateBin, listenerUrl, quickstartTemplate } from '../agate.ts';
import { firstLine, ServingChild, spawnAt } from '../child.ts';
import { emptyProcess, timeToEnd } from '../cold-start.ts';
import type { Bench, Measurement, Row } from '../row.ts';
import { median, medianRatio } from '../statistics.ts';

const timesEmptyProcess = 5;

export const start: Row = {
  name: 'start',
  what: 'agate run: exec to the first proxied 200',
  figure: '≤ 5 × node -e 0',
  measure,
};

async function measure(bench: Bench): Promise<Measurement> {
  const rounds = bench.quick ? 7 : 25;
  bench.progress(`start: ${rounds} cold processes`);
  await timeToEnd(emptyProcess);
  await timeToFirstAnswer();
  const empty: number[] = [];
  const starting: number[] = [];
  for (let round = 0; round < rounds; round++) {
    empty.push(await timeToEnd(emptyProcess));
    starting.push(await timeToFirstAnswer());
  }
  const ratio = medianRatio(starting, empty);
  return {
    measured: `${ratio.toFixed(2)} × (${median(starting).toFixed(0)} ms against ${median(empty).toFixed(0)} ms)`,
    isMet: ratio <= timesEmptyProcess,
    peers: [],
    notes: ['quickstart template with stand-in backends'],
    figures: { ratio, 'first 200 ms': median(starting), 'node -e 0 ms': median(empty) },
  };
}

async function timeToFirstAnswer(): Promise<number> {
  const command = [
    process.execPath,
    agateBin,
    'run',
    quickstartTemplate,
    '--listen',
    'all=0',
    '--admin',
    'off',
    '--json',
  ];
  const started = performance.now();
  const child = spawnAt('measured', command);
  const url = listenerUrl(await firstLine(child, (line) => line.includes('"event":"ready"')));
  await using _agate = new ServingChild(child, url);
  const status = await statusOf(url);
  const took = performance.now() - started;
  if (status !== 200) throw new Error(`The first answer of 'agate run' is ${status}, not 200.`);
  return took;
}

/** `fetch` would not let us name the host, and takes longer to load. */
async function statusOf(url: string): Promise<number | undefined> {
  const [answer]: IncomingMessage[] = await once(get(url, { headers: { host: 'shop.contoso.com' } }), 'response');
  answer?.resume();
  return answer?.statusCode;
}
