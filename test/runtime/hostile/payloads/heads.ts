import { asChunks, chunked, get, hidden, lengthOf, oneRequest, type Payload, post, refused } from './payload.ts';

const taken = (name: string, bytes: string) => oneRequest(name, bytes, 0);
const withBody = `${lengthOf(hidden)}\r\n${hidden}`;

const lineEnds: readonly Payload[] = [
  refused('lines that end with LF', 'GET /x HTTP/1.1\nHost: a\n\n'),
  refused('a request line that ends with LF', 'GET /x HTTP/1.1\nHost: a\r\n\r\n'),
  refused('a header that ends with LF', 'GET /x HTTP/1.1\r\nHost: a\nX: y\r\n\r\n'),
  refused('a head that ends with LF', 'GET /x HTTP/1.1\r\nHost: a\r\n\n'),
  refused('lines that end with CR', 'GET /x HTTP/1.1\rHost: a\r\r'),
  refused('a bare CR in a value', get('X: y\rz\r\n')),
  refused('a head that ends with CR CR LF', 'GET /x HTTP/1.1\r\nHost: a\r\n\r\r\n'),
  refused('a blank before the request line', ` ${get('')}`),
  // https://www.rfc-editor.org/rfc/rfc9112#section-2.2
  taken('empty lines before the request line', `\r\n\r\n${get('')}`),
];

const headers: readonly Payload[] = [
  refused('a folded header', get('X: y\r\n z\r\n')),
  refused('a first header that is folded', 'GET /x HTTP/1.1\r\n Host: a\r\nHost: a\r\n\r\n'),
  refused('a folded Host', 'GET /x HTTP/1.1\r\nHost: a\r\n b\r\n\r\n'),
  refused('a header without name', get(': y\r\n')),
  refused('a header without colon', get('foo\r\n')),
  refused('a Host with a blank before the colon', 'GET /x HTTP/1.1\r\nHost : a\r\n\r\n'),
  refused('a NUL in a name', get('X\0: y\r\n')),
  refused('a NUL in a value', get('X: y\0z\r\n')),
  taken('characters outside of ASCII in a value', get('X: \x8a\x8d\r\n')),
  taken('a Connection that names Host', get('Connection: Host\r\n')),
  oneRequest('a Connection that names the length', post(`Connection: Content-Length\r\n${lengthOf(hidden)}`, hidden)),
  oneRequest(
    'a Connection that names the coding',
    post(`Connection: Transfer-Encoding\r\n${chunked}`, asChunks(hidden)),
  ),
];

const hosts: readonly Payload[] = [
  refused('two Hosts', get('Host: b\r\n')),
  refused('one Host twice', get('host: a\r\n')),
  refused('a list of hosts', 'GET /x HTTP/1.1\r\nHost: a, b\r\n\r\n'),
  refused('a Host with a blank', 'GET /x HTTP/1.1\r\nHost: a b\r\n\r\n'),
  refused('a Host with a tab', 'GET /x HTTP/1.1\r\nHost: a\tb\r\n\r\n'),
  refused('a Host with a user', 'GET /x HTTP/1.1\r\nHost: a@b\r\n\r\n'),
  refused('a Host with a path', 'GET /x HTTP/1.1\r\nHost: a/b\r\n\r\n'),
  refused('an empty Host', 'GET /x HTTP/1.1\r\nHost:\r\n\r\n'),
  refused('a Host outside of ASCII', 'GET /x HTTP/1.1\r\nHost: \xe9\r\n\r\n'),
  taken('another host in the request line', 'GET http://b/x HTTP/1.1\r\nHost: a\r\n\r\n'),
  refused('a host in the request line and no Host', 'GET http://b/x HTTP/1.1\r\n\r\n'),
  refused('a host in the request line and a malformed Host', 'GET http://b/x HTTP/1.1\r\nHost: a b\r\n\r\n'),
  refused('a user in the request line', 'GET http://b@c/x HTTP/1.1\r\nHost: a\r\n\r\n'),
  refused('no host in an absolute URL', 'GET http:///x HTTP/1.1\r\nHost: a\r\n\r\n'),
  refused('a backslash behind the host', 'GET http://b\\x HTTP/1.1\r\nHost: a\r\n\r\n'),
];

