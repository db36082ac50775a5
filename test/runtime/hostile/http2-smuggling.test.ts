import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../../src/emulator/emulator.ts';
import { makeGateway } from '../../routing/gateway-fixture.ts';
import { portOfListener } from '../fixture.ts';
import { hidden } from './payloads/payload.ts';
import { encodeLines, type Frame, flags, frame, frameTypes, type Lines, RawHttp2Client } from './raw-http2.ts';
import { RecordingBackend } from './recording-backend.ts';

let backend: RecordingBackend;
let gateway: Emulator;
/** Somebody else, who shares the connection to the backend, on a connection that lasts. */
let neighbour: RawHttp2Client;
let neighbourStream = 1;

beforeAll(async () => {
  backend = await RecordingBackend.start();
  gateway = await startEmulator({
    gateway: makeGateway({
      enableHttp2: true,
      listeners: [{ name: 'tls', port: 443, protocol: 'Https' }],
      rules: [{ pool: 'web' }],
    }),
    listen: { all: 0 },
    backends: { web: `127.0.0.1:${backend.port}` },
  });
  neighbour = await RawHttp2Client.connect(portOfListener(gateway));
});

afterAll(async () => {
  neighbour.socket.destroy();
  await gateway.dispose(0);
  await backend.close();
});

beforeEach(() => backend.forget());

const plain = { ':method': 'GET', ':scheme': 'https', ':authority': 'a', ':path': '/x' };

function request(changed: Readonly<Record<string, string>>, more: Lines = []): Lines {
  return [...Object.entries({ ...plain, ...changed }), ...more];
}

function post(...more: Lines): Lines {
  return request({ ':method': 'POST' }, more);
}

function without(name: keyof typeof plain, more: Lines = []): Lines {
  return [...request({}).filter(([each]) => each !== name), ...more];
}

/** First bytes of a block of headers: the entry of HPACK's static table, or a status that has none. */
const statuses: Readonly<Record<number, string>> = { 136: '200', 140: '400' };

/** Sends one request and tells what came of it: the status, or that the stream or the connection was ended. */
async function outcomeOf({ lines, body, trailers }: Row): Promise<string> {
  const client = await RawHttp2Client.connect(portOfListener(gateway));
  client.send(
    frame(frameTypes.headers, flags.endHeaders | (body === undefined ? flags.endStream : 0), 1, encodeLines(lines)),
  );
  if (body !== undefined) {
    client.send(frame(frameTypes.data, trailers === undefined ? flags.endStream : 0, 1, Buffer.from(body)));
  }
  if (trailers !== undefined) {
    client.send(frame(frameTypes.headers, flags.endHeaders | flags.endStream, 1, encodeLines(trailers)));
  }
  const answer = await client.frame(({ type, stream }) => stream === 1 || type === frameTypes.goAway);
  client.socket.destroy();
  return describeAnswer(answer);
}

function describeAnswer(answer: Frame | null): string {
  if (answer?.type !== frameTypes.headers) return 'ended';
  return statuses[answer.payload.readUInt8(0)] ?? 'another status';
}

async function askAsNeighbour(): Promise<string> {
  const id = neighbourStream;
  neighbourStream += 2;
  const lines = encodeLines(request({ ':path': '/next' }));
  neighbour.send(frame(frameTypes.headers, flags.endHeaders | flags.endStream, id, lines));
  return describeAnswer(await neighbour.frame(({ stream }) => stream === id));
}

interface Row {
  readonly name: string;
  readonly lines: Lines;
  readonly body?: string;
  readonly trailers?: Lines;
  /** Newer versions of nghttp2, as that of Node.js 24, end the stream before the gateway sees it. */
  readonly mayEnd?: true;
}

