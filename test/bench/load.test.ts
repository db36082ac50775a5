import { expect, test } from 'vitest';
import { parseH2loadLog, parseWrkReport } from './load.ts';

const report = `Running 2s test @ http://127.0.0.1:8080/
  1 threads and 50 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     1.21ms  310.10us   9.92ms   94.41%
    Req/Sec    41.30k     1.80k   43.73k    90.00%
  Latency Distribution
     50%  612.00us
     75%    1.27ms
     90%    1.40ms
     99%    1.98ms
  82213 requests in 2.00s, 97.39MB read
Requests/sec:  41087.45
Transfer/sec:     48.67MB
`;

test('reads the report of wrk', () => {
  expect(parseWrkReport(report)).toEqual({
    requests: 82213,
    requestsPerSecond: 41087.45,
    failed: 0,
    p50Milliseconds: 0.612,
    p99Milliseconds: 1.98,
  });
});

test('counts answers other than 2xx and 3xx and errors of sockets as failed', () => {
  const bad = `${report}  Socket errors: connect 1, read 2, write 3, timeout 4\n  Non-2xx or 3xx responses: 100\n`;
  expect(parseWrkReport(bad).failed).toBe(110);
});

test('refuses a report without requests', () => {
  expect(() => parseWrkReport('unable to connect to 127.0.0.1:1 Connection refused\n')).toThrow('wrk measured nothing');
});

test('reads the log of h2load', () => {
  const log = Array.from(
    { length: 100 },
    (_, index) => `1795289128775214\t${index === 3 ? 502 : 200}\t${(index + 1) * 10}\n`,
  );
  expect(parseH2loadLog(log.reverse().join(''), 2)).toEqual({
    requests: 100,
    requestsPerSecond: 50,
    failed: 1,
    p50Milliseconds: 0.51,
    p99Milliseconds: 1,
  });
});

test('refuses an empty log', () => {
  expect(() => parseH2loadLog('', 1)).toThrow('h2load measured nothing');
});
