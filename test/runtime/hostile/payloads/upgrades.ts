import { asChunks, chunked, get, hidden, lengthOf, oneRequest, type Payload, post } from './payload.ts';

const upgradeTo = (...protocols: readonly string[]) =>
  `Connection: Upgrade\r\n${protocols.map((protocol) => `Upgrade: ${protocol}\r\n`).join('')}`;
const webSocket = `${upgradeTo('websocket')}Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n`;
const h2c = 'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n';

const forbidden = (name: string, bytes: string): Payload => ({ name, bytes, answers: [403] });

/**
 * Requests to change the protocol. The backend never agrees here: what the client sent behind such a request must not
 * become a request, unless it is one.
 */
export const upgrades: readonly Payload[] = [
  forbidden('an upgrade to h2c', get(h2c)),
  forbidden('an upgrade to h2c with a body', post(`${h2c}${lengthOf(hidden)}`, hidden)),
  forbidden('an upgrade to h2c that no Connection names', get('Upgrade: h2c\r\n')),
  forbidden('an upgrade to h2c or another', get(upgradeTo('foo, h2c'))),
  forbidden('an upgrade to h2c behind WebSocket', get(upgradeTo('websocket', 'h2c'))),
  forbidden('an upgrade to h2c before WebSocket', get(upgradeTo('h2c', 'websocket'))),
  oneRequest('another protocol', get(upgradeTo('foo')), 0),
  oneRequest('another protocol beside WebSocket', get(upgradeTo('foo', 'websocket')), 0),
  oneRequest('another protocol with a body', post(`${upgradeTo('foo')}${lengthOf(hidden)}`, hidden)),
  oneRequest('another protocol with chunks', post(`${upgradeTo('foo')}${chunked}`, asChunks(hidden))),
  oneRequest(
    'another protocol on a connection that closes',
    get('Connection: Upgrade, close\r\nUpgrade: foo\r\n', hidden),
    0,
  ),
  {
    name: 'another protocol with a request behind, which is one',
    bytes: get(upgradeTo('foo'), hidden),
    answers: [200, 200],
    reaches: [
      ['/x', 0],
      ['/hidden', 0],
    ],
  },
  {
    name: 'another protocol between two requests',
    bytes: get('') + post(`${upgradeTo('foo')}${lengthOf(hidden)}`, hidden) + get(''),
    answers: [200, 200, 200],
    reaches: [
      ['/x', 0],
      ['/x', hidden.length],
      ['/x', 0],
    ],
  },
  oneRequest('a WebSocket that is not granted', get(webSocket), 0),
  oneRequest('a WebSocket with a request behind', get(webSocket, hidden), 0),
  oneRequest(
    'a WebSocket of a wrong version with a request behind',
    get(`${upgradeTo('websocket')}Sec-WebSocket-Version: 777\r\n`, hidden),
    0,
  ),
  oneRequest('a WebSocket with a body', get(`${webSocket}${lengthOf(hidden)}`, hidden)),
  oneRequest('a WebSocket with chunks', get(`${webSocket}${chunked}`, asChunks(hidden))),
  oneRequest('a WebSocket by POST', post(`${webSocket}${lengthOf(hidden)}`, hidden)),
  {
    name: 'a WebSocket with length and chunks',
    bytes: get(`${webSocket}Content-Length: 4\r\n${chunked}`, asChunks(hidden)),
    answers: [400],
  },
  {
    name: 'a WebSocket behind a sound request',
    bytes: get('') + get(webSocket),
    answers: [200, 200],
    reaches: [
      ['/x', 0],
      ['/x', 0],
    ],
  },
];