const requestLines: readonly Payload[] = [
  refused('another scheme', 'GET ftp://b/x HTTP/1.1\r\nHost: a\r\n\r\n'),
  refused('the target of a CONNECT', 'GET b:80 HTTP/1.1\r\nHost: a\r\n\r\n'),
  refused('a target that begins with an at sign', 'GET @b/x HTTP/1.1\r\nHost: a\r\n\r\n'),
  refused('a target that begins with a backslash', 'GET \\x HTTP/1.1\r\nHost: a\r\n\r\n'),
  refused('a NUL in the target', 'GET /x\0 HTTP/1.1\r\nHost: a\r\n\r\n'),
  refused('a tab behind the method', 'GET\t/x HTTP/1.1\r\nHost: a\r\n\r\n'),
  refused('a tab behind the target', 'GET /x\tHTTP/1.1\r\nHost: a\r\n\r\n'),
  refused('a blank in the target', 'GET /x y HTTP/1.1\r\nHost: a\r\n\r\n'),
  refused('a request line in a request line', 'GET /x HTTP/1.1 GET /hidden HTTP/1.1\r\nHost: a\r\n\r\n'),
  refused('a method in small letters', `get ${get('').slice(4)}`),
  refused('a method with a control character', `G\x01ET ${get('').slice(4)}`),
  refused('a method of 9 KB', `${'A'.repeat(9000)} ${get('').slice(4)}`),
  refused('an unknown method', `GET123 ${get('').slice(4)}`),
  refused('a CONNECT', `CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n${hidden}`),
  {
    name: 'a CONNECT behind a sound request',
    bytes: `${get('')}CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n${hidden}`,
    answers: [200, 400],
    reaches: [['/x', 0]],
  },
  {
    name: 'no request behind a sound one',
    bytes: `${get('')}junk\r\n\r\n`,
    answers: [200, 400],
    reaches: [['/x', 0]],
  },
  {
    name: 'line ends in an encoded target',
    bytes: 'GET /x%0d%0aHost:%20b HTTP/1.1\r\nHost: a\r\n\r\n',
    answers: [200],
    reaches: [['/x%0d%0aHost:%20b', 0]],
  },
];

const versions: readonly Payload[] = [
  refused('HTTP/0.9', 'GET /x\r\n\r\n'),
  refused('HTTP/0.9 by name', 'GET /x HTTP/0.9\r\nHost: a\r\n\r\n'),
  refused('HTTP/1.2', 'GET /x HTTP/1.2\r\nHost: a\r\n\r\n'),
  refused('HTTP/1.10', 'GET /x HTTP/1.10\r\nHost: a\r\n\r\n'),
  refused('HTTP/2.0 as text', 'GET /x HTTP/2.0\r\nHost: a\r\n\r\n'),
  refused('HTTP/2 by prior knowledge', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
  refused('a version in small letters', 'GET /x http/1.1\r\nHost: a\r\n\r\n'),
  taken('HTTP/1.0 with a request behind', `GET /x HTTP/1.0\r\nHost: a\r\n\r\n${hidden}`),
  taken('HTTP/1.0 that stays', 'GET /x HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n'),
  refused('HTTP/1.0 in chunks', `POST /x HTTP/1.0\r\nHost: a\r\n${chunked}\r\n${asChunks(hidden)}`),
  refused(
    'HTTP/1.0 in chunks that stays',
    `POST /x HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n${chunked}\r\n${asChunks(hidden)}`,
  ),
];

const expectations: readonly Payload[] = [
  oneRequest('an expected 100', `POST /x HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n${withBody}`),
  oneRequest(
    'two of them',
    `POST /x HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nExpect: 100-continue\r\n${withBody}`,
  ),
  oneRequest('another word before', `POST /x HTTP/1.1\r\nHost: a\r\nExpect: y 100-continue\r\n${withBody}`),
  oneRequest('another expectation', `POST /x HTTP/1.1\r\nHost: a\r\nExpect: foo\r\n${withBody}`),
  taken('an expected 100 without a body', get('Expect: 100-continue\r\n')),
];

export const heads: readonly Payload[] = [
  ...lineEnds,
  ...headers,
  ...hosts,
  ...requestLines,
  ...versions,
  ...expectations,
];
