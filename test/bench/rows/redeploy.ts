import { readFile } from 'node:fs/promises';
import { gatewayTemplate } from '../agate.ts';
import { loadBuiltLibrary } from '../built-library.ts';
import { serveScript } from '../child.ts';
import { loadByScript } from '../load.ts';
import type { Bench, Measurement, Row } from '../row.ts';

export const redeploy: Row = {
  name: 'redeploy',
  what: 'Redeploy under load',
  figure: '0 failed requests',
  measure,
};

async function measure(bench: Bench): Promise<Measurement> {
  const seconds = bench.quick ? 2 : 15;
  const { startEmulator } = await loadBuiltLibrary();
  await using backend = await serveScript('around', 'processes/backend.mjs');
  const templates = await alternatives();
  const backends = { '10.0.1.4': backend.url };
  await using gateway = await startEmulator({ template: templates[0], listen: { all: 0 }, backends });
  const url = gateway.listeners[0]?.url;
  if (url === undefined) throw new Error('The gateway of the bench has no listener.');
  bench.progress(`redeploy: deploying again and again for ${seconds} s`);
  let isLoading = true;
  const load = loadByScript({ url, connections: 20, seconds }).finally(() => {
    isLoading = false;
  });
  let deployments = 0;
  while (isLoading) {
    await gateway.deploy(templates[++deployments % 2 === 0 ? 0 : 1]);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const { requests, failed } = await load;
  return judge(requests, failed, deployments);
}

/** Two templates that differ in the names of everything a request meets on its way, and in what is rewritten. */
async function alternatives(): Promise<readonly [string, string]> {
  const first = await readFile(gatewayTemplate, 'utf8');
  const second = first.replaceAll('"web"', '"shop"').replaceAll("'web')", "'shop')").replaceAll('31536000', '86400');
  return [first, second];
}

function judge(requests: number, failed: number, deployments: number): Measurement {
  return {
    measured: `${failed} of ${requests} requests failed during ${deployments} deployments`,
    isMet: failed === 0 && requests > 0 && deployments > 1,
    peers: [],
    notes: [],
    figures: { requests, failed, deployments },
  };
}
