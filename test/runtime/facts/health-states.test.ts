import { expect } from 'vitest';
import type { Emulator } from '../../../src/emulator/emulator.ts';
import type { Probe } from '../../../src/gateway/model.ts';
import { probeMessages } from '../../../src/runtime/probes/probe-messages.ts';
import { ask } from '../fixture.ts';
import { StillClock } from '../still-clock.ts';
import { type Before, healthOf, type LiveServer, probe, sources, startBefore, startLive, testFacts } from './fact.ts';

const { probe: probing, arm, monitor, choice } = sources;
const interval = 5000;
const down = ['Unhealthy', probeMessages.status('200-399', 500)] as const;
const up = ['Healthy', probeMessages.success(200)] as const;

/** A server whose probes the test answers, and a clock that the test moves. */
class Patient {
  readonly clock = new StillClock();
  status = 200;
  server: LiveServer | null = null;

  async start(described: Partial<Probe> | null = {}, spec: Before = {}): Promise<Emulator> {
    this.server = await startLive((incoming, outgoing) => {
      if (incoming.headers['x-appgw-trace-id'] === undefined) outgoing.statusCode = this.status;
      outgoing.end('here');
    });
    const settings = { probe: described === null ? null : probe(described), ...spec.settings };
    return startBefore(this.server, { ...spec, settings }, { clock: this.clock });
  }

  get probes(): number {
    return this.server?.seen.filter(({ headers }) => headers['x-appgw-trace-id'] === undefined).length ?? 0;
  }

  /** Lets time pass, and waits until the next probe is planned after so many milliseconds. */
  async round(milliseconds = interval, next = interval, times = 1): Promise<void> {
    const planned = this.clock.asked(next, times);
    this.clock.advance(milliseconds);
    await planned;
  }
}

async function statusOf(gateway: Emulator): Promise<number> {
  return (await ask(gateway, '/x')).status;
}

testFacts('the health of a server', [
  [
    'it gets nothing before its first probe has succeeded',
    probing,
    async () => {
      const silent = await startLive(() => undefined);
      const gateway = await startBefore(silent, {}, { readyTimeoutMilliseconds: 1 });
      expect(healthOf(gateway)).toEqual([['Unknown', probeMessages.unknown]]);
      expect(await statusOf(gateway)).toBe(502);
    },
  ],
  [
    'its first failure makes it unhealthy, and its first success healthy',
    probing,
    async () => {
      const patient = new Patient();
      patient.status = 500;
      const gateway = await patient.start();
      expect(healthOf(gateway)).toEqual([down]);
      patient.status = 200;
      await patient.round();
      expect(healthOf(gateway)).toEqual([up]);
      expect(await statusOf(gateway)).toBe(200);
    },
  ],
  [
    'unhealthyThreshold failures in a row make it unhealthy',
    probing,
    async () => {
      const patient = new Patient();
      const gateway = await patient.start();
      const states: string[] = [];
      for (const status of [500, 500, 200, 500, 500, 500]) {
        patient.status = status;
        await patient.round();
        states.push(`${status} ${healthOf(gateway)[0]?.[0]}`);
      }
      expect(states).toEqual([
        '500 Healthy',
        '500 Healthy',
        '200 Healthy',
        '500 Healthy',
        '500 Healthy',
        '500 Unhealthy',
      ]);
    },
  ],
  [
    'v2 keeps the interval between the failures',
    probing,
    async () => {
      const patient = new Patient();
      await patient.start();
      patient.status = 500;
      for (let failures = 1; failures <= 3; failures++) {
        patient.clock.advance(interval - 1);
        expect(patient.probes).toBe(failures);
        await patient.round(1);
        expect(patient.probes).toBe(failures + 1);
      }
    },
  ],
  [
    'v1 asks at once after a failure, until its threshold',
    probing,
    async () => {
      const patient = new Patient();
      const gateway = await patient.start({}, { generation: 'v1' });
      patient.status = 500;
      await patient.round(interval, 0);
      await patient.round(0, 0);
      expect(healthOf(gateway)).toEqual([up]);
      await patient.round(0);
      expect(healthOf(gateway)).toEqual([down]);
      expect(patient.probes).toBe(4);
    },
  ],
  [
    'the default probe asks every 30 s, and takes three failures',
    probing,
    async () => {
      const patient = new Patient();
      const gateway = await patient.start(null);
      patient.status = 500;
      for (let failures = 1; failures <= 3; failures++) {
        patient.clock.advance(29_999);
        expect([patient.probes, healthOf(gateway)]).toEqual([failures, [up]]);
        // It has 30 s to answer, and is asked again 30 s after it was.
        await patient.round(1, 30_000, 2);
      }
      expect(healthOf(gateway)).toEqual([down]);
    },
  ],
  [
    'one that is unhealthy goes on being asked, and comes back',
    probing,
    async () => {
      const patient = new Patient();
      patient.status = 500;
      const gateway = await patient.start();
      for (let index = 0; index < 5; index++) await patient.round();
      expect(patient.probes).toBe(6);
      patient.status = 200;
      await patient.round();
      expect(healthOf(gateway)).toEqual([up]);
    },
  ],
  [
    'when all are unhealthy, requests get 502',
    monitor,
    async () => {
      const patient = new Patient();
      patient.status = 500;
      const gateway = await patient.start();
      expect(await statusOf(gateway)).toBe(502);
      expect(gateway.requests()[0]?.errorInfo).toBe('ERRORINFO_UPSTREAM_NO_LIVE');
    },
  ],
  [
    'follows its probe and not the requests that fail',
    probing,
    async () => {
      const patient = new Patient();
      const gateway = await patient.start();
      await patient.server?.close();
      expect([await statusOf(gateway), await statusOf(gateway)]).toEqual([502, 502]);
      expect(healthOf(gateway)).toEqual([up]);
      await patient.round();
      await patient.round();
      await patient.round();
      expect(healthOf(gateway)).toEqual([['Unhealthy', probeMessages.connect]]);
    },
  ],
  [
    'minServers of a pool count as healthy, whatever their probes say',
    arm,
    async () => {
      const patient = new Patient();
      patient.status = 500;
      const gateway = await patient.start({ minServers: 1 });
      expect(healthOf(gateway)).toEqual([down]);
      expect(await statusOf(gateway)).toBe(200);
    },
  ],
  [
    'nobody is asked any more when the gateway has stopped',
    choice,
    async () => {
      const patient = new Patient();
      const gateway = await patient.start();
      await gateway.dispose(0);
      patient.clock.advance(1_000_000);
      await new Promise((resolve) => setImmediate(resolve));
      expect(patient.probes).toBe(1);
    },
  ],
]);
