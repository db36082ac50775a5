import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { EmulatorEvents } from '../../src/observability/emulator-events.ts';
import { type GatewaySpec, makeGateway } from '../routing/gateway-fixture.ts';
import {
  ask,
  exchangeBytes,
  freePort,
  portOfListener,
  startBackend,
  startGateway,
  startGatewayBefore,
} from '../runtime/fixture.ts';

/** A web server with pages, which counts how often each was asked for. */
async function startPages(listener: RequestListener): Promise<{ origin: string; requests: string[] }> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url ?? '');
    listener(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  return { origin: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`, requests };
}

const echoPath: RequestListener = (request, response) => response.end(`page ${request.url}`);

/** A pool without members: every request that reaches it is answered with 502. */
const empty = { rules: [{ pool: 'web' }], pools: { web: [] } } satisfies GatewaySpec;

// https://learn.microsoft.com/azure/application-gateway/custom-error
describe('custom error pages', () => {
  test('take the place of the text, and nothing else of the answer', async () => {
    const { origin } = await startPages(echoPath);
    const emulator = await startGateway({ ...empty, errorPages: { 502: `${origin}/sorry.html` } });
    const reply = await ask(emulator, '/');
    expect(reply).toMatchObject({ status: 502, reason: 'Bad Gateway', body: 'page /sorry.html' });
    expect(reply.headers).toMatchObject({
      server: 'Microsoft-Azure-Application-Gateway/v2',
      'content-type': 'text/html',
      'content-length': '16',
    });
  });

  test('of a listener leave those of the gateway aside, also for statuses that it has none for', async () => {
    const { origin } = await startPages(echoPath);
    const emulator = await startGateway({
      listeners: [
        { name: 'own', hosts: ['own.contoso.com'], errorPages: { 502: `${origin}/own.html` } },
        { name: 'other', hosts: ['other.contoso.com'] },
      ],
      rules: [
        { listener: 'own', pool: 'web' },
        { listener: 'other', pool: 'web' },
      ],
      pools: { web: [] },
      errorPages: { 502: `${origin}/502.html`, 405: `${origin}/405.html`, 400: `${origin}/400.html` },
    });
    const bodyFor = async (host: string, method = 'GET') =>
      (await ask(emulator, '/', { method, headers: { host } })).body;
    expect(await bodyFor('own.contoso.com')).toBe('page /own.html');
    expect(await bodyFor('other.contoso.com')).toBe('page /502.html');
    expect(await bodyFor('own.contoso.com', 'TRACE')).toBe('page /405.html');
    expect(await exchangeBytes(portOfListener(emulator), 'GET / HTTP/1.1\r\nbroken\r\n\r\n')).toMatch(
      /\r\n\r\npage \/400\.html$/,
    );
  });

  test('are not shown for 404, nor for what a server answers', async () => {
    const { origin } = await startPages(echoPath);
    const backend = await startBackend((_incoming, outgoing) => {
      outgoing.statusCode = 502;
      outgoing.end('of the server');
    });
    const emulator = await startGatewayBefore([backend], {
      listeners: [{ name: 'named', hosts: ['shop.contoso.com'] }],
      errorPages: { 502: `${origin}/502.html`, 404: `${origin}/404.html` },
    });
    const headers = { host: 'shop.contoso.com' };
    expect(await ask(emulator, '/a', { headers })).toMatchObject({ status: 502, body: 'of the server' });
    expect((await ask(emulator, '/')).body).toContain('404 Not Found');
  });

  test('are fetched once for each deployment', async () => {
    const { origin, requests } = await startPages(echoPath);
    const spec = { ...empty, errorPages: { 502: `${origin}/a.html`, 503: `${origin}/a.html` } };
    const emulator = await startGateway(spec);
    await ask(emulator, '/');
    await ask(emulator, '/');
    expect(requests).toEqual(['/a.html']);
    await emulator.deploy(makeGateway({ ...empty, errorPages: { 502: `${origin}/b.html` } }));
    expect((await ask(emulator, '/')).body).toBe('page /b.html');
    expect(requests).toEqual(['/a.html', '/b.html']);
  });

  test('can be files', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'agate-pages-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = join(folder, 'sorry.html');
    await writeFile(file, 'from a file: ä');
    const url = 'https://pages.contoso.com/502.html';
    const emulator = await startGateway({ ...empty, errorPages: { 502: url } }, { errorPages: { [url]: file } });
    expect((await ask(emulator, '/')).body).toBe('from a file: ä');
  });

  test('that are files which cannot be read keep the gateway from starting', async () => {
    const url = 'https://pages.contoso.com/502.html';
    const options = { errorPages: { [url]: '/nowhere/sorry.html' } };
    await expect(startGateway({ ...empty, errorPages: { 502: url } }, options)).rejects.toMatchObject({
      code: 'FileUnreadable',
      message: expect.stringMatching(
        /^'\/nowhere\/sorry\.html', which stands for the error page '.*', cannot be read: /,
      ),
    });
  });

  const faults: readonly (readonly [what: string, listener: RequestListener | null, reason: string])[] = [
    ['nobody serves', null, 'connect ECONNREFUSED'],
    ['are not found', (_request, response) => response.writeHead(404).end(), 'it answers 404, and 200 is needed'],
    ['are too large', (_request, response) => response.end('x'.repeat(1024 * 1024 + 1)), 'it is larger than 1 MB'],
  ];

  test.each(faults)('that %s are told of, and the own text stays', async (_what, listener, reason) => {
    const origin = listener === null ? `http://127.0.0.1:${await freePort()}` : (await startPages(listener)).origin;
    const events = new EmulatorEvents();
    const messages: string[] = [];
    events.on('notice', ({ message }) => messages.push(message));
    const emulator = await startGateway({ ...empty, errorPages: { 502: `${origin}/x.html` } }, { events });
    expect(messages.join()).toContain(`The error page '${origin}/x.html' could not be loaded (${reason}`);
    expect((await ask(emulator, '/')).body).toContain('<h1>502 Bad Gateway</h1>');
  });
});
