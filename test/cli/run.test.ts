import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type JsonEvent, type RunningAgate, repositoryRoot, runAgate, startAgate } from './run-agate.ts';

const example = path.join(repositoryRoot, 'fixtures/example/azuredeploy.json');

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'agate-run-'));
});

afterEach(() => rm(folder, { recursive: true }));

interface Listener {
  readonly name: string;
  readonly port: number;
}

function portOf(ready: JsonEvent, listener: string): number {
  const found = (ready['listeners'] as readonly Listener[]).find(({ name }) => name === listener);
  if (found === undefined) throw new Error(`no listener '${listener}'`);
  return found.port;
}

/** A gateway with one pool whose probe asks every second, as quickly as Azure allows. */
function smallTemplate(addresses: readonly string[], pool = 'web'): string {
  const id = (collection: string, name: string) => ({
    id: `[resourceId('Microsoft.Network/applicationGateways/${collection}', 'gw', '${name}')]`,
  });
  const named = (name: string, properties: object) => [{ name, properties }];
  return JSON.stringify({
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    resources: [
      {
        type: 'Microsoft.Network/applicationGateways',
        apiVersion: '2024-05-01',
        name: 'gw',
        location: 'westeurope',
        properties: {
          sku: { name: 'Standard_v2', tier: 'Standard_v2', capacity: 1 },
          frontendIPConfigurations: named('ip', {
            publicIPAddress: { id: "[resourceId('Microsoft.Network/publicIPAddresses', 'ip')]" },
          }),
          frontendPorts: named('http', { port: 80 }),
          httpListeners: named('http', {
            frontendIPConfiguration: id('frontendIPConfigurations', 'ip'),
            frontendPort: id('frontendPorts', 'http'),
            protocol: 'Http',
          }),
          backendAddressPools: named(pool, { backendAddresses: addresses.map((ipAddress) => ({ ipAddress })) }),
          probes: named('probe', {
            protocol: 'Http',
            host: 'a.example',
            path: '/',
            interval: 1,
            timeout: 1,
            unhealthyThreshold: 2,
          }),
          backendHttpSettingsCollection: named('settings', {
            port: 80,
            protocol: 'Http',
            probe: id('probes', 'probe'),
          }),
          requestRoutingRules: named('rule', {
            ruleType: 'Basic',
            priority: 1,
            httpListener: id('httpListeners', 'http'),
            backendAddressPool: id('backendAddressPools', pool),
            backendHttpSettings: id('backendHttpSettingsCollection', 'settings'),
          }),
        },
      },
    ],
  });
}

async function writeTemplate(text: string): Promise<string> {
  const file = path.join(folder, 'azuredeploy.json');
  await writeFile(file, text);
  return file;
}

function startBackend(port = 0): Promise<Server> {
  const server = createServer((_, response) => response.end('hello from a real backend'));
  return new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(server)));
}

