import { describe, expect, test } from 'vitest';
import { probeMessages } from '../../src/runtime/probes/probe-messages.ts';
import type { GatewaySpec } from '../routing/gateway-fixture.ts';
import { probe } from '../runtime/facts/fact.ts';
import { ask, startGateway } from '../runtime/fixture.ts';

const unsendable = ['图片', 'a\r\nx-injected: 1', 'a\u0000', 'half a pair \ud83d'];

// Azure lets templates say much that no HTTP message can hold; what it does then is not documented.
describe.each(unsendable)('%j in a template', (text) => {
  const web = { rules: [{ pool: 'web' }], pools: { web: ['10.0.0.4'] } } satisfies GatewaySpec;

  test('is no host name that can be probed, and nothing else stands still', async () => {
    const settings = { settings: { probe: probe({ host: text }) } };
    const gateway = await startGateway({ ...web, settings });
    const [settingsHealth] = gateway.backendHealth().backendAddressPools[0]?.backendHttpSettingsCollection ?? [];
    expect(settingsHealth?.servers).toEqual([
      { address: '10.0.0.4', health: 'Unhealthy', healthProbeLog: probeMessages.dns },
    ]);
    expect((await ask(gateway, '/')).status).toBe(502);
  });

  test('is percent-encoded in the path of a probe', async () => {
    const settings = { settings: { probe: probe({ path: `/${text}?x=1` }) } };
    const gateway = await startGateway({ ...web, settings });
    const [settingsHealth] = gateway.backendHealth().backendAddressPools[0]?.backendHttpSettingsCollection ?? [];
    expect(settingsHealth?.servers).toMatchObject([{ health: 'Healthy' }]);
  });

  test('is percent-encoded in the target of a redirect', async () => {
    const redirect = { to: `https://contoso.com/${text}`, path: true };
    const gateway = await startGateway({ rules: [{ redirect }] });
    const { status, headers } = await ask(gateway, '/a');
    const location = headers['location'] ?? '';
    expect([status, decodeURI(location)]).toEqual([301, `https://contoso.com/${text.replace('\ud83d', '\ufffd')}/a`]);
    expect(location).toMatch(/^[ -~]+$/);
    expect(headers).not.toHaveProperty('x-injected');
  });

  test('does not end the gateway as the name of a pool', async () => {
    const gateway = await startGateway({ rules: [{ pool: text }], pools: { [text]: ['10.0.0.4'] } });
    expect((await ask(gateway, '/')).status).toBe(200);
    expect((await ask(gateway, '/')).status).toBe(200);
  });
});
