import { Agent } from 'node:http';
import { Writable } from 'node:stream';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Emulator } from '../../src/emulator/emulator.ts';

import { AccessLogWriter } from '../../src/observability/access-log-writer.ts';
import { describeRequest } from '../../src/observability/describe-request.ts';
import { EmulatorEvents } from '../../src/observability/emulator-events.ts';
import { RequestLog } from '../../src/observability/request-log.ts';
import { RequestRecord } from '../../src/observability/request-record.ts';
import { makeGateway } from '../routing/gateway-fixture.ts';
import { makeRequest } from '../routing/request-fixture.ts';
import {
  ask,
  exchangeBytes,
  portOfListener,
  startBackend,
  startGateway,
  startGatewayBefore,
} from '../runtime/fixture.ts';
import { accessLogLine } from './access-log-line.ts';

const spec = {
  listeners: [{ name: 'main' }],
  rules: [{ name: 'r1', pool: 'web', rewrites: 'set' }],
  pools: { web: ['10.0.0.4'] },
  rewrites: { set: [{ path: '/x{var_uri_path}' }] },
} as const;

test('a line of v2 has the fields of Azure, in their order and types', async () => {
  const gateway = await startGateway(spec);
  await ask(gateway, '/a?b=1', { headers: { host: 'shop.contoso.com', 'user-agent': 'curl/8.7.1' } });
  const [record] = gateway.requests();
  if (record === undefined) throw new Error('The request left no record.');
  const line = JSON.parse(accessLogLine(record));
  // https://learn.microsoft.com/azure/application-gateway/monitor-application-gateway-reference#resource-logs
  expect(line).toEqual({
    timeStamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/),
    resourceId: 'GATEWAY',
    listenerName: 'main',
    ruleName: 'r1',
    backendPoolName: 'web',
    backendSettingName: 'settings',
    operationName: 'ApplicationGatewayAccess',
    category: 'ApplicationGatewayAccessLog',
    properties: {
      instanceId: 'appgw_0',
      clientIP: '127.0.0.1',
      clientPort: expect.any(Number),
      httpMethod: 'GET',
      originalRequestUriWithArgs: '/a?b=1',
      requestUri: '/x/a',
      requestQuery: 'b=1',
      userAgent: 'curl/8.7.1',
      httpStatus: 200,
      httpVersion: 'HTTP/1.1',
      receivedBytes: expect.any(Number),
      sentBytes: expect.any(Number),
      clientResponseTime: expect.any(Number),
      timeTaken: expect.any(Number),
      WAFEvaluationTime: '',
      WAFMode: '',
      transactionId: expect.stringMatching(/^[0-9a-f]{32}$/),
      sslEnabled: 'off',
      sslCipher: '',
      sslProtocol: '',
      sslClientVerify: '',
      sslClientCertificateFingerprint: '',
      sslClientCertificateIssuerName: '',
      serverRouted: '10.0.0.4:80',
      serverStatus: '200',
      serverResponseLatency: expect.stringMatching(/^\d+\.\d{3}$/),
      upstreamSourcePort: expect.stringMatching(/^\d+$/),
      originalHost: 'shop.contoso.com',
      host: 'shop.contoso.com',
      error_info: 'ERRORINFO_NO_ERROR',
      contentType: 'application/json',
    },
  });
  expect(Object.keys(line.properties).slice(0, 4)).toEqual(['instanceId', 'clientIP', 'clientPort', 'httpMethod']);
});

// https://learn.microsoft.com/azure/application-gateway/monitor-application-gateway-reference#resource-logs
test('a line of v1 has its own fields, in their order and types', async () => {
  const gateway = await startGateway({ ...spec, generation: 'v1' });
  await ask(gateway, '/a?b=1', { headers: { host: 'shop.contoso.com' } });
  const line = JSON.parse(accessLogLine(await latest(gateway)));
  expect(line).toEqual({
    resourceId: 'GATEWAY',
    operationName: 'ApplicationGatewayAccess',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    category: 'ApplicationGatewayAccessLog',
    properties: {
      instanceId: 'ApplicationGatewayRole_IN_0',
      clientIP: '127.0.0.1',
      clientPort: expect.any(Number),
      httpMethod: 'GET',
      requestUri: '/a',
      requestQuery: expect.stringMatching(
        /^b=1&X-AzureApplicationGateway-CACHE-HIT=0&SERVER-ROUTED=10\.0\.0\.4&X-AzureApplicationGateway-LOG-ID=[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}&SERVER-STATUS=200$/,
      ),
      userAgent: '-',
      httpStatus: 200,
      httpVersion: 'HTTP/1.1',
      receivedBytes: expect.any(Number),
      sentBytes: expect.any(Number),
      timeTaken: expect.any(Number),
      sslEnabled: 'off',
      host: 'shop.contoso.com',
      originalHost: 'shop.contoso.com',
    },
  });
  expect(Object.keys(line.properties).slice(-3)).toEqual(['sslEnabled', 'host', 'originalHost']);
});

