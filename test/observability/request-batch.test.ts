import { expect, test } from 'vitest';
import { EmulatorEvents } from '../../src/observability/emulator-events.ts';
import { RequestBatch } from '../../src/observability/request-batch.ts';
import { RequestRecord } from '../../src/observability/request-record.ts';
import { makeGateway } from '../routing/gateway-fixture.ts';
import { makeRequest } from '../routing/request-fixture.ts';

function recordAt(milliseconds: number): RequestRecord {
  return new RequestRecord(makeRequest({ url: 'http://contoso.com/' }), makeGateway({ rules: [] }), milliseconds, 0);
}

test('requests are dealt with in their order: many at once, the rest when they are asked for', () => {
  const seen: number[] = [];
  const batch = new RequestBatch(new EmulatorEvents(), ({ startedAt }) => seen.push(startedAt));
  for (let index = 0; index < 40; index++) batch.add(recordAt(index));
  expect(seen.length).toBeGreaterThan(1);
  expect(seen.length).toBeLessThan(40);
  expect(batch.isEmpty).toBe(false);
  batch.flush();
  expect(seen).toEqual(Array.from({ length: 40 }, (_, index) => index));
  expect(batch.isEmpty).toBe(true);
});

test('one that cannot be dealt with becomes a notice, and holds none of the others up', () => {
  const events = new EmulatorEvents();
  const told: string[] = [];
  events.on('notice', ({ message }) => told.push(message));
  const seen: number[] = [];
  const batch = new RequestBatch(events, ({ startedAt }) => {
    if (startedAt === 1) throw new Error('oops');
    seen.push(startedAt);
  });
  for (let index = 0; index < 3; index++) batch.add(recordAt(index));
  batch.flush();
  expect(seen).toEqual([0, 2]);
  expect(told).toEqual(["A watcher of 'request' failed: Error: oops"]);
});
