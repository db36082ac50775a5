// The clients of the soak: asks, compares every answer with what is right for exactly that request, and prints one line
// of JSON about it.
//
//   node soak-clients.mjs --port 8080 --requests 100000 --connections 40 --first 0
import { connect } from 'node:net';
import { parseArgs } from 'node:util';
import { Pool } from 'undici';

const option = { type: 'string' };
const { values } = parseArgs({ options: { port: option, requests: option, connections: option, first: option } });
const port = Number(values.port);
const last = Number(values.first) + Number(values.requests);
const pool = new Pool(`http://127.0.0.1:${port}`, { connections: Number(values.connections), pipelining: 1 });
const counts = { right: 0, broken: 0, refused: 0, aborted: 0, wrong: 0 };
const wrong = [];

function ask({ method = 'GET', path, body = null }) {
  return new Promise((resolve) => {
    let status = 0;
    let headers = {};
    let text = '';
    pool.dispatch(
      { method, path, body, headers: ['host', 'soak.test'] },
      {
        onRequestStart() {},
        onResponseStart(_controller, statusCode, received) {
          status = statusCode;
          headers = received;
        },
        onResponseData(_controller, chunk) {
          text += chunk;
        },
        onResponseEnd: () => resolve({ status, headers, text, error: null }),
        onResponseError: (_controller, error) => resolve({ status, headers, text, error }),
      },
    );
  });
}

function isEcho({ status, headers, text, error }, path, body) {
  return error === null && status === 200 && /^\d+$/.test(headers['x-round']) && text === `${path}\n${body}`;
}

function judge(answer, isRight, what) {
  if (isRight) counts.right++;
  else {
    counts.wrong++;
    if (wrong.length < 10)
      wrong.push(`${what}: ${answer.status} ${answer.error ?? JSON.stringify(answer.text.slice(0, 60))}`);
  }
}

async function getSound(id) {
  const path = `/sound/${id}`;
  const answer = await ask({ path });
  judge(answer, isEcho(answer, path, ''), path);
}

async function postSound(id) {
  const path = `/sound/${id}`;
  const body = `${id} `.repeat(1 + (id % 400));
  const answer = await ask({ method: 'POST', path, body });
  judge(answer, isEcho(answer, path, body), `POST ${path}`);
}

// A server that fails may cost an answer, or break one off; it must never change one.
async function getFaulty(id) {
  const path = `/faulty/${id}`;
  const answer = await ask({ path });
  if (answer.error !== null && answer.status === 200 && 'half'.startsWith(answer.text)) counts.broken++;
  else if (answer.error === null && answer.status === 502) counts.refused++;
  else judge(answer, isEcho(answer, path, ''), path);
}

async function getRedirect(id) {
  const path = `/old/${id}`;
  const answer = await ask({ path });
  judge(answer, answer.status === 301 && answer.headers.location === `https://new.test${path}`, path);
}

function abort(id) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(`GET /late/${id} HTTP/1.1\r\nHost: soak.test\r\n\r\n`, () =>
        setTimeout(() => socket.destroy(), id % 20),
      );
    });
    socket.on('error', () => undefined);
    socket.once('close', () => {
      counts.aborted++;
      resolve();
    });
  });
}

let next = Number(values.first);

function act(id) {
  const lot = id % 50;
  if (lot === 0) return abort(id);
  if (lot < 8) return getFaulty(id);
  if (lot < 12) return postSound(id);
  if (lot < 15) return getRedirect(id);
  return getSound(id);
}

async function client() {
  while (next < last) await act(next++);
}

const started = performance.now();
await Promise.all(Array.from({ length: Number(values.connections) }, client));
const seconds = (performance.now() - started) / 1000;
await pool.close();
console.log(JSON.stringify({ ...counts, seconds, examples: wrong }));
