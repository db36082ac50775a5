import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../../src/emulator/emulator.ts';
import { makeGateway } from '../../routing/gateway-fixture.ts';
import { portOfListener } from '../fixture.ts';
import { chunks } from './payloads/chunks.ts';
import { framing } from './payloads/framing.ts';
import { heads } from './payloads/heads.ts';
import type { Payload } from './payloads/payload.ts';
import { upgrades } from './payloads/upgrades.ts';
import { readAnswers } from './read-answers.ts';
import { RecordingBackend } from './recording-backend.ts';

/** Long enough for what has arrived already; whoever does not finish is told so soon. */
const requestMilliseconds = 300;

const victim: Payload = {
  name: 'a client that means no harm',
  bytes: 'GET /victim HTTP/1.1\r\nHost: v\r\nConnection: close\r\n\r\n',
  answers: [200],
};

/** Sends bytes and reads the answers; what comes beyond those that are expected is read as well. */
async function exchange(port: number, { bytes, answers }: Payload): Promise<number[]> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(bytes, 'latin1');
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
    if (readAnswers(text).length === answers.length) socket.end();
  });
  await once(socket, 'close');
  return readAnswers(text).map(({ status }) => status);
}

describe.each([
  ['collects', true],
  ['passes on', false],
])('a gateway that %s bodies', (_name, enableRequestBuffering) => {
  let backend: RecordingBackend;
  let gateway: Emulator;

  beforeAll(async () => {
    backend = await RecordingBackend.start();
    const made = makeGateway({ rules: [{ pool: 'web' }] });
    gateway = await startEmulator({
      gateway: { ...made, globalConfiguration: { ...made.globalConfiguration, enableRequestBuffering } },
      listen: { all: 0 },
      backends: { web: `127.0.0.1:${backend.port}` },
      limits: { requestMilliseconds },
    });
  });

  afterAll(async () => {
    await gateway.dispose(0);
    await backend.close();
  });

  beforeEach(() => backend.forget());

  describe.each([
    ['framing', framing],
    ['chunks', chunks],
    ['heads', heads],
    ['upgrades', upgrades],
  ])('%s', (_subject, payloads) => {
    test.each(payloads)('$name', async (payload) => {
      const port = portOfListener(gateway);
      const answers = await exchange(port, payload);
      // Who comes next shares the connection to the backend, and must get the answer to nobody's request but theirs.
      const next = await exchange(port, victim);
      const seen = backend.requests.map(({ target, body }) => [target, body.length]);
      expect({ answers, seen, next, faults: backend.faults }).toEqual({
        answers: payload.answers,
        seen: [...(payload.reaches ?? []), ['/victim', 0]],
        next: [200],
        faults: [],
      });
    });
  });
});
