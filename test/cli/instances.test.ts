import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { get, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connect } from 'node:tls';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type JsonEvent, repositoryRoot, runAgate, startAgate } from './run-agate.ts';

const example = path.join(repositoryRoot, 'fixtures/example/azuredeploy.json');

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'agate-instances-'));
});

afterEach(() => rm(folder, { recursive: true }));

function portOf(ready: JsonEvent, listener: string): number {
  const listeners = ready['listeners'] as readonly { readonly name: string; readonly port: number }[];
  return listeners.find(({ name }) => name === listener)?.port ?? 0;
}

/** Asks over a connection of its own. */
function ask(port: number, host = 'blog.contoso.com'): Promise<{ status: number; headers: IncomingHttpHeaders }> {
  return new Promise((resolve, reject) => {
    const request = get({ port, host: '127.0.0.1', headers: { host }, agent: false }, (response) => {
      response.resume();
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers }));
    });
    request.on('error', reject);
  });
}

async function askMany(
  count: number,
  port: number,
): Promise<readonly { status: number; headers: IncomingHttpHeaders }[]> {
  const answers = [];
  for (let index = 0; index < count; index++) answers.push(await ask(port));
  return answers;
}

function start(...options: readonly string[]) {
  return startAgate(['run', '--json', '--listen', 'all=0', '--admin', '0', ...options]);
}

/** Who has issued the certificate that a new connection gets; of authorities that Agate makes each has another name. */
async function issuerAt(port: number): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port, servername: 'shop.contoso.com', rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  const issuer = socket.getPeerX509Certificate()?.issuer ?? '';
  socket.destroy();
  return issuer;
}

/** Of the processes that a process has started. */
async function childrenOf(pid: number): Promise<readonly number[]> {
  return (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).trim().split(' ').map(Number);
}

test('connections go to all instances in turn, and health, logs, requests and metrics come together', async () => {
  const log = path.join(folder, 'access.log');
  await using agate = start(example, '--instances', '3', '--access-log', log);
  const ready = await agate.event('ready');
  const answers = await askMany(9, portOf(ready, 'blog'));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));

  const admin = String(ready['admin']);
  const read = async (where: string) => (await fetch(`${admin}${where}`)).text();
  await expect.poll(async () => (JSON.parse(await read('/api/requests')) as unknown[]).length).toBe(9);
  const total = async () => /^TotalRequests\{.*\} (\d+)$/m.exec(await read('/metrics'))?.[1];
  await expect.poll(total).toBe('9');
  expect(await read('/api/backend-health')).not.toContain('Partial');
  const instances = async () =>
    [...(await readFile(log, 'utf8')).matchAll(/"instanceId":"(\w+)"/g)].map((match) => match[1]);
  await expect
    .poll(async () => (await instances()).sort().join(' '))
    .toBe('appgw_0 appgw_0 appgw_0 appgw_1 appgw_1 appgw_1 appgw_2 appgw_2 appgw_2');
  expect((await agate.stop()).status).toBe(0);
});

test('a request that another instance has served can be explained by its trace id', async () => {
  await using agate = start(example, '--instances', '2');
  const ready = await agate.event('ready');
  await Promise.all([0, 1].map(() => ask(portOf(ready, 'blog'), 'nobody.example')));
  const read = async (where: string) => JSON.parse(await (await fetch(`${String(ready['admin'])}${where}`)).text());
  const traces = async () => ((await read('/api/requests')) as { traceId: string }[]).map(({ traceId }) => traceId);
  await expect.poll(async () => (await traces()).length).toBe(2);
  for (const traceId of await traces()) {
    const { steps } = (await read(`/api/explain?traceId=${traceId}`)) as { steps: { why: string }[] };
    expect(JSON.stringify(steps)).toContain("No listener on this port answers to 'nobody.example'");
  }
});