test('upstreamSourcePort is the port that the server sees, also when a connection is used again', async () => {
  const seen: string[] = [];
  const backend = await startBackend((incoming, outgoing) => {
    seen.push(String(incoming.socket.remotePort));
    outgoing.end('x');
  });
  const gateway = await startGatewayBefore([backend]);
  const agent = new Agent({ keepAlive: true });
  onTestFinished(() => agent.destroy());
  for (const path of ['/a', '/b']) await ask(gateway, path, { agent });
  await expect.poll(() => gateway.requests().length).toBe(2);
  const logged = gateway.requests().map((record) => JSON.parse(accessLogLine(record)).properties);
  expect(logged.map(({ upstreamSourcePort }) => upstreamSourcePort).reverse()).toEqual(seen);
});

describe('receivedBytes and sentBytes count every byte of head and body', () => {
  test.each([
    ['of a server', 'GET /a?b=1 HTTP/1.1\r\nHost: contoso.com\r\nConnection: close\r\n\r\n'],
    ['to HEAD', 'HEAD /a HTTP/1.1\r\nHost: contoso.com\r\nConnection: close\r\n\r\n'],
    ['with a body', 'POST /a HTTP/1.1\r\nHost: contoso.com\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello'],
    ['of the gateway itself', 'GET / HTTP/1.1\r\nHost: nobody.com\r\nConnection: close\r\n\r\n'],
    ['of the gateway itself to HEAD', 'HEAD /nobody HTTP/1.1\r\nHost: nobody.com\r\nConnection: close\r\n\r\n'],
    ['to what cannot be read', 'GET\r\n\r\n'],
  ])('of an answer %s', async (_, text) => {
    const backend = await startBackend((incoming, outgoing) => {
      incoming.resume();
      outgoing.writeHead(200, { 'content-length': 3, 'x-more': 'than nothing' }).end('abc');
    });
    const gateway = await startGatewayBefore([backend], { listeners: [{ name: 'main', hosts: ['contoso.com'] }] });
    const answer = await exchangeBytes(portOfListener(gateway), text);
    await expect.poll(() => gateway.requests().length).toBe(1);
    const { properties } = JSON.parse(accessLogLine(await latest(gateway)));
    expect(properties.sentBytes).toBe(answer.length);
    if (text.length > 10) expect(properties.receivedBytes).toBe(text.length);
  });
});

test('a request that the gateway answers itself has no server in its line, and quotes are escaped', async () => {
  const gateway = await startGateway({
    listeners: [{ name: 'main', hosts: ['contoso.com'] }],
    rules: [{ pool: 'web' }],
  });
  await ask(gateway, '/', { headers: { host: 'other.com', 'user-agent': 'a "quoted" \\ one' } });
  const [record] = gateway.requests();
  if (record === undefined) throw new Error('The request left no record.');
  const line = JSON.parse(accessLogLine(record));
  expect(line).toMatchObject({ listenerName: '', ruleName: '', backendPoolName: '' });
  expect(line.properties).toMatchObject({
    httpStatus: 404,
    serverRouted: '',
    serverStatus: '',
    error_info: 'ERRORINFO_INVALID_HOST',
    userAgent: 'a "quoted" \\ one',
  });
});

test.each(['v1', 'v2'] as const)('a line of %s is ASCII, whatever its texts are', async (generation) => {
  const gateway = await startGateway({
    generation,
    listeners: [{ name: 'größe' }],
    rules: [{ name: 'größe', listener: 'größe', pool: 'web' }],
  });
  await ask(gateway, '/', { headers: { host: 'contoso.com', 'user-agent': 'caf\u00e9 "1"' } });
  const line = accessLogLine(await latest(gateway));
  expect(line).toMatch(/^[\x20-\x7e]+$/);
  const { listenerName, properties } = JSON.parse(line);
  expect(properties.userAgent).toBe('caf\u00e9 "1"');
  if (generation === 'v2') expect(listenerName).toBe('größe');
});