/** A stream that is malformed ends; the gateway never sees a request. https://www.rfc-editor.org/rfc/rfc9113#section-8.1.1 */
const ended: readonly Row[] = [
  { name: 'a length above that of the data', lines: post(['content-length', '100']), body: hidden },
  { name: 'a length below that of the data', lines: post(['content-length', '5']), body: hidden },
  { name: 'a length of 0 before data', lines: post(['content-length', '0']), body: hidden },
  { name: 'a length without data', lines: post(['content-length', '5']) },
  { name: 'a length without data in a GET', lines: request({}, [['content-length', '5']]) },
  { name: 'two lengths', lines: post(['content-length', '0'], ['content-length', `${hidden.length}`]), body: hidden },
  { name: 'one length twice', lines: post(['content-length', '5'], ['content-length', '5']), body: 'hello' },
  { name: 'a list of lengths', lines: post(['content-length', '5, 5']), body: 'hello' },
  { name: 'a length with a plus', lines: post(['content-length', '+5']), body: 'hello' },
  { name: 'an empty length', lines: post(['content-length', '']), body: 'hello' },
  { name: 'a length above 64 bits', lines: post(['content-length', '99999999999999999999']), body: 'hello' },
  { name: 'chunks', lines: post(['transfer-encoding', 'chunked']), body: `0\r\n\r\n${hidden}` },
  { name: 'identity as a coding', lines: post(['transfer-encoding', 'identity']), body: hidden },
  { name: 'TE other than trailers', lines: request({}, [['te', 'gzip']]) },
  { name: 'Connection', lines: request({}, [['connection', 'close']]) },
  { name: 'Keep-Alive', lines: request({}, [['keep-alive', '1']]) },
  { name: 'Proxy-Connection', lines: request({}, [['proxy-connection', 'close']]) },
  {
    name: 'an upgrade to WebSocket',
    lines: request({}, [
      ['connection', 'upgrade'],
      ['upgrade', 'websocket'],
    ]),
  },
  { name: 'an upgrade to h2c', lines: request({}, [['upgrade', 'h2c']]) },
  { name: 'a name in capitals', lines: request({}, [['X-Y', 'a']]) },
  { name: 'a blank in the path', lines: request({ ':path': '/x y' }) },
  { name: 'a version in the path', lines: request({ ':path': '/x HTTP/1.1' }) },
  { name: 'a request in the path', lines: request({ ':path': `/x HTTP/1.1\r\nHost: a\r\n\r\n${hidden}` }) },
  { name: 'a tab in the path', lines: request({ ':path': '/x\ty' }) },
  { name: 'a NUL in the path', lines: request({ ':path': '/x\0' }) },
  { name: 'an empty path', lines: request({ ':path': '' }) },
  { name: 'a path without slash', lines: request({ ':path': 'x' }) },
  { name: 'an absolute path', lines: request({ ':path': 'http://b/x' }) },
  { name: 'an asterisk', lines: request({ ':path': '*' }) },
  { name: 'no path', lines: without(':path') },
  { name: 'no method', lines: without(':method') },
  { name: 'no scheme', lines: without(':scheme') },
  { name: 'neither authority nor Host', lines: without(':authority') },
  { name: 'two paths', lines: request({}, [[':path', '/y']]) },
  { name: 'two methods', lines: request({}, [[':method', 'POST']]) },
  { name: 'two authorities', lines: request({}, [[':authority', 'b']]) },
  { name: 'a pseudo header behind a header', lines: [['x', 'y'], ...request({})] },
  { name: 'an unknown pseudo header', lines: request({}, [[':foo', 'b']]) },
  { name: 'a pseudo header of answers', lines: request({}, [[':status', '200']]) },
  { name: 'a protocol', lines: request({}, [[':protocol', 'websocket']]) },
  { name: 'a WebSocket by CONNECT', lines: request({ ':method': 'CONNECT' }, [[':protocol', 'websocket']]) },
  { name: 'a request in the method', lines: request({ ':method': `${hidden}GET` }) },
  { name: 'a blank in the method', lines: request({ ':method': 'GET /hidden' }) },
  { name: 'an empty method', lines: request({ ':method': '' }) },
  { name: 'a blank in the authority', lines: request({ ':authority': 'a b' }) },
  { name: 'a line end in the authority', lines: request({ ':authority': 'a\r\nx: y' }) },
  { name: 'a path in the authority', lines: request({ ':authority': 'a/b' }) },
  { name: 'an empty authority', lines: request({ ':authority': '' }) },
  { name: 'a URL as the scheme', lines: request({ ':scheme': 'https://b/?' }) },
  { name: 'a line end in the scheme', lines: request({ ':scheme': 'https\r\nx: y' }) },
  {
    name: 'two Hosts',
    lines: without(':authority', [
      ['host', 'a'],
      ['host', 'a'],
    ]),
  },
  { name: 'a coding as trailer', lines: post(), body: 'hello', trailers: [['transfer-encoding', 'chunked']] },
  { name: 'a length as trailer', lines: post(), body: hidden, trailers: [['content-length', '5']] },
  { name: 'a path as trailer', lines: post(), body: 'hello', trailers: [[':path', '/hidden']] },
];

