import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startEmulator } from '../../src/emulator/emulator.ts';
import type { BackendSpec } from '../../src/runtime/backends/backend-spec.ts';
import { makeGateway } from '../routing/gateway-fixture.ts';
import { ask, startGateway } from '../runtime/fixture.ts';

const web = { rules: [{ pool: 'web' }], pools: { web: ['10.0.0.4'] } } as const;

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'agate-files-'));
  await mkdir(join(folder, 'site/docs'), { recursive: true });
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await writeFile(join(folder, 'site/index.html'), '<p>home</p>');
  await writeFile(join(folder, 'site/docs/index.html'), '<p>docs</p>');
  await writeFile(join(folder, 'site/a b.json'), '{}');
  await writeFile(join(folder, 'site/blob'), Buffer.from([0, 255]));
  await symlink(join(folder, 'secret.txt'), join(folder, 'site/link.txt'));
});

afterEach(() => rm(folder, { recursive: true }));

test.each([
  ['GET', '/', 200, 'text/html; charset=utf-8', '<p>home</p>'],
  ['GET', '/docs', 200, 'text/html; charset=utf-8', '<p>docs</p>'],
  ['GET', '/docs/?x=1', 200, 'text/html; charset=utf-8', '<p>docs</p>'],
  ['GET', '/a%20b.json?x=../', 200, 'application/json', '{}'],
  ['HEAD', '/a%20b.json', 200, 'application/json', ''],
  ['GET', '/blob', 200, 'application/octet-stream', String(Buffer.from([0, 255]))],
  ['GET', '/nothing', 404, 'text/plain; charset=utf-8', 'There is no such file.\n'],
  ['GET', '/%2e%2e/secret.txt', 404, 'text/plain; charset=utf-8', 'There is no such file.\n'],
  ['GET', '/..%2fsecret.txt', 404, 'text/plain; charset=utf-8', 'There is no such file.\n'],
  ['GET', '/link.txt', 404, 'text/plain; charset=utf-8', 'There is no such file.\n'],
  ['GET', '/a%00', 404, 'text/plain; charset=utf-8', 'There is no such file.\n'],
  ['POST', '/', 405, 'text/plain; charset=utf-8', 'Files answer GET and HEAD only.\n'],
])('a folder answers %s %s with %d', async (method, path, status, contentType, body) => {
  // v1 passes on paths that v2 refuses.
  const spec = { ...web, generation: 'v1' } as const;
  const gateway = await startGateway(spec, { backends: { web: { folder: join(folder, 'site') } } });
  const reply = await ask(gateway, path, { method });
  expect([reply.status, reply.headers['content-type'], reply.body]).toEqual([status, contentType, body]);
  expect(reply.headers['x-agate-backend']).toBe('web/10.0.0.4:80');
});

test('a recorded response is given to every request, and probes are answered all the same', async () => {
  const file = join(folder, 'orders.http');
  await writeFile(file, 'HTTP/1.1 503 Busy\r\nRetry-After: 10\r\nContent-Length: 1\r\n\r\nlater');
  const gateway = await startGateway(web, { backends: { '10.0.0.4': { response: file } } });
  for (const path of ['/', '/orders?x=1']) {
    const reply = await ask(gateway, path);
    expect([reply.status, reply.headers['retry-after'], reply.body]).toEqual([503, '10', 'later']);
  }
  expect(gateway.backendHealth().backendAddressPools[0]?.backendHttpSettingsCollection[0]?.servers[0]?.health).toBe(
    'Healthy',
  );
});

test('an empty pool that is mapped to a folder has a member', async () => {
  const empty = { rules: [{ pool: 'web' }], pools: { web: [] } };
  const gateway = await startGateway(empty, { backends: { web: { folder: join(folder, 'site') } } });
  expect((await ask(gateway, '/docs')).body).toBe('<p>docs</p>');
});

test.each<[string, (folder: string) => BackendSpec, RegExp]>([
  ['a folder that is missing', (at) => ({ folder: join(at, 'none') }), /none' cannot be shown by a backend: ENOENT/],
  ['a file as a folder', (at) => ({ folder: join(at, 'secret.txt') }), /secret\.txt' is not a folder\.$/],
  ['a file without a response', (at) => ({ response: join(at, 'secret.txt') }), /does not hold a response\.$/],
])('refuses to start with %s', async (_what, spec, message) => {
  const options = { gateway: makeGateway(web), listen: { all: 0 }, backends: { web: spec(folder) } };
  const starting = startEmulator(options);
  await expect(starting).rejects.toMatchObject({ code: 'FileUnreadable', message: expect.stringMatching(message) });
});
