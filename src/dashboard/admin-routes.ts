import type { IncomingMessage } from 'node:http';
import { describeMetrics } from '../observability/metrics/describe-metrics.ts';
import { parseMetricsQuery } from '../observability/metrics/metrics-query.ts';
import { renderPrometheus } from '../observability/metrics/render-prometheus.ts';
import type { AdminTarget } from './admin-target.ts';
import { type Answer, ok, refuse } from './answer.ts';
import { changeMember } from './change-member.ts';
import { openApiAnswer, pageAnswer } from './package-files.ts';

type Handler = (target: AdminTarget, query: URLSearchParams) => Answer | Promise<Answer>;

/** Where the feed waits for WebSockets. */
export const feedPath = '/api/events';

const defaultRequestLimit = 100;

/** What answers GET, by path. */
const readers: Readonly<Record<string, Handler>> = {
  '/api': () => ok({ name: 'Agate', api: [...Object.keys(readers).map((path) => `GET ${path}`), ...otherForms] }),
  '/api/openapi.json': openApiAnswer,
  '/api/gateway': (target) => ok(target.gateway()),
  '/api/backend-health': (target) => ok(target.backendHealth()),
  '/api/requests': (target, query) => listRequests(target, query.get('limit')),
  '/api/findings': (target) => ok(target.findings()),
  '/api/explain': explain,
  '/api/metrics': listMetrics,
  '/metrics': metricsText,
  '/healthz': () => ok({ status: 'ok' }),
  '/readyz': (target) => (target.isReady() ? ok({ status: 'ready' }) : { status: 503, body: { status: 'starting' } }),
};

const otherForms = ['POST /api/backends/<pool>/<member>', `WebSocket ${feedPath}`];

/** Answers a request whose origin is no matter any more. The path is well-formed. */
export async function answerAdminRequest(target: AdminTarget, request: IncomingMessage, url: URL): Promise<Answer> {
  const method = request.method === 'HEAD' ? 'GET' : (request.method ?? 'GET');
  const path = url.pathname;
  const read = Object.hasOwn(readers, path) ? readers[path] : undefined;
  const member = /^\/api\/backends\/([^/]+)\/([^/]+)$/.exec(path)?.slice(1).map(decodeURIComponent);
  if (method === 'GET' && read !== undefined) return read(target, url.searchParams);
  if (method === 'POST' && member !== undefined) return changeMember(target, member[0] ?? '', member[1] ?? '', request);
  const page = await pageAnswer(path);
  if (method === 'GET' && page !== undefined) return page;
  if (path === feedPath) return refuse(426, 'UpgradeRequired', `${path} is a WebSocket.`);
  const allowed = member === undefined ? 'GET' : 'POST';
  if (read !== undefined || page !== undefined || member !== undefined) {
    return refuse(405, 'MethodNotAllowed', `${path} answers ${allowed}, not ${method}.`);
  }
  return refuse(404, 'NotFound', `There is no ${method} ${path}. GET /api lists what there is.`);
}

function listRequests(target: AdminTarget, limitText: string | null): Answer {
  const limit = limitText === null ? defaultRequestLimit : Number(limitText);
  if (Number.isInteger(limit) && limit > 0) return ok(target.requests(limit));
  return refuse(400, 'InvalidLimit', `limit is '${limitText}'; it should be a whole number above 0.`);
}

function explain(target: AdminTarget, query: URLSearchParams): Answer {
  const traceId = query.get('traceId');
  if (traceId !== null) {
    const explanation = target.explainRequest(traceId);
    if (explanation !== undefined) return ok(explanation);
    return refuse(404, 'RequestNotFound', `The log has no request with the trace ID '${traceId}' any more.`);
  }
  const asked = query.get('url');
  if (asked === null || !/^https?:\/\/[^/?#]/i.test(asked) || !URL.canParse(asked)) {
    return refuse(400, 'InvalidUrl', 'Name the URL as ?url=http://host/path, percent-encoded.');
  }
  return ok(target.explain({ method: query.get('method') ?? 'GET', url: asked }));
}

function listMetrics(target: AdminTarget, parameters: URLSearchParams): Answer {
  const parsed = parseMetricsQuery(parameters, target.metrics.minute);
  if ('message' in parsed) return refuse(400, 'BadRequest', parsed.message);
  return ok(describeMetrics(target.metrics, parsed.query));
}

async function metricsText(target: AdminTarget): Promise<Answer> {
  const { contentType, text } = await renderPrometheus(target.metrics);
  return { status: 200, contentType, content: text };
}