function stopBackend(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

function runSmall(file: string, ...options: readonly string[]): RunningAgate {
  return startAgate(['run', file, '--json', '--listen', 'all=0', '--admin', 'off', ...options]);
}

test('the curl line of every listener in the banner works when pasted', async () => {
  await using agate = startAgate(['run', example, '--listen', 'all=0', '--admin', 'off']);
  await agate.outputContaining('Stop with Ctrl+C');
  const commands = [...agate.stdout.matchAll(/curl (.*)$/gm)].map((match) => (match[1] ?? '').split(' '));
  const statuses = await Promise.all(
    commands.map(async (args) => {
      const { stdout } = await promisify(execFile)('curl', ['-s', '-o', '-', '-w', '\n%{http_code}', ...args]);
      return stdout.slice(stdout.lastIndexOf('\n') + 1);
    }),
  );
  expect(statuses).toEqual(['200', '301', '200']);
});

test('path rules of the example lead to different pools, and a WebSocket through it echoes', async () => {
  await using agate = startAgate(['run', example, '--json', '--listen', 'all=0', '--admin', 'off']);
  const port = portOf(await agate.event('ready'), 'shop-https');
  const curl = async (where: string) => {
    const url = `https://shop.contoso.com.localhost:${port}${where}`;
    const { stdout } = await promisify(execFile)('curl', ['-sk', '-o', '/dev/null', '-D', '-', url]);
    return /x-agate-backend: (.*)\r/.exec(stdout)?.[1];
  };
  expect(await Promise.all(['/', '/images/a', '/video/b', '/api/c'].map(curl))).toEqual([
    expect.stringMatching(/^web\//),
    'images/10.0.2.4:80',
    'video/10.0.2.5:80',
    'api/10.0.3.4:8080',
  ]);
  const socket = new WebSocket(`wss://127.0.0.1:${port}/chat/room`, {
    headers: { host: 'shop.contoso.com' },
    rejectUnauthorized: false,
  });
  await once(socket, 'open');
  socket.send('hello');
  const [message] = await once(socket, 'message');
  expect(String(message)).toBe('hello');
  socket.close();
});

test('a redirect to another listener can be followed under localhost', async () => {
  await using agate = startAgate(['run', example, '--json', '--listen', 'all=0', '--admin', 'off']);
  const ready = await agate.event('ready');
  const [http, https] = ['shop-http', 'shop-https'].map((name) => portOf(ready, name));
  const locationFor = async (host: string) => {
    const headers = ['-sk', '-o', '/dev/null', '-D', '-', '-H', `Host: ${host}`];
    const { stdout } = await promisify(execFile)('curl', [...headers, `http://127.0.0.1:${http}/cart/1?x=%20`]);
    return /Location: (.*)\r/i.exec(stdout)?.[1];
  };
  expect(await locationFor('shop.contoso.com')).toBe('https://shop.contoso.com/cart/1?x=%20');
  expect(await locationFor(`shop.contoso.com.localhost:${http}`)).toBe(
    `https://shop.contoso.com.localhost:${https}/cart/1?x=%20`,
  );
});

test('a mapped backend that dies is taken out after its threshold, and comes back', async () => {
  const file = await writeTemplate(smallTemplate(['10.0.0.4']));
  const backend = await startBackend();
  const { port } = backend.address() as AddressInfo;
  await using agate = runSmall(file, '--backend', `web=127.0.0.1:${port}`);
  const ready = await agate.event('ready');
  const url = `http://127.0.0.1:${portOf(ready, 'http')}/`;
  expect(await (await fetch(url)).text()).toBe('hello from a real backend');

  await stopBackend(backend);
  const down = await agate.event('health', (event) => event['health'] === 'Unhealthy');
  expect(down).toMatchObject({ pool: 'web', member: '10.0.0.4' });
  const refused = await fetch(url);
  expect([refused.status, await refused.text()]).toEqual([502, expect.stringContaining('<h1>502 Bad Gateway</h1>')]);

  const again = await startBackend(port);
  await agate.event('health', (event) => event['health'] === 'Healthy');
  expect((await fetch(url)).status).toBe(200);
  expect((await agate.stop()).status).toBe(0);
  await stopBackend(again);
});

test('a port in use is one clear message', async () => {
  const taken = await startBackend();
  const { port } = taken.address() as AddressInfo;
  const result = await runAgate(['run', example, '--listen', `80=${port}`, '--listen', '443=0', '--admin', 'off']);
  await stopBackend(taken);
  expect(result.status).toBe(2);
  expect(result.stderr).toContain(`${port}`);
  expect(result.stderr).toMatch(/^error {2}.*in use/m);
  expect(result.stderr).not.toMatch(/^ +at /m);
});

test('--watch deploys a changed template, and keeps the gateway when the new one is broken', async () => {
  const file = await writeTemplate(smallTemplate(['10.0.0.4']));
  await using agate = runSmall(file, '--watch');
  const url = `http://127.0.0.1:${portOf(await agate.event('ready'), 'http')}/`;
  const backendOf = async () => (await fetch(url)).headers.get('x-agate-backend');
  expect(await backendOf()).toBe('web/10.0.0.4:80');

  await writeTemplate('{ "resources": [');
  await agate.event('notice', (event) => event['severity'] === 'error');
  expect(await backendOf()).toBe('web/10.0.0.4:80');

  await writeTemplate(smallTemplate(['10.0.0.9'], 'other'));
  await agate.event('redeploy');
  expect(await backendOf()).toBe('other/10.0.0.9:80');
});

test('--json tells what there is to say about the start as well, after everything is ready', async () => {
  const template = smallTemplate(['10.0.0.4']).replace(
    '"sku":',
    '"customErrorConfigurations":[{"statusCode":"HttpStatus502","customErrorPageUrl":"https://pages.invalid/502.html"}],"enableFips":true,"sku":',
  );
  const file = await writeTemplate(template);
  await using agate = runSmall(file);
  await agate.event('notice', ({ message }) => String(message).startsWith("'enableFips' is accepted but not emulated"));
  const lines = agate.stdout.trim().split('\n');
  expect(lines.map((line) => (JSON.parse(line) as JsonEvent).event)).toEqual(['ready', 'notice', 'notice']);
  expect(JSON.parse(lines[1] ?? '')).toMatchObject({
    severity: 'warning',
    message: expect.stringContaining('https://pages.invalid/502.html'),
  });
});

test('--access-log writes a line a request in the schema of Azure', async () => {
  const file = await writeTemplate(smallTemplate(['10.0.0.4']));
  const log = path.join(folder, 'access.log');
  await using agate = runSmall(file, '--access-log', log);
  const url = `http://127.0.0.1:${portOf(await agate.event('ready'), 'http')}/a?b=1`;
  await (await fetch(url)).text();
  await agate.stop();
  const lines = (await readFile(log, 'utf8')).trim().split('\n');
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    listenerName: 'http',
    ruleName: 'rule',
    backendPoolName: 'web',
    category: 'ApplicationGatewayAccessLog',
    properties: {
      httpMethod: 'GET',
      originalRequestUriWithArgs: '/a?b=1',
      httpStatus: 200,
      serverRouted: '10.0.0.4:80',
    },
  });
});

