import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { exchangeBytes, portOfListener, startGateway, startGatewayBefore, startRawBackend } from '../fixture.ts';
import { dial, handshake, say, startChat, validKey } from './chat.ts';

test('the backend sees the handshake as the client sent it, with the headers of the gateway', async () => {
  const chat = await startChat();
  const gateway = await startGatewayBefore([chat]);
  const client = await dial(gateway, '/chat', {
    protocols: ['one', 'two'],
    headers: { Host: 'chat.contoso.com', Origin: 'https://contoso.com' },
  });
  expect(client.protocol).toBe('two');
  expect(client.extensions).toContain('permessage-deflate');
  const [seen] = chat.handshakes;
  expect(seen?.headers).toMatchObject({
    host: 'chat.contoso.com',
    origin: 'https://contoso.com',
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-protocol': 'one,two',
    'sec-websocket-version': '13',
    'x-forwarded-proto': 'http',
    'x-original-host': 'chat.contoso.com',
    'x-original-url': '/chat',
  });
  expect(seen?.rawHeaders).toEqual(expect.arrayContaining(['Sec-WebSocket-Key', 'X-Forwarded-For']));
});

test('the answer of a server that does not switch reaches the client whole', async () => {
  const chat = await startChat();
  const gateway = await startGatewayBefore([chat]);
  const text = await exchangeBytes(portOfListener(gateway), handshake('/closed'));
  expect(text).toMatch(/^HTTP\/1\.1 403 Forbidden\r\n/);
  expect(text).toMatch(/\r\nX-Why: no chat\r\n/);
  expect(text.endsWith('\r\n\r\nhalt')).toBe(true);
  expect(gateway.requests()[0]).toMatchObject({ status: 403, upgraded: false });
});

test.each([
  ['refuses', 'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\n', /^HTTP\/1\.1 304 Not Modified\r\n(?!.*chunked)/s],
  ['closes the connection', '', /^HTTP\/1\.1 502 Bad Gateway\r\n/],
  ['sends garbage', 'no HTTP\r\n\r\n', /^HTTP\/1\.1 502 Bad Gateway\r\n/],
])('a handshake whose server %s is answered', async (_name, answer, expected) => {
  const backend = await startRawBackend((socket) => socket.end(answer));
  const gateway = await startGatewayBefore([backend]);
  expect(await exchangeBytes(portOfListener(gateway), handshake('/chat'))).toMatch(expected);
});

test('a handshake is tried with a second server when the first one refuses the connection', async () => {
  const [dead, chat] = [await startChat(), await startChat()];
  const gateway = await startGatewayBefore([dead, chat]);
  await dead.close();
  const clients = [await dial(gateway, '/chat'), await dial(gateway, '/chat')];
  for (const client of clients) expect(await say(client, 'hi')).toBe('hi');
});

test('answers 502 to a handshake when no server is healthy', async () => {
  const gateway = await startGateway({ rules: [{ pool: 'web' }] }, { unmapped: 'down' });
  const text = await exchangeBytes(portOfListener(gateway), handshake('/chat'));
  expect(text).toMatch(/^HTTP\/1\.1 502 Bad Gateway\r\n/);
});

test('an upgrade to something else is answered like any other request', async () => {
  const chat = await startChat();
  const gateway = await startGatewayBefore([chat]);
  const text = await exchangeBytes(
    portOfListener(gateway),
    'GET /x HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, close\r\nUpgrade: other/1\r\n\r\n',
  );
  expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(text.endsWith('http')).toBe(true);
});

test('answers 504 to a handshake that the server leaves unanswered for the request time-out', async () => {
  const backend = await startRawBackend(() => undefined);
  const gateway = await startGatewayBefore([backend], { settings: { settings: { requestTimeoutSeconds: 1 } } });
  const text = await exchangeBytes(portOfListener(gateway), handshake('/chat'));
  expect(text).toMatch(/^HTTP\/1\.1 504 /);
  expect(gateway.requests()[0]).toMatchObject({ upgraded: false, errorInfo: 'ERRORINFO_UPSTREAM_TIMED_OUT' });
});