test('TLS and WebSockets work through every instance', async () => {
  await using agate = start(example, '--instances', '2');
  const port = portOf(await agate.event('ready'), 'shop-https');
  const echoes = await Promise.all(
    ['a', 'b', 'c', 'd'].map(async (text) => {
      const socket = new WebSocket(`wss://127.0.0.1:${port}/chat/room`, {
        headers: { host: 'shop.contoso.com' },
        rejectUnauthorized: false,
      });
      await once(socket, 'open');
      socket.send(text);
      const [message] = await once(socket, 'message');
      socket.close();
      return String(message);
    }),
  );
  expect(echoes).toEqual(['a', 'b', 'c', 'd']);
});

test('all instances have one local authority, also where it cannot be kept', async () => {
  const home = path.join(folder, 'a file where the data folder should be');
  await writeFile(home, '');
  const args = ['run', '--json', '--listen', 'all=0', '--admin', '0', '--instances', '3', example];
  await using agate = startAgate(args, { environment: { AGATE_HOME: home } });
  const port = portOf(await agate.event('ready'), 'shop-https');
  const issuers = new Set<string>();
  for (let index = 0; index < 6; index++) issuers.add(await issuerAt(port));
  expect(issuers.size).toBe(1);
  const notices = (await agate.stop()).stdout.match(/"message":"[^"]*/g) ?? [];
  expect(notices.filter((notice) => notice.includes('cannot be kept'))).toHaveLength(1);
  expect(notices.filter((notice) => notice.includes("'shop-https' shows"))).toHaveLength(1);
});

test('a member that is taken down is down for every instance', async () => {
  await using agate = start(example, '--instances', '3');
  const ready = await agate.event('ready');
  const setWeb = async (state: 'up' | 'down') => {
    for (const member of ['10.0.1.4', '10.0.1.5']) {
      const body = JSON.stringify({ state });
      const headers = { 'content-type': 'application/json' };
      await fetch(`${String(ready['admin'])}/api/backends/web/${member}`, { method: 'POST', headers, body });
    }
  };
  const statuses = async () => (await askMany(6, portOf(ready, 'blog'))).map(({ status }) => status);
  await setWeb('down');
  expect(await statuses()).toEqual([502, 502, 502, 502, 502, 502]);
  await setWeb('up');
  expect(await statuses()).toEqual([200, 200, 200, 200, 200, 200]);
});

test('a changed template is deployed to every instance, and no request is lost meanwhile', async () => {
  const file = path.join(folder, 'azuredeploy.json');
  const text = await readFile(example, 'utf8');
  await writeFile(file, text);
  await using agate = start(file, '--instances', '2', '--watch');
  const ready = await agate.event('ready');
  const port = portOf(ready, 'blog');
  await writeFile(file, text.replaceAll('10.0.1.', '10.0.9.'));
  const deployed = agate.event('redeploy');
  const failed: number[] = [];
  let isDeployed = false;
  deployed.then(() => {
    isDeployed = true;
  });
  while (!isDeployed) {
    const { status } = await ask(port);
    if (status !== 200) failed.push(status);
  }
  expect(failed).toEqual([]);
  // The event tells of the instance that listens; the others follow.
  const backends = async () => (await askMany(4, port)).map(({ headers }) => String(headers['x-agate-backend']));
  await expect.poll(async () => (await backends()).every((backend) => backend.startsWith('web/10.0.9.'))).toBe(true);
});

test('an instance that ends by itself is replaced, and the others serve meanwhile', async () => {
  await using agate = start(example, '--instances', '2');
  const ready = await agate.event('ready');
  const [child = 0] = await childrenOf(agate.pid);
  process.kill(child, 'SIGKILL');
  const notice = await agate.event('notice', ({ message }) => String(message).includes('ended by itself'));
  expect(notice['message']).toBe('Instance 1 ended by itself (SIGKILL); another one takes its place.');
  expect((await askMany(4, portOf(ready, 'blog'))).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  await expect.poll(async () => (await childrenOf(agate.pid)).filter((pid) => pid !== child && pid > 0).length).toBe(1);
});

test.each(['0', '-1', '126', 'two'])('--instances %s is refused', async (count) => {
  const { status, stderr } = await runAgate(['run', example, '--instances', count]);
  expect(status).toBe(2);
  expect(stderr).toContain('It should be a whole number from 1 to 125.');
});