test('SIGHUP opens the access log anew, and every line is in one of the files', async () => {
  const file = await writeTemplate(smallTemplate(['10.0.0.4']));
  const log = path.join(folder, 'access.log');
  await using agate = runSmall(file, '--access-log', log);
  const url = `http://127.0.0.1:${portOf(await agate.event('ready'), 'http')}`;
  const ask = async (where: string) => (await fetch(`${url}${where}`)).text();
  const pathsIn = async (name: string) =>
    [...(await readFile(name, 'utf8')).matchAll(/"originalRequestUriWithArgs":"([^"]*)"/g)].map((match) => match[1]);
  await ask('/1');
  await rename(log, `${log}.1`);
  await ask('/2');
  process.kill(agate.pid, 'SIGHUP');
  await expect.poll(() => existsSync(log)).toBe(true);
  await ask('/3');
  expect((await agate.stop()).status).toBe(0);
  const [former, now] = [await pathsIn(`${log}.1`), await pathsIn(log)];
  expect([...former, ...now]).toEqual(['/1', '/2', '/3']);
  expect(former).toContain('/1');
  expect(now).toContain('/3');
});

test('the admin API tells health and takes a member down', async () => {
  const file = await writeTemplate(smallTemplate(['10.0.0.4', '10.0.0.5']));
  await using agate = startAgate(['run', file, '--json', '--listen', 'all=0', '--admin', '0']);
  const ready = await agate.event('ready');
  const admin = String(ready['admin']);
  const url = `http://127.0.0.1:${portOf(ready, 'http')}/`;
  const body = JSON.stringify({ state: 'down' });
  const changed = await fetch(`${admin}/api/backends/web/10.0.0.4`, { method: 'POST', body });
  expect(changed.status).toBe(200);
  const seen = await Promise.all(
    Array.from({ length: 6 }, async () => (await fetch(url)).headers.get('x-agate-backend')),
  );
  expect(new Set(seen)).toEqual(new Set(['web/10.0.0.5:80']));
  const requests = (await (await fetch(`${admin}/api/requests?limit=2`)).json()) as readonly { member: string }[];
  expect(requests.map(({ member }) => member)).toEqual(['10.0.0.5', '10.0.0.5']);
});

test('--strict refuses what is not emulated', async () => {
  const template = smallTemplate(['10.0.0.4']).replace(
    '"sku":',
    '"privateLinkConfigurations":[{"name":"pl","properties":{"ipConfigurations":[]}}],"sku":',
  );
  const file = await writeTemplate(template);
  const result = await runAgate(['run', file, '--strict', '--listen', 'all=0', '--admin', 'off']);
  expect(result.status).toBe(2);
});
