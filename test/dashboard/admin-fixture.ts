import { request } from 'node:http';
import { onTestFinished } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import type { Diagnostic } from '../../src/base/diagnostic.ts';
import { adminTargetOf } from '../../src/cli/admin-target.ts';
import { type AdminServer, startAdminServer } from '../../src/dashboard/admin-server.ts';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { meteredGatewayOf } from '../../src/emulator/metered-gateway.ts';
import { GatewayMetrics } from '../../src/observability/metrics/gateway-metrics.ts';

/** Starts the admin server of a gateway on a free port, for the length of a test. */
export async function startAdmin(emulator: Emulator, findings: readonly Diagnostic[] = []): Promise<AdminServer> {
  const metrics = new GatewayMetrics(emulator.events, meteredGatewayOf(emulator), systemClock);
  const target = adminTargetOf(emulator, metrics, () => findings);
  const server = await startAdminServer(target, { address: '127.0.0.1', port: 0 });
  onTestFinished(async () => {
    metrics.dispose();
    await server.dispose();
  });
  return server;
}

export interface AdminReply {
  readonly status: number;
  readonly contentType: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  /** undefined for what is no JSON. */
  readonly json: unknown;
}

/** Asks the admin server; unlike `fetch` with any Host header. */
export function askAdmin(
  { url }: AdminServer,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  body = '',
): Promise<AdminReply> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const sent = request({ hostname, port, method, path, headers }, async (response) => {
      let text = '';
      for await (const chunk of response) text += chunk;
      const contentType = response.headers['content-type'] ?? '';
      const json: unknown = contentType.startsWith('application/json') && text !== '' ? JSON.parse(text) : undefined;
      resolve({ status: response.statusCode ?? 0, contentType, headers: response.headers, text, json });
    });
    sent.on('error', reject).end(body);
  });
}