const refused: readonly Row[] = [
  { name: 'a path outside of ASCII', lines: request({ ':path': '/\xe9' }) },
  { name: 'an asterisk for OPTIONS', lines: request({ ':method': 'OPTIONS', ':path': '*' }) },
  { name: 'a user in the authority', lines: request({ ':authority': 'u@b' }), mayEnd: true },
  { name: 'a Host that differs', lines: request({}, [['host', 'b']]) },
  { name: 'a method in small letters', lines: request({ ':method': 'get' }) },
  { name: 'a method with digits', lines: request({ ':method': 'GET123' }) },
  { name: 'a method with other characters', lines: request({ ':method': 'A!#' }) },
  {
    name: 'a CONNECT',
    lines: [
      [':method', 'CONNECT'],
      [':authority', 'a:80'],
    ],
  },
];

/** Lines with characters that HTTP does not allow are not there for Node (20 to 24); the rest of the request is. */
const forwarded: readonly Row[] = [
  { name: 'a plain request', lines: request({}) },
  { name: 'a Host that says the same', lines: request({}, [['host', 'a']]) },
  { name: 'a Host instead of the authority', lines: without(':authority', [['host', 'a']]) },
  { name: 'a Host that is malformed', lines: request({}, [['host', 'b c']]) },
  { name: 'a line end in a value', lines: request({}, [['x', 'a\r\nb: c']]) },
  { name: 'a request in a value', lines: request({}, [['x', `a\r\n\r\n${hidden}`]]) },
  { name: 'a bare LF in a value', lines: request({}, [['x', 'a\nb']]) },
  { name: 'a bare CR in a value', lines: request({}, [['x', 'a\rb']]) },
  { name: 'a NUL in a value', lines: request({}, [['x', 'a\0b']]) },
  { name: 'a line end in a cookie', lines: request({}, [['cookie', 'a=b\r\nx: y']]) },
  { name: 'a line end in a name', lines: request({}, [['x: y\r\nz', 'a']]) },
  { name: 'a colon in a name', lines: request({}, [['x:y', 'a']]) },
  { name: 'a blank in a name', lines: request({}, [['x y', 'a']]) },
  { name: 'an empty name', lines: request({}, [['', 'a']]) },
  { name: 'blanks around a value', lines: request({}, [['x', ' a ']]) },
  { name: 'a coding with a blank behind its name', lines: post(['transfer-encoding ', 'chunked']), body: hidden },
  { name: 'a coding with an underscore', lines: post(['transfer_encoding', 'chunked']), body: hidden },
  { name: 'a body without length', lines: post(), body: hidden },
  { name: 'a body of a GET', lines: request({}, [['content-length', `${hidden.length}`]]), body: hidden },
  { name: 'a Host as trailer', lines: post(), body: hidden, trailers: [['host', 'b']] },
];

describe.each([
  ['ended', ended],
  ['400', refused],
  ['200', forwarded],
])('%s', (outcome, rows) => {
  test.each(rows)('$name', async (row) => {
    expect(row.mayEnd ? [outcome, 'ended'] : [outcome]).toContain(await outcomeOf(row));
    expect(await askAsNeighbour()).toBe('200');
    const reaches = outcome === '200' ? [['/x', 'a', row.body ?? '']] : [];
    const seen = backend.requests.map(({ target, headers, body }) => [target, headers.get('host'), body]);
    expect({ seen, faults: backend.faults }).toEqual({ seen: [...reaches, ['/next', 'a', '']], faults: [] });
  });
});

test('a client that breaks the rules of frames is told to go away, and nobody else', async () => {
  const client = await RawHttp2Client.connect(portOfListener(gateway));
  client.send(frame(frameTypes.data, flags.endStream, 1, Buffer.from(hidden)));
  expect(await client.frame(({ type }) => type === frameTypes.goAway)).not.toBeNull();
  client.socket.destroy();
  expect(await askAsNeighbour()).toBe('200');
});
