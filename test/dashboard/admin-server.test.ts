import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AdminServer, type AdminTarget, startAdminServer } from '../../src/dashboard/admin-server.ts';

let server: AdminServer;
let states: string[];
let ready: boolean;

const target: AdminTarget = {
  gateway: () => ({ name: 'gw1' }),
  backendHealth: () => ({ backendAddressPools: [] }),
  requests: (limit) => Array.from({ length: Math.min(limit, 3) }, (_, index) => ({ index })),
  explain: (asked) => ({ asked }),
  setMemberState(pool, member, state) {
    if (pool !== 'web pool') return false;
    states.push(`${pool}/${member}=${state}`);
    return true;
  },
  isReady: () => ready,
};

beforeEach(async () => {
  states = [];
  ready = true;
  server = await startAdminServer(target, { address: '127.0.0.1', port: 0 });
});

afterEach(() => server.dispose());

interface Reply {
  readonly status: number | undefined;
  readonly json: unknown;
}

/** `fetch` does not let a test choose the Host header. */
function send(method: string, path: string, headers: Record<string, string> = {}, body = ''): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.url);
    const sent = request({ hostname, port, method, path, headers }, async (response) => {
      let text = '';
      for await (const chunk of response) text += chunk;
      resolve({ status: response.statusCode, json: text === '' ? null : JSON.parse(text) });
    });
    sent.on('error', reject).end(body);
  });
}

describe('the admin API', () => {
  test.each([
    ['/api/gateway', { name: 'gw1' }],
    ['/api/backend-health', { backendAddressPools: [] }],
    ['/api/requests?limit=2', [{ index: 0 }, { index: 1 }]],
    [
      '/api/explain?method=POST&url=http%3A%2F%2Fa.example%2Fx',
      { asked: { method: 'POST', url: 'http://a.example/x' } },
    ],
    ['/healthz', { status: 'ok' }],
    ['/readyz', { status: 'ready' }],
  ])('answers GET %s', async (path, expected) => {
    expect(await send('GET', path)).toEqual({ status: 200, json: expected });
  });

  test('says 503 while the gateway starts', async () => {
    ready = false;
    expect(await send('GET', '/readyz')).toEqual({ status: 503, json: { status: 'starting' } });
  });

  test('takes a member down', async () => {
    const reply = await send('POST', '/api/backends/web%20pool/10.0.0.4', {}, '{"state":"down"}');
    expect(reply).toEqual({ status: 200, json: { pool: 'web pool', member: '10.0.0.4', state: 'down' } });
    expect(states).toEqual(['web pool/10.0.0.4=down']);
  });

  test.each([
    ['GET', '/api/nothing', '', 404, 'There is no GET /api/nothing. GET / lists what there is.'],
    ['POST', '/api/gateway', '', 405, '/api/gateway answers GET, not POST.'],
    ['GET', '/api/requests?limit=x', '', 400, "limit is 'x'; it should be a whole number above 0."],
    ['GET', '/api/explain?url=/x', '', 400, 'Name the URL as ?url=http://host/path, percent-encoded.'],
    [
      'POST',
      '/api/backends/web%20pool/a',
      '{"state":"off"}',
      400,
      'The body should be {"state":"up"} or {"state":"down"}.',
    ],
    [
      'POST',
      '/api/backends/web%20pool/a',
      `{"state":"up"${' '.repeat(2000)}}`,
      400,
      'The body should be {"state":"up"} or {"state":"down"}.',
    ],
    ['POST', '/api/backends/%/a', '{"state":"up"}', 400, "'/api/backends/%/a' is not a well-formed path."],
    ['GET', '//', '', 400, "'//' is not a well-formed path."],
    ['POST', '/api/backends/none/a', '{"state":"up"}', 404, "Pool 'none' has no member 'a' with a stand-in server."],
  ])('answers %s %s %s with %i', async (method, path, body, status, message) => {
    expect(await send(method, path, {}, body)).toMatchObject({ status, json: { error: { message } } });
  });
});

describe('a web page in the browser', () => {
  test.each(['evil.example', 'evil.example:9900', 'localhost.evil.example', '127.0.0.1.evil.example'])(
    'cannot read by DNS rebinding, as Host %j',
    async (host) => expect((await send('GET', '/api/requests', { host })).status).toBe(403),
  );

  test.each(['localhost', 'localhost:9900', '[::1]:9900', '127.0.0.1'])('reaches it as Host %s', async (host) => {
    expect((await send('GET', '/healthz', { host })).status).toBe(200);
  });

  test.each([{ origin: 'http://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }])(
    'cannot change anything from another site (%j)',
    async (headers) => {
      expect((await send('POST', '/api/backends/web%20pool/a', headers, '{"state":"down"}')).status).toBe(403);
      expect(states).toEqual([]);
    },
  );

  test('can use it from its own origin', async () => {
    const headers = { origin: server.url, 'sec-fetch-site': 'same-origin' };
    expect((await send('POST', '/api/backends/web%20pool/a', headers, '{"state":"up"}')).status).toBe(200);
  });
});

test('a taken address is one clear error', async () => {
  const { port } = new URL(server.url);
  await expect(startAdminServer(target, { address: '127.0.0.1', port: Number(port) })).rejects.toMatchObject({
    code: 'PortInUse',
    message: `The admin address 127.0.0.1:${port} is in use.`,
  });
});
