import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { ask, exchangeBytes, portOfListener, startGateway } from './fixture.ts';

const head = 'Host: a\r\nConnection: close\r\n';
const kilobytes = (count: number) => 'x'.repeat(count * 1024);

// https://learn.microsoft.com/troubleshoot/azure/application-gateway/http-response-codes
// https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits#application-gateway-limits
test.each([
  ['a request line that is none', 'no HTTP\r\n\r\n', 400, 'INVALID_METHOD'],
  ['an unknown method', `GET123 / HTTP/1.1\r\n${head}\r\n`, 400, 'INVALID_METHOD'],
  ['an unknown version', `GET / HTTP/0.3\r\n${head}\r\n`, 400, 'INVALID_VERSION'],
  ['no Host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', 400, 'HTTP_NO_HOST_HEADER'],
  ['two Hosts', `GET / HTTP/1.1\r\n${head}Host: b\r\n\r\n`, 400, 'INVALID_REQUEST'],
  ['a Host with two ports', 'GET / HTTP/1.1\r\nHost: a:1:2\r\nConnection: close\r\n\r\n', 400, 'INVALID_HOST'],
  [
    'two Authorization headers',
    `GET / HTTP/1.1\r\n${head}Authorization: a\r\nAuthorization: b\r\n\r\n`,
    400,
    'INVALID_REQUEST',
  ],
  ['two Content-Types', `GET / HTTP/1.1\r\n${head}Content-Type: a\r\ncontent-type: b\r\n\r\n`, 400, 'INVALID_REQUEST'],
  [
    'two Content-Lengths',
    `POST / HTTP/1.1\r\n${head}Content-Length: 1\r\nContent-Length: 1\r\n\r\na`,
    400,
    'INVALID_CONTENT_LENGTH',
  ],
  [
    'a Content-Length that is no number',
    `POST / HTTP/1.1\r\n${head}Content-Length: x\r\n\r\n`,
    400,
    'INVALID_CONTENT_LENGTH',
  ],
  ['a negative Content-Length', `POST / HTTP/1.1\r\n${head}Content-Length: -1\r\n\r\n`, 400, 'INVALID_CONTENT_LENGTH'],
  [
    'length and chunks at once',
    `POST / HTTP/1.1\r\n${head}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n`,
    400,
    'INVALID_REQUEST',
  ],
  ['a POST without length', `POST / HTTP/1.1\r\n${head}\r\n`, 400, 'INVALID_CONTENT_LENGTH'],
  ['a character outside of ASCII in the URL', `GET /\xe9 HTTP/1.1\r\n${head}\r\n`, 400, 'REQUEST_URI_INVALID'],
  ['a header name outside of ASCII', `GET / HTTP/1.1\r\n${head}n\xe9: 1\r\n\r\n`, 400, 'INVALID_REQUEST'],
  ['an asterisk', `OPTIONS * HTTP/1.1\r\n${head}\r\n`, 400, 'REQUEST_URI_INVALID'],
  ['a URL above 32 KB', `GET /${kilobytes(33)} HTTP/1.1\r\n${head}\r\n`, 414, 'REQUEST_URI_INVALID'],
  ['a URL above all limits', `GET /${kilobytes(2000)} HTTP/1.1\r\n${head}\r\n`, 414, 'REQUEST_URI_INVALID'],
  ['headers above 32 KB', `GET / HTTP/1.1\r\n${head}A: ${kilobytes(33)}\r\n\r\n`, 400, 'INVALID_REQUEST'],
  ['headers above all limits', `GET / HTTP/1.1\r\n${head}A: ${kilobytes(900)}\r\n\r\n`, 400, 'INVALID_REQUEST'],
  ['a malformed chunk', `POST / HTTP/1.1\r\n${head}Transfer-Encoding: chunked\r\n\r\nx\r\n`, 400, 'INVALID_REQUEST'],
  ['TRACE', `TRACE / HTTP/1.1\r\n${head}\r\n`, 405, 'INVALID_METHOD_TRACE'],
  ['CONNECT', `CONNECT a:80 HTTP/1.1\r\n${head}\r\n`, 400, 'INVALID_METHOD'],
  [
    'an upgrade to h2c',
    'GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n',
    403,
    'NO_ERROR',
  ],
  ['HTTP/2 by prior knowledge', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, 'INVALID_REQUEST'],
])('answers %s', async (_name, request, status, errorInfo) => {
  const gateway = await startGateway({ rules: [{ pool: 'web' }] });
  const told = gateway.events.next('request');
  const text = await exchangeBytes(portOfListener(gateway), request);
  expect(text).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect(text).toContain('Microsoft-Azure-Application-Gateway/v2');
  expect((await told)[0]).toMatchObject({ status, errorInfo: `ERRORINFO_${errorInfo}` });
  expect((await ask(gateway, '/')).status).toBe(200);
});

test.each([
  ['a URL', `GET /${kilobytes(31)} HTTP/1.1\r\n${head}\r\n`],
  ['headers', `GET / HTTP/1.1\r\n${head}A: ${kilobytes(31)}\r\n\r\n`],
  ['both', `GET /${kilobytes(31)} HTTP/1.1\r\n${head}A: ${kilobytes(31)}\r\n\r\n`],
])('takes %s of 31 KB', async (_name, request) => {
  const gateway = await startGateway({ rules: [{ pool: 'web' }] });
  expect(await exchangeBytes(portOfListener(gateway), request)).toMatch(/^HTTP\/1\.1 200 /);
});

test('answers 408 to a client that does not finish its request', async () => {
  const gateway = await startGateway({ rules: [{ pool: 'web' }] }, { limits: { requestMilliseconds: 100 } });
  const text = await exchangeBytes(
    portOfListener(gateway),
    'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab',
  );
  expect(text).toMatch(/^HTTP\/1\.1 408 Request Time-out\r\n/);
  expect(gateway.requests().map(({ errorInfo }) => errorInfo)).toContain('ERRORINFO_CLIENT_TIMED_OUT');
});

test('closes a connection that lies idle', async () => {
  const gateway = await startGateway({ rules: [{ pool: 'web' }] }, { limits: { keepAliveMilliseconds: 50 } });
  const text = await exchangeBytes(portOfListener(gateway), 'GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  expect(text).toMatch(/\r\nConnection: keep-alive\r\n/);
  expect(text).not.toMatch(/keep-alive: timeout/i);
});

test('tells who speaks plain HTTP to a port for HTTPS', async () => {
  const gateway = await startGateway({
    listeners: [{ name: 'tls', port: 443, protocol: 'Https' }],
    rules: [{ pool: 'web' }],
  });
  const text = await exchangeBytes(portOfListener(gateway), 'GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  expect(text).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
  expect(text).toContain('<center>The plain HTTP request was sent to HTTPS port</center>');
  expect(gateway.requests()[0]?.errorInfo).toBe('ERRORINFO_HTTP_TO_HTTPS_PORT');
});

test('clients that only connect, or vanish, do no harm', async () => {
  const gateway = await startGateway({
    listeners: [{ name: 'tls', port: 443, protocol: 'Https' }],
    rules: [{ pool: 'web' }],
  });
  for (const bytes of ['', '\x16', '\x16\x03\x01\x02\x00garbage']) {
    const socket = connect(portOfListener(gateway), '127.0.0.1');
    await once(socket, 'connect');
    socket.write(bytes, 'latin1');
    socket.destroy();
  }
  expect(await exchangeBytes(portOfListener(gateway), 'GET / HTTP/1.1\r\nHost: a\r\n\r\n')).toMatch(/ 400 /);
});
