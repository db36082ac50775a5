import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { agateBin } from '../agate.ts';
import { timeToEnd } from '../cold-start.ts';
import type { Bench, Measurement, Row } from '../row.ts';
import { interleaved, median } from '../statistics.ts';

const maximumMilliseconds = 2000;
const numberOfTests = 100;
const template = fileURLToPath(new URL('../../../fixtures/example/azuredeploy.json', import.meta.url));

export const smoke: Row = {
  name: 'smoke',
  what: `agate test: ${numberOfTests} tests, beyond its start`,
  figure: `< ${maximumMilliseconds / 1000} s`,
  measure,
};

/** What tests are about, so that ten of them stand for what people write: most ask over TLS, one takes a server away. */
const kinds: readonly ((index: number) => object)[] = [
  ...Array.from({ length: 6 }, () => (index: number) => ({
    request: { url: `https://shop.contoso.com/images/${index}.png` },
    expect: { status: 200, pool: 'images', backend: { path: `/images/${index}.png` } },
  })),
  (index) => ({
    request: { method: 'POST', url: 'https://shop.contoso.com/api/orders', json: { item: index } },
    expect: { status: 200, pool: 'api', backend: { path: '/v2/orders', json: { '$.item': index } } },
  }),
  (index) => ({
    request: { url: `http://shop.contoso.com/${index}` },
    expect: { status: 301, redirect: `https://shop.contoso.com/${index}` },
  }),
  () => ({ websocket: { url: 'wss://shop.contoso.com/chat', send: ['hello'], expect: ['hello'] } }),
  () => ({
    given: { down: ['web/10.0.1.4'] },
    request: { url: 'https://shop.contoso.com/' },
    expect: { status: 200, member: '10.0.1.5' },
  }),
];

async function measure(bench: Bench): Promise<Measurement> {
  const folder = await mkdtemp(path.join(tmpdir(), 'agate-bench-'));
  try {
    const [one, all] = await Promise.all([writeTests(folder, 1), writeTests(folder, numberOfTests)]);
    const rounds = bench.quick ? 3 : 11;
    bench.progress(`smoke: ${rounds} runs of 1 and of ${numberOfTests} tests`);
    await timeToEnd(all);
    const results = await interleaved([one, all], rounds, (command) => timeToEnd(command));
    const starts = results.get(one) ?? [];
    const beyond = median((results.get(all) ?? []).map((time, round) => time - (starts[round] ?? Number.NaN)));
    return {
      measured: `${(beyond / 1000).toFixed(2)} s (a run of one test takes ${(median(starts) / 1000).toFixed(2)} s)`,
      isMet: beyond < maximumMilliseconds,
      peers: [],
      notes: ['over TLS mostly, a tenth each with a WebSocket, a redirect and a server taken away'],
      figures: { 'beyond start ms': beyond, 'one test ms': median(starts) },
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Writes so many tests, and gives the command that runs them. */
async function writeTests(folder: string, count: number): Promise<readonly string[]> {
  const file = path.join(folder, `${count}.test.json`);
  const tests = Array.from({ length: count }, (_, index) => ({
    name: `test ${index}`,
    ...kinds[index % kinds.length]?.(index),
  }));
  await writeFile(file, JSON.stringify({ tests }));
  return [process.execPath, agateBin, 'test', template, file];
}
