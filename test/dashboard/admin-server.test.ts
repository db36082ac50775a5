import { once } from 'node:events';
import { connect } from 'node:net';
import { beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type AdminServer, startAdminServer } from '../../src/dashboard/admin-server.ts';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { ask, startGateway } from '../runtime/fixture.ts';
import { askAdmin, startAdmin } from './admin-fixture.ts';

let emulator: Emulator;
let server: AdminServer;

beforeEach(async () => {
  emulator = await startGateway({
    listeners: [{ name: 'main' }],
    rules: [{ name: 'shop', pool: 'web pool' }],
    pools: { 'web pool': ['10.0.0.4', '10.0.0.5'] },
  });
  server = await startAdmin(emulator);
});

interface Described {
  readonly backends: readonly { readonly member: string; readonly state: string; readonly delayMilliseconds: number }[];
}

async function backendsNow(): Promise<Described['backends']> {
  return ((await askAdmin(server, 'GET', '/api/gateway')).json as Described).backends;
}

const stateForm =
  'The body should be {"state":"up"}, {"state":"down"}, {"delayMilliseconds":<0 to 600000>}, {"status":<200 to 599, or null>} or {"probeStatus":<200 to 599, or null>}.';

describe('the admin API', () => {
  test('takes a member down and gives it back, which its health says at once', async () => {
    const change = (state: string) =>
      askAdmin(server, 'POST', '/api/backends/web%20pool/10.0.0.4', {}, JSON.stringify({ state }));
    expect((await change('down')).json).toEqual({ pool: 'web pool', member: '10.0.0.4', state: 'down' });
    expect(await backendsNow()).toMatchObject([{ state: 'down' }, { state: 'up' }]);
    expect((await askAdmin(server, 'GET', '/api/backend-health')).text).toContain('"health":"Unhealthy"');
    await change('up');
    expect((await askAdmin(server, 'GET', '/api/backend-health')).text).not.toContain('"health":"Unhealthy"');
  });

  test('lets the stand-in of a member be slow', async () => {
    const path = '/api/backends/web%20pool/10.0.0.5:80';
    await askAdmin(server, 'POST', path, {}, '{"delayMilliseconds":40}');
    expect(await backendsNow()).toMatchObject([{ delayMilliseconds: 0 }, { delayMilliseconds: 40 }]);
    await Promise.all([ask(emulator, '/1'), ask(emulator, '/2')]);
    const slow = emulator.requests().find(({ attempts }) => attempts[0]?.server.address.address === '10.0.0.5');
    expect(slow?.totalMilliseconds).toBeGreaterThan(30);
  });

  test('lets the stand-in of a member be broken for requests, while its probe succeeds', async () => {
    const path = '/api/backends/web%20pool/10.0.0.5:80';
    const statuses = async () => {
      const replies = await Promise.all([ask(emulator, '/1'), ask(emulator, '/2')]);
      return replies.map(({ status }) => status).sort();
    };
    const broken = await askAdmin(server, 'POST', path, {}, '{"status":503}');
    expect(broken.json).toEqual({ pool: 'web pool', member: '10.0.0.5:80', status: 503 });
    expect(await statuses()).toEqual([200, 503]);
    expect((await askAdmin(server, 'GET', '/api/backend-health')).text).not.toContain('Unhealthy');
    await askAdmin(server, 'POST', path, {}, '{"status":null}');
    expect(await statuses()).toEqual([200, 200]);
  });

  test('lets the probe of a stand-in fail, and succeed again', async () => {
    const path = '/api/backends/web%20pool/10.0.0.5:80';
    const [, mock] = emulator.mocks;
    const probed = async () => (await fetch(`http://127.0.0.1:${mock?.port}/`)).status;
    const failing = await askAdmin(server, 'POST', path, {}, '{"probeStatus":503}');
    expect(failing.json).toEqual({ pool: 'web pool', member: '10.0.0.5:80', probeStatus: 503 });
    expect(await probed()).toBe(503);
    expect((await ask(emulator, '/1')).status).toBe(200);
    await askAdmin(server, 'POST', path, {}, '{"probeStatus":null}');
    expect(await probed()).toBe(200);
  });

  test.each([
    ['GET', '/api/nothing', '', 404, 'There is no GET /api/nothing. GET /api lists what there is.'],
    ['GET', '/api/__proto__', '', 404, 'There is no GET /api/__proto__. GET /api lists what there is.'],
    [
      'GET',
      '/assets/..%2f..%2fpackage.json',
      '',
      404,
      'There is no GET /assets/..%2f..%2fpackage.json. GET /api lists what there is.',
    ],
    ['GET', '/assets/none.js', '', 404, 'There is no GET /assets/none.js. GET /api lists what there is.'],
    ['POST', '/api/gateway', '', 405, '/api/gateway answers GET, not POST.'],
    ['GET', '/api/backends/web/a', '', 405, '/api/backends/web/a answers POST, not GET.'],
    ['GET', '/api/requests?limit=x', '', 400, "limit is 'x'; it should be a whole number above 0."],
    ['GET', '/api/explain?url=/x', '', 400, 'Name the URL as ?url=http://host/path, percent-encoded.'],
    ['GET', '/api/explain?url=ftp://a.example/x', '', 400, 'Name the URL as ?url=http://host/path, percent-encoded.'],
    ['GET', '/api/explain?traceId=1', '', 404, "The log has no request with the trace ID '1' any more."],
    ['POST', '/api/backends/web%20pool/a', '{"state":"off"}', 400, stateForm],
    ['POST', '/api/backends/web%20pool/a', '{"delayMilliseconds":-1}', 400, stateForm],
    ['POST', '/api/backends/web%20pool/a', '{"status":100}', 400, stateForm],
    ['POST', '/api/backends/web%20pool/a', '{"probeStatus":600}', 400, stateForm],
    ['POST', '/api/backends/web%20pool/a', '{}', 400, stateForm],
    ['POST', '/api/backends/web%20pool/a', `{"state":"up"${' '.repeat(2000)}}`, 400, stateForm],
    ['POST', '/api/backends/%/a', '{"state":"up"}', 400, "'/api/backends/%/a' is not a well-formed path."],
    ['GET', '//', '', 400, "'//' is not a well-formed path."],
    ['POST', '/api/backends/none/a', '{"state":"up"}', 404, "Pool 'none' has no member 'a' with a stand-in server."],
  ])('answers %s %s %s with %i', async (method, path, body, status, message) => {
    expect(await askAdmin(server, method, path, {}, body)).toMatchObject({ status, json: { error: { message } } });
  });

  test('explains a request of the log by the gateway that served it', async () => {
    await ask(emulator, '/a');
    const traceId = emulator.requests(1)[0]?.request.traceId;
    await emulator.deploy({ ...emulator.gateway, requestRoutingRules: [] });
    const { json } = await askAdmin(server, 'GET', `/api/explain?traceId=${traceId}`);
    expect(json).toMatchObject({ listener: 'main', rule: 'shop', pool: 'web pool', request: { traceId } });
  });
});