test('a description of a request is plain data that tells what was decided', async () => {
  const gateway = await startGateway(spec);
  await ask(gateway, '/a?b=1', { headers: { host: 'shop.contoso.com' } });
  const [record] = gateway.requests();
  if (record === undefined) throw new Error('The request left no record.');
  const description = describeRequest(record);
  expect(JSON.parse(JSON.stringify(description))).toEqual(description);
  expect(description).toMatchObject({
    method: 'GET',
    url: '/a?b=1',
    host: 'shop.contoso.com',
    listener: 'main',
    rule: 'r1',
    pathRule: null,
    pool: 'web',
    member: '10.0.0.4',
    backendPath: '/x/a?b=1',
    rewrites: [{ ruleSet: 'set', changes: [{ target: 'path', value: '/x/a' }] }],
    status: 200,
    attempts: [{ member: '10.0.0.4', port: 80, status: 200, failure: null }],
  });
});

async function latest(gateway: Emulator): Promise<RequestRecord> {
  const [record] = gateway.requests();
  if (record === undefined) throw new Error('The request left no record.');
  return record;
}

function makeRecord(url = '/'): RequestRecord {
  return new RequestRecord(makeRequest({ url: `http://contoso.com${url}` }), makeGateway({ rules: [] }), 0, 0);
}

test('a log keeps the latest requests, newest first', () => {
  const log = new RequestLog(3);
  const urls = (limit: number) => log.latest(limit).map(({ request }) => request.url);
  expect(urls(5)).toEqual([]);
  for (const url of ['/1', '/2', '/3', '/4']) log.add(makeRecord(url));
  expect(urls(10)).toEqual(['/4', '/3', '/2']);
  expect(urls(1)).toEqual(['/4']);
});

test('a writer writes all lines, in order, through a slow sink, and leaves it open', async () => {
  const events = new EmulatorEvents();
  let text = '';
  const sink = new Writable({
    highWaterMark: 1,
    write(chunk, _encoding, done) {
      text += String(chunk);
      setImmediate(done);
    },
  });
  const writer = new AccessLogWriter(events, sink);
  for (let index = 0; index < 50; index++) {
    events.emit('request', makeRecord(`/${index}`));
    if (index % 10 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  await writer.dispose();
  const urls = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).properties.originalRequestUriWithArgs);
  expect(urls).toEqual(Array.from({ length: 50 }, (_, index) => `/${index}`));
  expect(sink.writable).toBe(true);
});

test('a piece of memory that was written is filled again', async () => {
  const pieces = new Set<ArrayBufferLike>();
  const sink = new Writable({
    highWaterMark: 1,
    write(chunk: Buffer, _encoding, done) {
      pieces.add(chunk.buffer);
      setImmediate(done);
    },
  });
  const writer = new AccessLogWriter(new EmulatorEvents(), sink);
  const line = `${'x'.repeat(5_000)}\n`;
  for (let index = 0; index < 1000; index++) {
    // Many a piece is full with the first: the second is added while it is written.
    writer.append(line);
    writer.append(line);
    // Time enough for the sink to be done with what it has.
    for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
  }
  await writer.dispose();
  // 38 pieces were filled: one while another was written, and what is left at the end in one of its own.
  expect(pieces.size).toBeLessThan(5);
});

test('lines beyond what may wait for a slow reader are left out, and counted', async () => {
  const events = new EmulatorEvents();
  let bytes = 0;
  let goOn: () => void = () => undefined;
  const sink = new Writable({
    highWaterMark: 1,
    write(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      goOn = done;
    },
  });
  const writer = new AccessLogWriter(events, sink);
  const line = 'x'.repeat(1024 * 1024);
  for (let index = 0; index < 100; index++) writer.append(`${line}\n`);
  expect(writer.leftOut).toBeGreaterThan(30);
  expect(writer.leftOut).toBeLessThan(40);
  sink.on('drain', () => undefined);
  const disposed = writer.dispose();
  while (bytes < (100 - writer.leftOut) * (line.length + 1)) {
    goOn();
    await new Promise((resolve) => setImmediate(resolve));
  }
  goOn();
  await disposed;
  expect(bytes).toBe((100 - writer.leftOut) * (line.length + 1));
});

test('a sink that breaks becomes a notice', async () => {
  const events = new EmulatorEvents();
  const told = events.next('notice');
  const writer = new AccessLogWriter(
    events,
    new Writable({ write: (_chunk, _encoding, done) => done(new Error('disk full')) }),
  );
  events.emit('request', makeRecord());
  expect((await told)[0].message).toBe('The access log cannot be written: disk full.');
  await writer.dispose();
});

test('a watcher that throws disturbs nobody, and becomes a notice', () => {
  const events = new EmulatorEvents();
  const heard: string[] = [];
  events.on('notice', ({ message }) => heard.push(message));
  events.on('redeploy', () => {
    throw new Error('oops');
  });
  events.on('redeploy', () => heard.push('second'));
  events.emit('redeploy');
  expect(heard).toEqual(["A watcher of 'redeploy' failed: Error: oops", 'second']);
});
