import { request as sendRequest } from 'node:http';
import fc from 'fast-check';
import { systemClock } from '../../../src/base/clock.ts';
import { adminTargetOf } from '../../../src/cli/admin-target.ts';
import { startAdminServer } from '../../../src/dashboard/admin-server.ts';
import { startEmulator } from '../../../src/emulator/emulator.ts';
import { meteredGatewayOf } from '../../../src/emulator/metered-gateway.ts';
import { GatewayMetrics } from '../../../src/observability/metrics/gateway-metrics.ts';
import { makeGateway } from '../../routing/gateway-fixture.ts';
import { defineTarget, type Examiner } from '../target.ts';

const segment = fc.constantFrom(
  'api',
  'gateway',
  'backends',
  'backend-health',
  'requests',
  'findings',
  'explain',
  'metrics',
  'events',
  'openapi.json',
  'healthz',
  'readyz',
  'web',
  '10.0.0.4',
  '10.0.0.4:80',
  'response',
  '..',
  '%2e%2e',
  '%2F',
  '%',
  '%00',
  '%ff',
  '__proto__',
  'constructor',
  '',
  'index.html',
  'subscriptions',
  'package.json',
);
const query = fc.constantFrom(
  '',
  '?limit=5',
  '?limit=-1',
  '?limit=1e9',
  '?url=http://a/',
  '?url=http://a/&method=GET%0d%0aX',
  '?url=%ff',
  '?url=file:///etc/passwd',
  '?url=http://a:99999/',
  '?names=a&interval=PT1M',
  '?timespan=PT1H',
  '?api-version=2024-05-01',
);
const path = fc
  .oneof(
    { weight: 3, arbitrary: fc.tuple(fc.constant('/api/'), fc.array(segment, { maxLength: 3 })) },
    { weight: 1, arbitrary: fc.tuple(fc.constant('/'), fc.array(segment, { maxLength: 4 })) },
  )
  .map(([start, segments]) => start + segments.join('/'));
const host = fc.constantFrom(
  '127.0.0.1',
  'localhost:9900',
  '[::1]:1',
  'evil.test',
  '127.0.0.1.evil.test',
  'localhost.evil.test',
);
const origin = fc.constantFrom(
  undefined,
  'null',
  'http://127.0.0.1',
  'https://evil.test',
  'http://localhost.evil.test',
);
const body = fc.oneof(
  fc.constantFrom(
    '',
    '{',
    '{"state":"down"}',
    '{"state":"up"}',
    '{"state":1}',
    '[]',
    'null',
    '{"__proto__":{"state":"up"}}',
  ),
  fc.json({ maxDepth: 2 }),
  fc.string({ maxLength: 20 }),
  fc.constant('['.repeat(20_000)),
);

const inputs = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'TRACE'),
  path,
  query,
  host,
  origin,
  body,
});

type Input = typeof inputs extends fc.Arbitrary<infer T> ? T : never;

export const admin = defineTarget({
  name: 'admin',
  holds: 'whatever asks the admin API, the answer is no failure of ours, and strangers get nothing',
  inputs,
  open,
});

async function open(): Promise<Examiner<Input>> {
  const emulator = await startEmulator({ gateway: makeGateway({ rules: [{ pool: 'web' }] }), listen: { all: 0 } });
  const metrics = new GatewayMetrics(emulator.events, meteredGatewayOf(emulator), systemClock);
  const server = await startAdminServer(
    adminTargetOf(emulator, metrics, () => []),
    { address: '127.0.0.1', port: 0 },
  );
  return {
    examine: async (input) => {
      const { status, text } = await ask(new URL(server.url).port, input);
      if (status >= 500 && status !== 503) throw new Error(`The answer is ${status}: ${text}`);
      const isStranger = input.host.includes('evil') || /evil|null/.test(input.origin ?? '');
      if (isStranger && status !== 403 && status !== 400) throw new Error(`A stranger is answered ${status}.`);
      const health = await ask(new URL(server.url).port, { ...own, path: '/healthz' });
      if (health.status !== 200) throw new Error(`Afterwards /healthz is answered ${health.status}.`);
    },
    close: async () => {
      metrics.dispose();
      await server.dispose();
      await emulator.dispose(0);
    },
  };
}

const own: Input = { method: 'GET', path: '/', query: '', host: '127.0.0.1', origin: undefined, body: '' };

function ask(port: string, input: Input): Promise<{ readonly status: number; readonly text: string }> {
  const { method, host: name, origin: from } = input;
  const headers = {
    host: name,
    'content-length': Buffer.byteLength(input.body),
    ...(from === undefined ? {} : { origin: from }),
  };
  return new Promise((resolve, reject) => {
    const sent = sendRequest(
      { host: '127.0.0.1', port, method, path: input.path + input.query, headers },
      async (response) => {
        let text = '';
        for await (const chunk of response) text += chunk;
        resolve({ status: response.statusCode ?? 0, text });
      },
    );
    sent.on('error', reject).end(input.body);
  });
}
