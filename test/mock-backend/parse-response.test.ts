import { expect, test } from 'vitest';
import { parseResponse } from '../../src/mock-backend/parse-response.ts';

test('reads what curl -i prints, without the framing of its connection', () => {
  const text =
    'HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: 99\r\nTransfer-Encoding: chunked\r\nDate: x\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n\r\n{"a":1}\n\n';
  expect(parseResponse(Buffer.from(text))).toEqual({
    status: 201,
    delayMilliseconds: 0,
    headers: [
      ['Content-Type', 'application/json'],
      ['Set-Cookie', 'a=1'],
      ['Set-Cookie', 'b=2'],
    ],
    body: Buffer.from('{"a":1}\n\n'),
  });
});

test.each([
  ['HTTP/2 204 \r\n\r\n', 204, ''],
  ['HTTP/1.1 200 OK\nX-A: 1\n\nbody', 200, 'body'],
  ['HTTP/1.1 200 OK', 200, ''],
  ['HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 503 Busy\r\n\r\nlater', 503, 'later'],
])('%j has the status %d and the body %j', (text, status, body) => {
  const answer = parseResponse(Buffer.from(text));
  expect([answer?.status, String(answer?.body)]).toEqual([status, body]);
});

test('keeps every byte of a body', () => {
  const body = Buffer.from([0, 255, 128, 13, 10, 13, 10]);
  expect(parseResponse(Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\n\r\n'), body]))?.body).toEqual(body);
});

test.each(['', '{"status":200}', 'HTTP/1.1 700 No\r\n\r\n', 'HTTP/1.1 200 OK\r\nno header\r\n\r\n'])(
  '%j is no response',
  (text) => expect(parseResponse(Buffer.from(text))).toBeUndefined(),
);
