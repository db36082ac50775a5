import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { describe, onTestFinished, test } from 'vitest';
import type { Emulator } from '../../../src/emulator/emulator.ts';
import type { BackendHttpSettings, Probe } from '../../../src/gateway/model.ts';
import type { GatewaySpec } from '../../routing/gateway-fixture.ts';
import { type Options, startGateway } from '../fixture.ts';

/** What the gateway does, who says so, and a test that shows it on real sockets. */
export type LiveFact = readonly [fact: string, source: string, show: () => Promise<unknown>];

export function testFacts(subject: string, facts: readonly LiveFact[]): void {
  describe(subject, () => {
    test.each(facts)('%s (%s)', async (_fact, _source, show) => {
      await show();
    });
  });
}

export interface LiveServer {
  readonly port: number;
  /** Everything that was asked of it, probes included. */
  readonly seen: readonly IncomingMessage[];
  close(): Promise<void>;
}

/** A server at the address that the template names. */
export async function startLive(listener: RequestListener, address = '127.0.0.2', port = 0): Promise<LiveServer> {
  const seen: IncomingMessage[] = [];
  const server = createServer((incoming, outgoing) => {
    seen.push(incoming);
    listener(incoming, outgoing);
  });
  server.listen(port, address);
  await once(server, 'listening');
  const close = async () => {
    server.closeAllConnections();
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  };
  onTestFinished(close);
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('The server has no port.');
  return { port: bound.port, seen, close };
}

export const fine: RequestListener = (_incoming, outgoing) => outgoing.end('fine');

export interface Before extends Omit<GatewaySpec, 'settings'> {
  readonly settings?: Partial<BackendHttpSettings>;
  readonly member?: string;
}

/** A gateway whose pool has one member, which is where the template says. */
export async function startBefore(
  server: LiveServer,
  { settings = {}, member = '127.0.0.2', ...spec }: Before = {},
  options: Options = {},
): Promise<Emulator> {
  const described = {
    rules: [{ pool: 'web' }],
    pools: { web: [member] },
    settings: { settings: { port: server.port, ...settings } },
  };
  return startGateway({ ...described, ...spec }, { unmapped: 'live', ...options });
}

export function probe(described: Partial<Probe> = {}): Probe {
  return {
    id: 'p',
    name: 'p',
    origin: { span: undefined, path: '' },
    protocol: 'Http',
    host: 'probe.contoso.com',
    pickHostNameFromBackendHttpSettings: false,
    path: '/health',
    intervalSeconds: 5,
    timeoutSeconds: 1,
    unhealthyThreshold: 3,
    minServers: 0,
    port: null,
    match: { statusCodes: [{ from: 200, to: 399 }], body: null },
    ...described,
  };
}

/** Health and text of all servers, in the order of the report. */
export function healthOf(gateway: Emulator): (readonly [health: string, log: string])[] {
  return gateway
    .backendHealth()
    .backendAddressPools.flatMap(({ backendHttpSettingsCollection }) =>
      backendHttpSettingsCollection.flatMap(({ servers }) =>
        servers.map(({ health, healthProbeLog }) => [health, healthProbeLog] as const),
      ),
    );
}

const learn = 'https://learn.microsoft.com/azure/application-gateway';
const support = 'https://learn.microsoft.com/troubleshoot/azure/application-gateway';

export const sources = {
  settings: `${learn}/configuration-http-settings`,
  probe: `${learn}/application-gateway-probe-overview`,
  works: `${learn}/how-application-gateway-works`,
  features: `${learn}/features`,
  faq: `${learn}/application-gateway-faq`,
  ssl: `${learn}/ssl-overview`,
  versions: `${learn}/application-gateway-tls-version-retirement`,
  monitor: `${learn}/monitor-application-gateway-reference`,
  events: `${learn}/use-server-sent-events`,
  affinity: `${learn}/application-gateway-secure-flag-session-affinity`,
  v2: `${learn}/overview-v2`,
  arm: 'https://learn.microsoft.com/azure/templates/microsoft.network/applicationgateways',
  rest: 'https://learn.microsoft.com/rest/api/application-gateway/application-gateways/backend-health',
  health: `${support}/application-gateway-backend-health-troubleshooting`,
  badGateway: `${support}/application-gateway-troubleshooting-502`,
  hostNames: `${support}/troubleshoot-application-gateway-routing-redirect-hostname-issues`,
  choice: 'choice',
} as const;