test('a redirect and a demand for a password reach the client of a handshake', async () => {
  const answers = [
    'HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm="chat"\r\nContent-Length: 2\r\n\r\nno',
    'HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n',
    'HTTP/1.1 404 Not Found\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nnot\r\n5\r\n here\r\n0\r\n\r\n',
  ];
  const backend = await startRawBackend((socket) => socket.end(answers.shift() ?? ''));
  const port = portOfListener(await startGatewayBefore([backend]));
  const [demand, redirect, missing] = [
    await exchangeBytes(port, handshake('/chat')),
    await exchangeBytes(port, handshake('/chat')),
    await exchangeBytes(port, handshake('/chat')),
  ];
  expect(demand).toMatch(/^HTTP\/1\.1 401 Unauthorized\r\n.*WWW-Authenticate: Basic realm="chat"\r\n.*\r\n\r\nno$/s);
  expect(redirect).toMatch(/^HTTP\/1\.1 302 .*\r\nLocation: \/elsewhere\r\n/s);
  expect(missing).toMatch(/^HTTP\/1\.1 404 .*\r\n\r\n8\r\nnot here\r\n0\r\n\r\n$/s);
});

test('a body of megabytes that answers a handshake arrives whole', async () => {
  const body = 'x'.repeat(4 * 1024 * 1024);
  const backend = await startRawBackend((socket) => {
    socket.end(`HTTP/1.1 403 Forbidden\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
  });
  const gateway = await startGatewayBefore([backend]);
  const text = await exchangeBytes(portOfListener(gateway), handshake('/chat'));
  expect(text.slice(text.indexOf('\r\n\r\n') + 4) === body).toBe(true);
});

test('a header of a server that agrees may have any name', async () => {
  const backend = await startRawBackend((socket) => {
    const upgraded = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n';
    socket.end(`${upgraded}Constructor: me\r\n__proto__: mine\r\n\r\n`);
  });
  const text = await exchangeBytes(portOfListener(await startGatewayBefore([backend])), handshake('/chat'));
  expect(text).toContain('\r\nConstructor: me\r\n');
  expect(text).toContain('\r\n__proto__: mine\r\n');
});

test('what a client sends right behind its handshake is not lost', async () => {
  const received: string[] = [];
  const backend = await startRawBackend((socket, text) => {
    received.push(text);
    if (text.startsWith('GET')) {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nhello');
    }
    if (received.join('').includes('early')) socket.end();
  });
  const gateway = await startGatewayBefore([backend]);
  const text = await exchangeBytes(portOfListener(gateway), `${handshake('/chat')}early`);
  expect(received.join('').endsWith('\r\n\r\nearly')).toBe(true);
  expect(text.endsWith('\r\n\r\nhello')).toBe(true);
});

test('rewrites apply to the handshake, and leave alone what makes it one', async () => {
  const chat = await startChat();
  const gateway = await startGatewayBefore([chat], {
    rules: [{ pool: 'web', rewrites: 'set' }],
    rewrites: {
      set: [
        {
          path: '/v2{var_uri_path}',
          request: [
            ['X-Room', 'lobby'],
            ['Upgrade', 'other'],
            ['Connection', 'close'],
          ],
          response: [
            ['X-Greeting', 'hello'],
            ['Upgrade', 'other'],
            ['Connection', 'close'],
          ],
        },
      ],
    },
  });
  const text = await headOf(portOfListener(gateway), handshake('/chat'));
  expect(text).toMatch(/^HTTP\/1\.1 101 /);
  expect(text).toMatch(/\r\nX-Greeting: hello\r\n/);
  expect(text).toMatch(/\r\nUpgrade: websocket\r\n/i);
  expect(text).not.toMatch(/other|close/);
  const [seen] = chat.handshakes;
  expect(seen?.url).toBe('/v2/chat');
  expect(seen?.headers).toMatchObject({ 'x-room': 'lobby', upgrade: 'websocket', connection: 'Upgrade' });
});

const withKey = (headers: string) => `${headers}Sec-WebSocket-Key: ${validKey}\r\n`;
const version = 'Sec-WebSocket-Version: 13\r\n';
const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\n';

// What a handshake must have. What it is worth without is for the server to say, or for the gateway when it is no HTTP.
// https://www.rfc-editor.org/rfc/rfc6455#section-4.1
// https://www.rfc-editor.org/rfc/rfc6455#section-4.2.1
test.each([
  ['has no key', 'GET /chat HTTP/1.1', `Host: a\r\n${upgrade}${version}`, /400/],
  ['has an empty key', 'GET /chat HTTP/1.1', `Host: a\r\n${upgrade}${version}Sec-WebSocket-Key: \r\n`, /400/],
  [
    'has a key that is too short',
    'GET /chat HTTP/1.1',
    `Host: a\r\n${upgrade}${version}Sec-WebSocket-Key: abc\r\n`,
    /400/,
  ],
  [
    'has a key that is no base64',
    'GET /chat HTTP/1.1',
    `Host: a\r\n${upgrade}${version}Sec-WebSocket-Key: ${'!'.repeat(24)}\r\n`,
    /400/,
  ],
  ['has two keys', 'GET /chat HTTP/1.1', withKey(withKey(`Host: a\r\n${upgrade}${version}`)), /400/],
  ['has no version', 'GET /chat HTTP/1.1', withKey(`Host: a\r\n${upgrade}`), /400/],
  ['has another version', 'GET /chat HTTP/1.1', withKey(`Host: a\r\n${upgrade}Sec-WebSocket-Version: 99\r\n`), /400/],
  [
    'has a version that is no number',
    'GET /chat HTTP/1.1',
    withKey(`Host: a\r\n${upgrade}Sec-WebSocket-Version: x\r\n`),
    /400/,
  ],
  [
    'has no Connection',
    'GET /chat HTTP/1.1',
    withKey(`Host: a\r\nUpgrade: websocket\r\nConnection: close\r\n${version}`),
    /200/,
  ],
  ['has no Upgrade', 'GET /chat HTTP/1.1', withKey(`Host: a\r\nConnection: Upgrade, close\r\n${version}`), /200/],
  [
    'has an empty Upgrade',
    'GET /chat HTTP/1.1',
    withKey(`Host: a\r\nConnection: Upgrade, close\r\nUpgrade: \r\n${version}`),
    /200/,
  ],
  [
    'asks for another protocol',
    'GET /chat HTTP/1.1',
    withKey(`Host: a\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n${version}`),
    /403/,
  ],
  ['is a POST', 'POST /chat HTTP/1.1', withKey(`Host: a\r\n${upgrade}${version}Content-Length: 0\r\n`), /200/],
  [
    'expects to be told to go on',
    'GET /chat HTTP/1.1',
    withKey(`Host: a\r\n${upgrade}${version}Expect: 100-continue\r\n`),
    /101/,
  ],
  [
    'names another protocol as well',
    'GET /chat HTTP/1.1',
    withKey(`Host: a\r\n${upgrade}Upgrade: other\r\n${version}`),
    /200/,
  ],
  ['is HTTP/1.0', 'GET /chat HTTP/1.0', withKey(`Host: a\r\n${upgrade}${version}`), /200/],
  ['is HTTP/0.9', 'GET /chat', '', /400/],
  ['has no Host', 'GET /chat HTTP/1.1', withKey(`${upgrade}${version}`), /400/],
  ['has two Hosts', 'GET /chat HTTP/1.1', withKey(`Host: a\r\nHost: b\r\n${upgrade}${version}`), /400/],
  ['has a fragment in its URL', 'GET /chat#top HTTP/1.1', withKey(`Host: a\r\n${upgrade}${version}`), /101/],
  ['has a URL with a space', 'GET /ch at HTTP/1.1', withKey(`Host: a\r\n${upgrade}${version}`), /400/],
  [
    'has a protocol that is no token',
    'GET /chat HTTP/1.1',
    withKey(`Host: a\r\n${upgrade}${version}Sec-WebSocket-Protocol: a b,,\r\n`),
    /400/,
  ],
  [
    'has an extension that is none',
    'GET /chat HTTP/1.1',
    withKey(`Host: a\r\n${upgrade}${version}Sec-WebSocket-Extensions: ;;;=\r\n`),
    /400/,
  ],
  [
    'has a control character in a header',
    'GET /chat HTTP/1.1',
    withKey(`Host: a\r\nOrigin: \x00\r\n${upgrade}${version}`),
    /400/,
  ],
  ['has a header without a colon', 'GET /chat HTTP/1.1', withKey(`Host: a\r\nnonsense\r\n${upgrade}${version}`), /400/],
])('a handshake that %s harms nobody', async (_name, requestLine, headers, status) => {
  const chat = await startChat();
  const gateway = await startGatewayBefore([chat]);
  const text = await headOf(portOfListener(gateway), `${requestLine}\r\n${headers}\r\n`);
  expect(text).toMatch(new RegExp(`^HTTP/1\\.1 (?:${status.source}) `));
  const client = await dial(gateway, '/chat');
  expect(await say(client, 'hi')).toBe('hi');
  client.terminate();
  // Waits for what is open: a request that were never let go would keep it longer than the test may take.
  await gateway.dispose(60_000);
});

/** Sends bytes, returns the head of what comes back, and breaks the connection off. */
async function headOf(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(text, 'latin1');
  let received = '';
  for await (const chunk of socket) {
    received += (chunk as Buffer).toString('latin1');
    if (received.includes('\r\n\r\n')) break;
  }
  return received;
}
