import { describe, expect, test } from 'vitest';
import { explainRecord } from '../../src/dashboard/explain-record.ts';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { ask, exchangeBytes, portOfListener, startGateway } from '../runtime/fixture.ts';

const spec = {
  listeners: [{ name: 'shop', hosts: ['shop.contoso.com'] }],
  rules: [{ pool: 'web' }],
  pools: { web: ['10.0.0.4'] },
} as const;

const headers = { host: 'shop.contoso.com' };

function explainLatest(emulator: Emulator) {
  const [record] = emulator.requests(1);
  if (record === undefined) throw new Error('The gateway has seen no request.');
  const { status, steps = [], request } = explainRecord(record, emulator.table) ?? {};
  return { status, listener: request?.listener, steps: steps.map(({ outcome, why }) => `${outcome}: ${why}`) };
}

describe('a request that arrived is explained', () => {
  test('when no listener took it', async () => {
    const emulator = await startGateway(spec);
    await ask(emulator, '/a', { headers: { host: 'blog.contoso.com' } });
    expect(explainLatest(emulator)).toEqual({
      status: 404,
      listener: null,
      steps: [
        "passed over: Listener 'shop' not chosen: its host name 'shop.contoso.com' does not match 'blog.contoso.com'.",
        "respond: No listener on this port answers to 'blog.contoso.com'; one does that has the name among its hostNames. " +
          'The gateway answers 404.',
      ],
    });
  });

  test('when a server answered, with what it answered', async () => {
    const emulator = await startGateway(spec);
    await ask(emulator, '/a?agate-status=418', { headers });
    const { status, steps } = explainLatest(emulator);
    expect(status).toBeNull();
    expect(steps.at(-1)).toBe("next: Server 10.0.0.4:80 of pool 'web' answered 418.");
  });

  test('when no server was healthy', async () => {
    const emulator = await startGateway(spec, { unmapped: 'down' });
    await ask(emulator, '/a', { headers });
    const { status, steps } = explainLatest(emulator);
    expect(status).toBe(502);
    expect(steps.at(-1)).toBe(
      "respond: No server of pool 'web' is healthy with backend settings 'settings'. The client was given 502.",
    );
  });

  test('when the pool has no members, once', async () => {
    const emulator = await startGateway({ ...spec, pools: { web: [] } });
    await ask(emulator, '/a', { headers });
    const { status, steps } = explainLatest(emulator);
    expect(status).toBe(502);
    expect(steps.filter((step) => step.includes('502'))).toEqual([
      "respond: Backend pool 'web' has no members. The gateway answers 502.",
    ]);
  });

  test('when the gateway refuses it whatever its rules say', async () => {
    const emulator = await startGateway(spec);
    await ask(emulator, '/a', { method: 'TRACE', headers });
    expect(explainLatest(emulator)).toEqual({
      status: 405,
      listener: null,
      steps: ['respond: The gateway does not let TRACE pass. The gateway answers 405.'],
    });
  });

  test('when it could not even be read', async () => {
    const emulator = await startGateway(spec);
    await exchangeBytes(portOfListener(emulator), 'GET / HTTP/1.1\r\nbroken\r\n\r\n');
    expect(explainLatest(emulator).steps).toEqual([
      expect.stringMatching(/^respond: The request is malformed: .*\. The client was given 400\.$/),
    ]);
  });
});