describe('a web page in the browser', () => {
  const ownPaths = ['/', '/api/requests', '/metrics', '/api/findings'];
  const foreignHosts = ['evil.example', 'evil.example:9900', 'localhost.evil.example', '127.0.0.1.evil.example'];

  test.each(foreignHosts)('cannot read by DNS rebinding, as Host %j', async (host) => {
    for (const path of ownPaths) expect((await askAdmin(server, 'GET', path, { host })).status).toBe(403);
  });

  test.each(['localhost', 'localhost:9900', '[::1]:9900', '127.0.0.1'])('reaches it as Host %s', async (host) => {
    expect((await askAdmin(server, 'GET', '/healthz', { host })).status).toBe(200);
  });

  test.each([{ origin: 'http://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }])(
    'cannot change anything from another site (%j)',
    async (headers) => {
      const path = '/api/backends/web%20pool/10.0.0.4';
      expect((await askAdmin(server, 'POST', path, headers, '{"state":"down"}')).status).toBe(403);
      expect(await backendsNow()).toMatchObject([{ state: 'up' }, { state: 'up' }]);
    },
  );

  test('can use it from its own origin', async () => {
    const headers = { origin: server.url, 'sec-fetch-site': 'same-origin' };
    const path = '/api/backends/web%20pool/10.0.0.4';
    expect((await askAdmin(server, 'POST', path, headers, '{"state":"up"}')).status).toBe(200);
  });

  test('loads the dashboard, which may talk to nobody else', async () => {
    const { headers, status } = await askAdmin(server, 'GET', '/');
    expect(status).toBe(200);
    const { host } = new URL(server.url);
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; " +
        `connect-src 'self' ws://${host}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
  });
});

describe('the feed', () => {
  const urlOf = (path: string) => `${server.url.replace('http', 'ws')}${path}`;

  test.each([
    ['/api/events', { origin: 'http://evil.example' }, 403],
    ['/api/events', { host: 'evil.example' }, 403],
    ['/api/other', {}, 404],
  ])('at %s with %j answers %i', async (path, headers, status) => {
    const client = new WebSocket(urlOf(path), { headers });
    const [, response] = await once(client, 'unexpected-response');
    expect(response.statusCode).toBe(status);
  });

  test('tells changes of members and of their health, and redeployments', async () => {
    const feed = new WebSocket(urlOf('/api/events'), { origin: server.url });
    await once(feed, 'open');
    const messages: { event: string }[] = [];
    const redeployed = new Promise<void>((resolve) => {
      feed.on('message', (data) => {
        const message = JSON.parse(String(data)) as { event: string };
        messages.push(message);
        if (message.event === 'redeploy') resolve();
      });
    });
    await emulator.setMemberState('web pool', '10.0.0.4', 'down');
    // A default probe takes a server out at its third failure.
    await emulator.setMemberState('web pool', '10.0.0.4', 'down');
    await emulator.setMemberState('web pool', '10.0.0.4', 'down');
    await emulator.deploy(emulator.gateway);
    await redeployed;
    expect(messages[0]).toEqual({ event: 'member', pool: 'web pool', member: '10.0.0.4' });
    expect(messages.find(({ event }) => event === 'health')).toMatchObject({
      pool: 'web pool',
      member: '10.0.0.4',
      port: 80,
      settings: 'settings',
      health: 'Unhealthy',
    });
    feed.terminate();
  });

  test('tells heavy traffic in few messages', async () => {
    const feed = new WebSocket(urlOf('/api/events'));
    await once(feed, 'open');
    const counts: number[] = [];
    const allTold = new Promise<void>((resolve) => {
      feed.on('message', (data) => {
        const message = JSON.parse(String(data)) as { count: number; requests: unknown[] };
        counts.push(message.count);
        expect(message.requests.length).toBeLessThanOrEqual(50);
        if (counts.reduce((sum, count) => sum + count, 0) === 300) resolve();
      });
    });
    for (let round = 0; round < 10; round++) await Promise.all(Array.from({ length: 30 }, () => ask(emulator, '/')));
    await allTold;
    expect(counts.length).toBeLessThan(100);
    feed.terminate();
  });
});

test('a connection that breaks off in the middle of an upgrade harms nothing', async () => {
  const { port } = new URL(server.url);
  const socket = connect(Number(port), '127.0.0.1');
  await once(socket, 'connect');
  socket.write(`GET /api/events HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
  socket.resetAndDestroy();
  expect((await askAdmin(server, 'GET', '/healthz')).status).toBe(200);
});

test('a taken address is one clear error', async () => {
  const { port } = new URL(server.url);
  const target = { events: emulator.events } as Parameters<typeof startAdminServer>[0];
  await expect(startAdminServer(target, { address: '127.0.0.1', port: Number(port) })).rejects.toMatchObject({
    code: 'PortInUse',
    message: `The admin address 127.0.0.1:${port} is in use.`,
  });
});
