// Sends GET requests over a number of kept-alive connections and prints one line of JSON about the answers.
//
//   node load-generator.mjs --url http://127.0.0.1:8080/ --connections 50 (--seconds 3 | --requests 10000) [--rate 2000]
//
// With --rate requests start on a schedule, whether or not earlier ones were answered, so that a proxy that stalls
// cannot hide it by slowing the generator down. Without it each connection sends its next request after an answer.
import { parseArgs } from 'node:util';
import { Pool } from 'undici';

const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    connections: { type: 'string', default: '50' },
    seconds: { type: 'string', default: '0' },
    requests: { type: 'string', default: '0' },
    rate: { type: 'string', default: '0' },
  },
});
const url = new URL(values.url);
const connections = Number(values.connections);
const rate = Number(values.rate);
const maximumRequests = Number(values.requests) || Number.POSITIVE_INFINITY;
const started = performance.now();
const endsAt = Number(values.seconds) > 0 ? started + Number(values.seconds) * 1000 : Number.POSITIVE_INFINITY;

const pool = new Pool(url.origin, { connections, pipelining: 1 });
const options = { method: 'GET', path: url.pathname + url.search };
const latencies = [];
let sent = 0;
let failed = 0;

function isOver() {
  return sent >= maximumRequests || performance.now() >= endsAt;
}

function sendOne() {
  sent++;
  const sentAt = performance.now();
  return new Promise((resolve) => {
    let status = 0;
    const finish = (isGood) => {
      latencies.push(performance.now() - sentAt);
      if (!isGood) failed++;
      resolve();
    };
    pool.dispatch(options, {
      onRequestStart() {},
      onResponseStart(_controller, statusCode) {
        status = statusCode;
      },
      onResponseData() {},
      onResponseEnd: () => finish(status === 200),
      onResponseError: () => finish(false),
    });
  });
}

async function sendOneAfterAnother() {
  while (!isOver()) await sendOne();
}

async function sendOnSchedule() {
  const open = new Set();
  while (!isOver()) {
    const due = Math.min(Math.floor(((performance.now() - started) / 1000) * rate), maximumRequests);
    while (sent < due) {
      const request = sendOne();
      open.add(request);
      request.then(() => open.delete(request));
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(open);
}

if (rate > 0) await sendOnSchedule();
else await Promise.all(Array.from({ length: connections }, sendOneAfterAnother));
const seconds = (performance.now() - started) / 1000;
await pool.destroy();

const sorted = Float64Array.from(latencies).sort();
const percentile = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
console.log(
  JSON.stringify({
    requests: sorted.length,
    requestsPerSecond: sorted.length / seconds,
    failed,
    p50Milliseconds: percentile(0.5),
    p99Milliseconds: percentile(0.99),
  }),
);
