import { deserialize, serialize } from 'node:v8';
import { describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/emulator.ts';
import { pack, type TransferredRequest, unpack } from '../../src/instances/transferred-request.ts';
import { describeRequest } from '../../src/observability/describe-request.ts';
import type { RequestRecord } from '../../src/observability/request-record.ts';
import { makeGateway } from '../routing/gateway-fixture.ts';

/** As between processes. */
function sent(packed: TransferredRequest): TransferredRequest {
  return deserialize(serialize(packed)) as TransferredRequest;
}

const gateway = makeGateway({
  listeners: [{ name: 'site' }],
  rules: [
    {
      paths: [
        { name: 'images', paths: ['/images/*'], pool: 'images', rewrites: 'headers' },
        { name: 'old', paths: ['/old/*'], redirect: { to: 'https://new.example/' } },
      ],
    },
  ],
  rewrites: { headers: [{ request: [['X-Asked', '{var_uri_path}']], response: [['X-Answered', 'yes']] }] },
});

async function record(emulator: Emulator, where: string): Promise<RequestRecord> {
  const finished = emulator.events.next('request');
  await (await fetch(`${emulator.listeners[0]?.url}${where}`, { redirect: 'manual' })).text();
  const [found] = await finished;
  return found;
}

describe('The record of a request', () => {
  test.each(['/images/cat.png?size=1', '/old/page', '/nothing'])(
    'is the same after its way between processes (%s)',
    async (where) => {
      await using emulator = await startEmulator({ gateway, listen: { all: 0 } });
      const original = await record(emulator, where);
      const received = unpack(sent(pack(original)), emulator.gateway, emulator.servers);
      expect(received === undefined ? null : describeRequest(received)).toEqual(describeRequest(original));
      expect(received?.route?.listener).toBe(original.route?.listener);
      expect(received?.route?.pathRule).toBe(original.route?.pathRule);
      expect(received?.attempts.map(({ server }) => server)).toEqual(original.attempts.map(({ server }) => server));
    },
  );

  test('is left out when another gateway is served meanwhile', async () => {
    await using emulator = await startEmulator({ gateway, listen: { all: 0 } });
    const packed = pack(await record(emulator, '/images/cat.png'));
    const other = makeGateway({ listeners: [{ name: 'other' }], rules: [{ pool: 'web' }] });
    expect(unpack(sent(packed), other, emulator.servers)).toBeUndefined();
  });
});
