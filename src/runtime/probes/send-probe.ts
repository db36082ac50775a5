import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { TLSSocket } from 'node:tls';
import type { Clock } from '../../base/clock.ts';
import type { Gateway } from '../../gateway/model.ts';
import { isHeaderValue } from '../../rewrite/raw-headers.ts';
import type { BackendServer } from '../backends/backend-server.ts';
import { certificateFault } from './certificate-fault.ts';
import { describeProbeError } from './describe-probe-error.ts';
import { judgeResponse } from './judge-response.ts';
import { probeMessages } from './probe-messages.ts';
import type { ProbePlan } from './probe-plan.ts';
import type { ProbeResult } from './probe-state.ts';

/** Longer bodies are not searched any further. */
const maximumBodyBytes = 64 * 1024;

export interface RunningProbe {
  readonly result: Promise<ProbeResult>;
  cancel(): void;
}

/** Asks a server once, over a connection of its own. Redirects are not followed, and nothing is sent but `Host`. */
export function sendProbe(
  server: BackendServer,
  plan: ProbePlan,
  clock: Clock,
  generation: Gateway['sku']['generation'],
): RunningProbe {
  if (!server.isReachable) return answered({ isSuccess: false, log: probeMessages.connect });
  if (!isHeaderValue(plan.host)) return answered({ isSuccess: false, log: probeMessages.dns });
  const request = openRequest(server, plan);
  const result = new Promise<ProbeResult>((resolve) => {
    const timer = clock.after(plan.timeoutMilliseconds, () => finish({ isSuccess: false, log: probeMessages.timeout }));
    const finish = (found: ProbeResult) => {
      timer.dispose();
      resolve(found);
      request.destroy();
    };
    request.on('error', (error) =>
      finish({ isSuccess: false, log: describeProbeError(error, server.settings, generation) }),
    );
    request.on('response', (response) => readResponse(response, plan, finish));
    request.end();
  });
  return { result, cancel: () => request.destroy() };
}

function answered(result: ProbeResult): RunningProbe {
  return { result: Promise.resolve(result), cancel: () => undefined };
}

function openRequest({ target, tls: secured }: BackendServer, plan: ProbePlan) {
  const options = {
    host: target.host,
    // A member that lives elsewhere has one port there, whatever port the template probes.
    port: target.kind === 'live' ? plan.port : target.port,
    method: 'GET',
    path: plan.path,
    headers: { Host: plan.host },
    agent: false,
  };
  if (secured === null) return httpRequest(options);
  const { servername: _, checkPeer: __, ...tls } = secured;
  // Node would close a connection that it does not trust, and with it what there is to say of the certificates.
  const request = httpsRequest({ ...options, ...tls, rejectUnauthorized: false, servername: plan.serverName ?? '' });
  request.once('socket', (socket) =>
    socket.once('secureConnect', () => {
      const fault = certificateFault(socket as TLSSocket, secured, plan.serverName ?? target.host);
      if (fault !== undefined) request.destroy(fault);
    }),
  );
  return request;
}

function readResponse(response: IncomingMessage, plan: ProbePlan, finish: (result: ProbeResult) => void): void {
  const { match } = plan;
  const status = response.statusCode ?? 0;
  if (match.body === null || match.body === '') {
    finish(judgeResponse(match, status, ''));
    return;
  }
  let body = '';
  response.setEncoding('utf8');
  response.on('data', (text: string) => {
    body += text;
    if (body.length > maximumBodyBytes) finish(judgeResponse(match, status, body));
  });
  response.on('end', () => finish(judgeResponse(match, status, body)));
  response.on('error', () => finish({ isSuccess: false, log: probeMessages.connect }));
}
