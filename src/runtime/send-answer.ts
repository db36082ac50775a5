import type { HttpListener } from '../gateway/model.ts';
import { customErrorPage } from '../routing/custom-error-page.ts';
import { type GatewayAnswer, renderGatewayAnswer } from '../routing/gateway-answers.ts';
import type { Deployment } from './deployment.ts';
import type { Exchange } from './exchange.ts';
import type { Answer } from './stages/stage.ts';

/** Answers a request in the gateway's own name. */
export function sendAnswer(exchange: Exchange, answer: Answer): void {
  const { outgoing, record, deployment } = exchange;
  record.errorInfo = answer.errorInfo;
  record.why = answer.why;
  if (outgoing.headersSent || answer.isUnanswered === true) {
    outgoing.destroy();
    return;
  }
  const rendered = renderAnswer(deployment, record.route?.listener ?? null, answer);
  if (endsConnection.has(rendered.status)) outgoing.shouldKeepAlive = false;
  const headers = [...rendered.headers, 'Connection', keepsAlive(exchange) ? 'keep-alive' : 'close'];
  record.status = rendered.status;
  record.responseHeaders = headers;
  record.sentBytes = record.request.method === 'HEAD' ? 0 : Buffer.byteLength(rendered.body);
  outgoing.writeHead(rendered.status, rendered.reason, headers);
  outgoing.end(rendered.body);
}

/** Answers a request that went wrong here: a mistake of ours, or of this machine. The gateway goes on. */
export function sendFault(exchange: Exchange, stage: string, error: unknown): void {
  exchange.services.faulted(stage, error);
  sendAnswer(exchange, { status: 500, errorInfo: 'ERRORINFO_NO_ERROR', why: `Agate failed in its stage '${stage}'.` });
}

/**
 * After an answer of its own NGINX, which v2 is made of, keeps the connection, except where the client's idea of where the
 * next request begins may be another one.
 */
const endsConnection: ReadonlySet<number> = new Set([400, 413, 414, 500]);

/** @param listener that took the request; null when none did, or when it could not be read */
export function renderAnswer(
  { table: { gateway }, errorPages }: Deployment,
  listener: HttpListener | null,
  answer: Answer,
): GatewayAnswer {
  const configuration = customErrorPage(gateway, listener, answer.status);
  const page = configuration === null ? undefined : errorPages.get(configuration.customErrorPageUrl);
  return renderGatewayAnswer({
    status: answer.status,
    generation: gateway.sku.generation,
    hideServerHeader: gateway.globalConfiguration.disableDefaultServerHeaderInResponse,
    ...(page === undefined ? {} : { page }),
    ...(answer.extraLine === undefined ? {} : { extraLine: answer.extraLine }),
    ...(answer.location === undefined ? {} : { location: answer.location }),
  });
}

/** Whether the client's connection stays open after the answer. */
export function keepsAlive({ outgoing, services, upgrade }: Exchange): boolean {
  return outgoing.shouldKeepAlive && !services.isDraining && upgrade === null;
}
