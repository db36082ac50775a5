import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import type { Emulator } from '../../src/emulator/emulator.ts';
import type { RequestRecord } from '../../src/observability/request-record.ts';
import {
  allClosed,
  ask,
  exchangeBytes,
  open,
  portOfListener,
  startBackend,
  startGateway,
  startGatewayBefore,
  startRawBackend,
} from './fixture.ts';

// Measured on v2: github.com/MicrosoftDocs/azure-docs/issues/110739
const page = (title: string) =>
  [
    '<html>',
    `<head><title>${title}</title></head>`,
    '<body>',
    `<center><h1>${title}</h1></center>`,
    '<hr><center>Microsoft-Azure-Application-Gateway/v2</center>',
    '</body>',
    '</html>',
    '',
  ].join('\r\n');

const second = { settings: { settings: { requestTimeoutSeconds: 1 } } };

async function recordOf(gateway: Emulator, act: () => unknown): Promise<RequestRecord> {
  const told = gateway.events.next('request');
  act();
  const [record] = await told;
  return record;
}

test('answers 502 when no server of the pool is healthy', async () => {
  const gateway = await startGateway({ rules: [{ pool: 'web' }] }, { unmapped: 'down' });
  const reply = await ask(gateway, '/x');
  expect([reply.status, reply.reason, reply.body]).toEqual([502, 'Bad Gateway', page('502 Bad Gateway')]);
  expect(reply.headers).toMatchObject({
    server: 'Microsoft-Azure-Application-Gateway/v2',
    'content-type': 'text/html',
    connection: 'close',
    date: expect.any(String),
  });
  expect(gateway.requests()[0]).toMatchObject({ errorInfo: 'ERRORINFO_UPSTREAM_NO_LIVE', status: 502 });
});

test('answers 502 for a pool without members', async () => {
  const gateway = await startGateway({ rules: [{ pool: 'web' }], pools: { web: [] } });
  expect((await ask(gateway, '/x')).status).toBe(502);
  expect(gateway.requests()[0]?.why).toBe("Pool 'web' has no members.");
});

test('speaks as IIS does on v1', async () => {
  const gateway = await startGateway({ generation: 'v1', rules: [{ pool: 'web' }] }, { unmapped: 'down' });
  // https://learn.microsoft.com/azure/application-gateway/application-gateway-troubleshooting-502
  expect((await ask(gateway, '/x')).body).toBe(
    'Server Error: 502 - Web server received an invalid response while acting as a gateway or proxy server.',
  );
});

