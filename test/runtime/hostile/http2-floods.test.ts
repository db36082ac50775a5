import { expect, test } from 'vitest';
import type { Emulator } from '../../../src/emulator/emulator.ts';
import { portOfListener, startRawBackend, type TestBackend } from '../fixture.ts';
import { oneListener, startTlsGateway } from '../tls/fixture.ts';
import { flood, megabyte } from './flood.ts';
import { encodeLines, flags, frame, frameTypes, type Lines, RawHttp2Client } from './raw-http2.ts';

const lines: Lines = [
  [':method', 'GET'],
  [':scheme', 'https'],
  [':authority', 'a'],
  [':path', '/x'],
];

/** A gateway before one server, which never answers anything but probes and `/next`. */
async function startBeforeSilence(
  onRequest: () => void = () => undefined,
  requestsPerConnection = 1000,
): Promise<Emulator> {
  const backend: TestBackend = await startRawBackend((socket, head) => {
    if (head.startsWith('GET /next ')) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
    else onRequest();
  });
  const spec = { ...oneListener, enableHttp2: true };
  const limits = { http2: { requestsPerConnection, idleMilliseconds: 180_000 } };
  return startTlsGateway({ spec }, { backends: { '10.0.0.4': `127.0.0.1:${backend.port}` }, limits });
}

async function isServingOthers(gateway: Emulator): Promise<boolean> {
  const client = await RawHttp2Client.connect(portOfListener(gateway));
  const next = encodeLines(lines.map(([name, value]) => [name, name === ':path' ? '/next' : value]));
  client.send(frame(frameTypes.headers, flags.endHeaders | flags.endStream, 1, next));
  const answer = await client.frame(({ type, stream }) => type === frameTypes.headers && stream === 1);
  client.socket.destroy();
  return answer?.payload.readUInt8(0) === 0x88;
}

/** Heap and buffers that an attack has cost, in MB. */
async function costOf(attack: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage();
  await attack();
  const after = process.memoryUsage();
  return (after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers) / megabyte;
}

// CVE-2023-44487
test('a client that opens streams and resets them at once is told to go away', async () => {
  let reached = 0;
  const gateway = await startBeforeSilence(() => {
    reached++;
  }, 100);
  const client = await RawHttp2Client.connect(portOfListener(gateway));
  const block = encodeLines(lines);
  const cancel = Buffer.from([0, 0, 0, 8]);
  const streams = Array.from({ length: 1000 }, (_, index) => 2 * index + 1);
  client.send(
    ...streams.flatMap((stream) => [
      frame(frameTypes.headers, flags.endHeaders | flags.endStream, stream, block),
      frame(frameTypes.reset, flags.none, stream, cancel),
    ]),
  );
  await client.frame(({ type }) => type === frameTypes.goAway);
  client.socket.destroy();
  expect(await isServingOthers(gateway)).toBe(true);
  expect(reached).toBeLessThanOrEqual(100);
});

test('a client that opens more streams than it may has the others refused', async () => {
  const gateway = await startBeforeSilence();
  const client = await RawHttp2Client.connect(portOfListener(gateway));
  const block = encodeLines(lines);
  for (let stream = 1; stream <= 401; stream += 2) {
    client.send(frame(frameTypes.headers, flags.endHeaders | flags.endStream, stream, block));
  }
  const refusedStream = 7;
  const refused = await client.frame(({ type, payload }) => {
    return type === frameTypes.goAway || (type === frameTypes.reset && payload.readUInt32BE(0) === refusedStream);
  });
  expect(refused).not.toBeNull();
  client.socket.destroy();
  expect(await isServingOthers(gateway)).toBe(true);
});

// CVE-2024-27983 and its kind
test.each([
  ['full', encodeLines([['x-flood', 'y'.repeat(8000)]])],
  ['small', encodeLines([['x', 'y']])],
  ['empty', Buffer.alloc(0)],
])('%s CONTINUATION frames without end close the connection', async (_name, payload) => {
  const gateway = await startBeforeSilence();
  const client = await RawHttp2Client.connect(portOfListener(gateway));
  client.send(frame(frameTypes.headers, flags.endStream, 1, encodeLines(lines)));
  const goAway = client.frame(({ type }) => type === frameTypes.goAway);
  const cost = await costOf(async () => {
    const flooding = flood(client.socket, frame(frameTypes.continuation, flags.none, 1, payload), 32 * megabyte);
    await goAway;
    client.socket.destroy();
    await flooding;
  });
  expect(cost).toBeLessThan(64);
  expect(await isServingOthers(gateway)).toBe(true);
});

test.each([
  ['SETTINGS', frame(frameTypes.settings, flags.none, 0)],
  ['PING', frame(frameTypes.ping, flags.none, 0, Buffer.alloc(8))],
  ['empty DATA', frame(frameTypes.data, flags.none, 1)],
  ['WINDOW_UPDATE', frame(frameTypes.windowUpdate, flags.none, 0, Buffer.from([0, 0, 0, 1]))],
  ['frames of an unknown type', frame(0xee, flags.none, 0, Buffer.alloc(100))],
])(
  '%s sent by the megabyte, to a client that reads no answer, cost little and nobody else anything',
  async (_name, piece) => {
    const gateway = await startBeforeSilence();
    const client = await RawHttp2Client.connect(portOfListener(gateway));
    client.send(frame(frameTypes.headers, flags.endHeaders, 1, encodeLines(lines)));
    client.socket.pause();
    const cost = await costOf(async () => {
      const flooding = flood(client.socket, piece, 4 * megabyte);
      expect(await isServingOthers(gateway)).toBe(true);
      await Promise.race([flooding, client.closed, isServingOthers(gateway)]);
    });
    client.socket.destroy();
    expect(cost).toBeLessThan(64);
  },
);

// A table that is filled once, and then named again and again.
test('a head that grows while it is read is refused', async () => {
  const gateway = await startBeforeSilence();
  const client = await RawHttp2Client.connect(portOfListener(gateway));
  const indexed = Buffer.concat([Buffer.of(0x40), encodeLines([['x-bomb', 'y'.repeat(3000)]]).subarray(1)]);
  const firstOfTable = 0x80 + 62;
  const bomb = Buffer.concat([encodeLines(lines), indexed, Buffer.alloc(12_000, firstOfTable)]);
  const cost = await costOf(async () => {
    client.send(frame(frameTypes.headers, flags.endHeaders | flags.endStream, 1, bomb));
    await client.frame(({ type, stream }) => stream === 1 || type === frameTypes.goAway);
  });
  client.socket.destroy();
  expect(cost).toBeLessThan(32);
  expect(await isServingOthers(gateway)).toBe(true);
});
