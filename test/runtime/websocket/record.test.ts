import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { type Clock, systemClock } from '../../../src/base/clock.ts';
import type { Emulator } from '../../../src/emulator/emulator.ts';
import { meteredGatewayOf } from '../../../src/emulator/metered-gateway.ts';
import { GatewayMetrics } from '../../../src/observability/metrics/gateway-metrics.ts';
import type { MetricName } from '../../../src/observability/metrics/metric-definitions.ts';
import { accessLogLine } from '../../observability/access-log-line.ts';
import { portOfListener, startGatewayBefore, startRawBackend, type TestBackend } from '../fixture.ts';
import { handshake } from './chat.ts';

const answer = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
const frames = { fromClient: 'c'.repeat(1000), fromServer: 's'.repeat(3000) };

/** Agrees to every handshake, and answers what comes then with frames of its own. */
function startServer(): Promise<TestBackend> {
  return startRawBackend((socket, text) => socket.write(text.startsWith('GET') ? answer : frames.fromServer));
}

/** Time that can be moved on, so that a connection may last. */
class JumpingClock implements Clock {
  readonly now = systemClock.now;
  readonly after = systemClock.after;
  ahead = 0;

  elapsed(): number {
    return systemClock.elapsed() + this.ahead;
  }
}

/** Opens a connection, exchanges the frames, lets time pass, and closes it. */
async function talk(gateway: Emulator, clock: JumpingClock, meanwhile: () => void = () => undefined): Promise<void> {
  const client = connect(portOfListener(gateway), '127.0.0.1');
  client.write(handshake('/chat'));
  await once(client, 'data');
  client.write(frames.fromClient);
  let received = 0;
  while (received < frames.fromServer.length) received += ((await once(client, 'data')) as [Buffer])[0].length;
  clock.ahead += 60_000;
  meanwhile();
  const told = gateway.events.next('request');
  client.end();
  await told;
}

test('the access log has one line, with the bytes of both directions and the time from handshake to end', async () => {
  const clock = new JumpingClock();
  const gateway = await startGatewayBefore([await startServer()], {}, { clock });
  await talk(gateway, clock, () => expect(gateway.requests()).toEqual([]));
  const [record, ...others] = gateway.requests();
  expect(others).toEqual([]);
  if (record === undefined) throw new Error('Nothing was recorded.');
  const { properties, backendPoolName } = JSON.parse(accessLogLine(record));
  expect(backendPoolName).toBe('web');
  expect(properties).toMatchObject({
    httpMethod: 'GET',
    httpStatus: 101,
    originalRequestUriWithArgs: '/chat',
    serverRouted: '10.0.0.4:80',
    serverStatus: '101',
    error_info: 'ERRORINFO_NO_ERROR',
    receivedBytes: handshake('/chat').length + frames.fromClient.length,
  });
  const headOfAnswer = properties.sentBytes - frames.fromServer.length;
  expect(headOfAnswer).toBeGreaterThan(50);
  expect(headOfAnswer).toBeLessThan(300);
  expect(properties.timeTaken).toBeGreaterThanOrEqual(60);
  expect(Number(properties.serverResponseLatency)).toBeGreaterThanOrEqual(60);
});

test('the metrics count a connection while it is open, and what it carried when it is over', async () => {
  const clock = new JumpingClock();
  const gateway = await startGatewayBefore([await startServer()], {}, { clock });
  const metrics = new GatewayMetrics(gateway.events, meteredGatewayOf(gateway), clock);
  const sumOf = (name: MetricName) => metrics.all(name).reduce((sum, series) => sum + series.sum, 0);
  await talk(gateway, clock, () => {
    expect(metrics.all('CurrentConnections')[0]?.last).toBe(1);
    expect(sumOf('TotalRequests')).toBe(0);
  });
  expect(sumOf('TotalRequests')).toBe(1);
  expect(sumOf('FailedRequests')).toBe(0);
  expect(metrics.all('ResponseStatus').map(({ dimensions, sum }) => [dimensions[0], sum])).toEqual([['1xx', 1]]);
  expect(sumOf('BytesReceived')).toBe(handshake('/chat').length + frames.fromClient.length);
  expect(sumOf('BytesSent')).toBeGreaterThan(frames.fromServer.length);
  expect(sumOf('ApplicationGatewayTotalTime')).toBeGreaterThanOrEqual(60_000);
  metrics.dispose();
});