test.each([
  ['closes the connection', (socket: Socket) => socket.end(), 'UPSTREAM_CLOSED_CONNECTION'],
  ['resets it', (socket: Socket) => socket.resetAndDestroy(), 'UPSTREAM_CLOSED_CONNECTION'],
  ['sends garbage', (socket: Socket) => socket.end('no HTTP\r\n\r\n'), 'UPSTREAM_CLOSED_CONNECTION'],
  [
    'breaks off within the head',
    (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\nContent-'),
    'UPSTREAM_CLOSED_CONNECTION',
  ],
])('answers 502 when a backend %s', async (_name, act, errorInfo) => {
  const backend = await startRawBackend(act);
  const gateway = await startGatewayBefore([backend]);
  const reply = await ask(gateway, '/x');
  expect([reply.status, reply.body]).toEqual([502, page('502 Bad Gateway')]);
  expect(gateway.requests()[0]?.errorInfo).toBe(`ERRORINFO_${errorInfo}`);
  expect(gateway.requests()[0]?.attempts).toHaveLength(1);
});

test('answers 502 when a healthy backend refuses the connection', async () => {
  const backend = await startBackend((_incoming, outgoing) => outgoing.end());
  const gateway = await startGatewayBefore([backend]);
  await backend.close();
  const reply = await ask(gateway, '/x');
  expect(reply.status).toBe(502);
  expect(gateway.requests()[0]?.why).toBe("Backend 10.0.0.4:80 (pool 'web') refused the connection; answering 502.");
});

test('answers 504 on v2 when its only server is silent', async () => {
  const backend = await startRawBackend(() => undefined);
  const gateway = await startGatewayBefore([backend], second);
  const reply = await ask(gateway, '/x');
  expect([reply.status, reply.reason, reply.body]).toEqual([504, 'Gateway Time-out', page('504 Gateway Time-out')]);
  const [record] = gateway.requests();
  expect(record).toMatchObject({ errorInfo: 'ERRORINFO_UPSTREAM_TIMED_OUT', attempts: [{ status: 504 }] });
  await allClosed(backend);
});

test('asks a second server on v2 when the first one is silent', async () => {
  const silent = await startRawBackend(() => undefined);
  const sound = await startBackend((_incoming, outgoing) => outgoing.end('here'));
  const gateway = await startGatewayBefore([silent, sound], second);
  expect((await ask(gateway, '/x')).body).toBe('here');
  expect(gateway.requests()[0]?.attempts.map(({ status }) => status)).toEqual([504, 200]);
});

test('a response that comes slowly, but comes, is no silence', async () => {
  const backend = await startBackend((_incoming, outgoing) => {
    let count = 0;
    const drip = setInterval(() => {
      outgoing.write('.');
      if (++count < 4) return;
      clearInterval(drip);
      outgoing.end();
    }, 400);
  });
  const gateway = await startGatewayBefore([backend], second);
  expect((await ask(gateway, '/x')).body).toBe('....');
});

test.each([
  ['a length', 'Content-Length: 100\r\n\r\nhalf'],
  ['chunks', 'Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n'],
])('breaks off a response with %s that its backend breaks off', async (_name, rest) => {
  const backend = await startRawBackend((socket) => socket.end(`HTTP/1.1 200 OK\r\n${rest}`));
  const gateway = await startGatewayBefore([backend]);
  const text = await exchangeBytes(portOfListener(gateway), 'GET /x HTTP/1.1\r\nHost: a\r\n\r\n');
  expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(text).toContain('half');
  expect(text.endsWith('0\r\n\r\n')).toBe(false);
  expect(gateway.requests()[0]).toMatchObject({ status: 200, errorInfo: 'ERRORINFO_UPSTREAM_CLOSED_CONNECTION' });
});

test('a response that its backend resets is broken off, so that the client knows', async () => {
  let reset: () => void = () => undefined;
  const backend = await startRawBackend((socket) => {
    reset = () => socket.resetAndDestroy();
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf');
  });
  const gateway = await startGatewayBefore([backend], {}, { globalConfiguration: { enableResponseBuffering: false } });
  const response = await open(gateway, '/x');
  const broken = once(response, 'error');
  expect(String((await once(response, 'data'))[0])).toBe('half');
  const record = await recordOf(gateway, () => reset());
  expect((await broken)[0]).toMatchObject({ code: 'ECONNRESET' });
  expect(record).toMatchObject({ status: 200, errorInfo: 'ERRORINFO_UPSTREAM_CLOSED_CONNECTION' });
});

test('a client that leaves before the answer lets the backend go, and is logged with 499', async () => {
  let reached: () => void = () => undefined;
  const arrived = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const backend = await startRawBackend(() => reached());
  const gateway = await startGatewayBefore([backend]);
  const client = connect(portOfListener(gateway), '127.0.0.1', () =>
    client.write('GET /x HTTP/1.1\r\nHost: a\r\n\r\n'),
  );
  await arrived;
  const closed = allClosed(backend);
  const record = await recordOf(gateway, () => client.destroy());
  await closed;
  expect(record).toMatchObject({ status: 499, errorInfo: 'ERRORINFO_CLIENT_CLOSED_REQUEST' });
});

test('a thousand clients that leave early leave no connection behind', async () => {
  let asked = 0;
  const backend = await startRawBackend(() => {
    asked++;
  });
  const gateway = await startGatewayBefore([backend]);
  const port = portOfListener(gateway);
  for (let round = 0; round < 10; round++) {
    let left = 0;
    const all = new Promise<void>((resolve) => {
      const watching = gateway.events.on('request', () => {
        if (++left < 100) return;
        watching[Symbol.dispose]();
        resolve();
      });
    });
    const before = asked;
    const clients = Array.from({ length: 100 }, () => {
      const client = connect(port, '127.0.0.1', () => client.write('GET /x HTTP/1.1\r\nHost: a\r\n\r\n'));
      return client;
    });
    while (asked < before + 100) await new Promise((resolve) => setImmediate(resolve));
    for (const client of clients) client.destroy();
    await all;
  }
  while (backend.sockets.size > 0) await new Promise((resolve) => setImmediate(resolve));
  expect(asked).toBe(1000);
});

test('a client that leaves within a long response lets the backend go', async () => {
  const backend = await startBackend((_incoming, outgoing) => {
    const send = () => {
      while (outgoing.write(Buffer.alloc(65_536)));
      outgoing.once('drain', send);
    };
    send();
  });
  const gateway = await startGatewayBefore([backend]);
  const response = await open(gateway, '/endless');
  response.on('error', () => undefined);
  await once(response, 'data');
  const closed = allClosed(backend);
  const record = await recordOf(gateway, () => response.destroy());
  await closed;
  expect(record).toMatchObject({ status: 499, errorInfo: 'ERRORINFO_CLIENT_CLOSED_REQUEST' });
});

test('a backend that closes kept connections under load costs no request', async () => {
  const backend = await startBackend((_incoming, outgoing) => {
    outgoing.on('finish', () => setImmediate(() => outgoing.socket?.destroy()));
    outgoing.end('x');
  });
  const gateway = await startGatewayBefore([backend]);
  const statuses = new Set<number>();
  for (let round = 0; round < 20; round++) {
    const replies = await Promise.all(Array.from({ length: 20 }, () => ask(gateway, '/x')));
    for (const { status } of replies) statuses.add(status);
  }
  expect([...statuses]).toEqual([200]);
});

test('a stage that throws fails its request with 500, tells of it, and the gateway goes on', async () => {
  const gateway = await startGateway({ rules: [{ pool: 'web' }] });
  const told = gateway.events.next('notice');
  const { table } = gateway;
  const [entryPoint] = table.entryPoints;
  Object.defineProperty(entryPoint, 'hosts', { value: null, configurable: true });
  expect((await ask(gateway, '/x')).status).toBe(500);
  expect((await told)[0]).toMatchObject({ severity: 'error', message: expect.stringContaining("stage 'route'") });
  await gateway.deploy(gateway.gateway);
  expect((await ask(gateway, '/x')).status).toBe(200);
});
