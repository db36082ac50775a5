import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { AdminServer } from '../../src/dashboard/admin-server.ts';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { ask, startGateway } from '../runtime/fixture.ts';
import { type AdminReply, askAdmin, startAdmin } from './admin-fixture.ts';

interface Response {
  readonly content?: Readonly<Record<string, { readonly schema: object }>>;
}

interface Operation {
  readonly responses: Readonly<Record<string, Response>>;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

const documentFile = new URL('../../docs/openapi.json', import.meta.url);
const openApi = JSON.parse(readFileSync(documentFile, 'utf8')) as Document;
const ajv = new Ajv2020({ allErrors: true, strict: false, validateFormats: false });
ajv.addSchema(openApi, 'openapi.json');

/** What is wrong with an answer by the document; nothing when it is as documented. */
function faultsOf(method: string, path: string, { status, contentType, text, json }: AdminReply): unknown {
  const response = openApi.paths[path]?.[method.toLowerCase()]?.responses[status];
  if (response === undefined) return `${method} ${path} ${status} is not documented`;
  const [type, media] = Object.entries(response.content ?? {})[0] ?? [];
  if (type === undefined || media === undefined) return text === '' ? undefined : `${text} has no schema`;
  if (!contentType.startsWith(type)) return `${contentType} is not ${type}`;
  const pointer = ['paths', path, method.toLowerCase(), 'responses', String(status), 'content', type, 'schema']
    .map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
    .join('/');
  const validate = ajv.compile({ $ref: `openapi.json#/${pointer}` });
  return validate(json ?? text) ? undefined : validate.errors;
}

let emulator: Emulator;
let server: AdminServer;

beforeEach(async () => {
  emulator = await startGateway({
    listeners: [{ name: 'main' }],
    rules: [
      {
        name: 'shop',
        pool: 'web',
        rewrites: 'set',
        paths: [
          { name: 'old', paths: ['/old/*'], redirect: { to: 'http://new.example', path: true } },
          { name: 'images', paths: ['/images/*'], pool: 'images' },
        ],
      },
    ],
    pools: { web: ['10.0.0.4', '10.0.0.5'], images: ['10.0.1.4'] },
    rewrites: { set: [{ path: '/x{var_uri_path}' }] },
  });
  server = await startAdmin(emulator, [finding]);
  await ask(emulator, '/a?b=1');
  await ask(emulator, '/old/b');
});

const finding = {
  code: 'AGW2004',
  rule: 'listener-without-rule',
  severity: 'warning',
  message: 'No rule.',
  file: 'a.json',
  range: { start: { line: 1, column: 1, offset: 0 }, end: { line: 1, column: 2, offset: 1 } },
  path: null,
  related: [{ message: 'here', file: null, range: null }],
  azureCode: 'X',
  hint: 'Y',
} as const;

describe('what docs/openapi.json says', () => {
  test.each([
    ['/api', '/api', 200],
    ['/api/openapi.json', '/api/openapi.json', 200],
    ['/api/gateway', '/api/gateway', 200],
    ['/api/backend-health', '/api/backend-health', 200],
    ['/api/findings', '/api/findings', 200],
    ['/api/requests', '/api/requests?limit=5', 200],
    ['/api/requests', '/api/requests?limit=0', 400],
    ['/api/explain', '/api/explain?url=http%3A%2F%2Fa.example%2Fimages%2Fx', 200],
    ['/api/explain', '/api/explain?url=http%3A%2F%2Fa.example%2Fold%2Fx', 200],
    ['/api/explain', '/api/explain?url=images', 400],
    ['/api/explain', '/api/explain?traceId=none', 404],
    ['/api/metrics', '/api/metrics', 200],
    ['/api/metrics', "/api/metrics?metricnames=TotalRequests&$filter=BackendSettingsPool%20eq%20'*'", 200],
    ['/api/metrics', '/api/metrics?interval=P1D', 400],
    ['/metrics', '/metrics', 200],
    ['/healthz', '/healthz', 200],
    ['/readyz', '/readyz', 200],
    ['/api/events', '/api/events', 426],
    ['/', '/', 200],
  ])('is true of GET %s, as in %s', async (path, asked, status) => {
    const reply = await askAdmin(server, 'GET', asked);
    expect(reply.status).toBe(status);
    expect(faultsOf('GET', path, reply)).toBeUndefined();
  });

  test('is true of every path for a foreign host', async () => {
    for (const path of Object.keys(openApi.paths).filter((each) => each !== '/api/events')) {
      const method = path.includes('{') ? 'POST' : 'GET';
      const reply = await askAdmin(server, method, path, { host: 'evil.example' });
      expect(reply.status).toBe(403);
      expect(faultsOf(method, path, reply)).toBeUndefined();
    }
  });

  test('is true of the explanation of a request that was served', async () => {
    const traceId = emulator.requests(1)[0]?.request.traceId;
    const reply = await askAdmin(server, 'GET', `/api/explain?traceId=${traceId}`);
    expect(reply.json).toMatchObject({ rule: 'shop', pathRule: 'old', request: { url: '/old/b', status: 301 } });
    expect(faultsOf('GET', '/api/explain', reply)).toBeUndefined();
  });

  test.each([
    ['web', '10.0.0.4', '{"delayMilliseconds":20}', 200],
    ['web', '10.0.0.4', '{"status":503}', 200],
    ['web', '10.0.0.4', '{"status":null,"delayMilliseconds":0}', 200],
    ['web', '10.0.0.4', '{"status":99}', 400],
    ['web', '10.0.0.5:80', '{"state":"down"}', 200],
    ['web', '10.0.0.4', '{"state":"off"}', 400],
    ['web', '10.9.9.9', '{"state":"down"}', 404],
    ['web', '10.9.9.9', '{"delayMilliseconds":20}', 404],
  ])('is true of POST /api/backends/%s/%s with %s', async (pool, member, body, status) => {
    const reply = await askAdmin(server, 'POST', `/api/backends/${pool}/${member}`, {}, body);
    expect(reply.status).toBe(status);
    expect(faultsOf('POST', '/api/backends/{pool}/{member}', reply)).toBeUndefined();
  });

  test('is true of the feed', async () => {
    const feed = new WebSocket(`${server.url.replace('http', 'ws')}/api/events`);
    await once(feed, 'open');
    const told = once(feed, 'message');
    await ask(emulator, '/images/a');
    const message: unknown = JSON.parse(String((await told)[0]));
    const validate = ajv.compile({ $ref: 'openapi.json#/components/schemas/FeedMessage' });
    expect(validate(message) ? [] : validate.errors).toEqual([]);
    expect(message).toMatchObject({
      event: 'requests',
      count: 1,
      statuses: { '2xx': 1 },
      flows: [{ listener: 'main', rule: 'shop', pathRule: 'images', pool: 'images', member: '10.0.1.4', count: 1 }],
      requests: [{ url: '/images/a' }],
    });
    feed.terminate();
  });

  test('names everything there is, and nothing else', async () => {
    const { api } = (await askAdmin(server, 'GET', '/api')).json as { api: string[] };
    const documented = Object.entries(openApi.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const offered = api.map((each) => each.replace('WebSocket', 'GET').replace(/<(\w+)>/g, '{$1}'));
    expect([...offered, 'GET /'].sort()).toEqual(documented.sort());
  });
});
