import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EmulatorError } from '../base/errors.ts';
import { refuseForeignRequest } from './refuse-foreign-request.ts';

/** What the admin API shows and changes. The emulator is one; results are JSON values. */
export interface AdminTarget {
  gateway(): unknown;
  /** In the shape of Azure's backend-health operation. */
  backendHealth(): unknown;
  /** Decision records, newest first. */
  requests(limit: number): unknown;
  /** How a request would be routed. */
  explain(request: { readonly method: string; readonly url: string }): unknown;
  /** False when there is no such member. */
  setMemberState(pool: string, member: string, state: 'up' | 'down'): boolean | Promise<boolean>;
  isReady(): boolean;
}

export interface AdminServer {
  /** As `http://127.0.0.1:9900`. */
  readonly url: string;
  /** Closes it and its connections; may be called again. */
  dispose(): Promise<void>;
}

/**
 * Starts the admin API of a running gateway.
 *
 * @param at where to listen; port 0 takes a free one
 * @throws EmulatorError `PortInUse`, `PortNotPermitted` or `AddressNotAvailable`
 */
export async function startAdminServer(
  target: AdminTarget,
  at: { readonly address: string; readonly port: number },
): Promise<AdminServer> {
  const server = createServer((request, response) => {
    answer(target, request, response).catch((fault: unknown) => {
      // Our own mistake; the gateway goes on, and whoever asked sees what went wrong.
      send(response, 500, errorBody('InternalServerError', String(fault)));
    });
  });
  await listen(server, at);
  const { address, port, family } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`,
    dispose: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Handler = (target: AdminTarget, url: URL, request: IncomingMessage) => Answer | Promise<Answer>;

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const defaultRequestLimit = 100;

const routes: Readonly<Record<string, Handler>> = {
  'GET /': () => ok({ name: 'Agate', api: Object.keys(routes).concat('POST /api/backends/<pool>/<member>') }),
  'GET /api/gateway': (target) => ok(target.gateway()),
  'GET /api/backend-health': (target) => ok(target.backendHealth()),
  'GET /api/requests': (target, url) => listRequests(target, url.searchParams.get('limit')),
  'GET /api/explain': (target, url) => explain(target, url),
  'GET /healthz': () => ok({ status: 'ok' }),
  'GET /readyz': (target) =>
    target.isReady() ? ok({ status: 'ready' }) : { status: 503, body: { status: 'starting' } },
};

async function answer(target: AdminTarget, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const refusal = refuseForeignRequest(request);
  if (refusal !== undefined) {
    send(response, 403, errorBody('Forbidden', refusal));
    return;
  }
  const path = request.url ?? '/';
  if (!isWellFormed(path)) {
    send(response, 400, errorBody('InvalidPath', `'${path}' is not a well-formed path.`));
    return;
  }
  const url = new URL(path, 'http://admin');
  const method = request.method === 'HEAD' ? 'GET' : (request.method ?? 'GET');
  const handler = routes[`${method} ${url.pathname}`] ?? memberHandler(method, url.pathname);
  const { status, body } =
    handler === undefined ? unknownRoute(method, url.pathname) : await handler(target, url, request);
  send(response, status, body);
}

function isWellFormed(path: string): boolean {
  try {
    decodeURIComponent(path);
    return path.startsWith('/') && URL.canParse(path, 'http://admin');
  } catch {
    return false;
  }
}

function memberHandler(method: string, path: string): Handler | undefined {
  const match = /^\/api\/backends\/([^/]+)\/([^/]+)$/.exec(path);
  const [, pool, member] = match ?? [];
  if (method !== 'POST' || pool === undefined || member === undefined) return undefined;
  return async (target, _url, request) => {
    const state = await readState(request);
    if (state === undefined) {
      return { status: 400, body: errorBody('InvalidState', 'The body should be {"state":"up"} or {"state":"down"}.') };
    }
    const names = [decodeURIComponent(pool), decodeURIComponent(member)] as const;
    if (await target.setMemberState(...names, state)) return ok({ pool: names[0], member: names[1], state });
    return {
      status: 404,
      body: errorBody('MemberNotFound', `Pool '${names[0]}' has no member '${names[1]}' with a stand-in server.`),
    };
  };
}

function listRequests(target: AdminTarget, limitText: string | null): Answer {
  const limit = limitText === null ? defaultRequestLimit : Number(limitText);
  if (Number.isInteger(limit) && limit > 0) return ok(target.requests(limit));
  return {
    status: 400,
    body: errorBody('InvalidLimit', `limit is '${limitText}'; it should be a whole number above 0.`),
  };
}

function explain(target: AdminTarget, url: URL): Answer {
  const asked = url.searchParams.get('url');
  if (asked === null || !URL.canParse(asked)) {
    return { status: 400, body: errorBody('InvalidUrl', 'Name the URL as ?url=http://host/path, percent-encoded.') };
  }
  return ok(target.explain({ method: url.searchParams.get('method') ?? 'GET', url: asked }));
}

function unknownRoute(method: string, path: string): Answer {
  if (routes[`GET ${path}`] !== undefined) {
    return { status: 405, body: errorBody('MethodNotAllowed', `${path} answers GET, not ${method}.`) };
  }
  return { status: 404, body: errorBody('NotFound', `There is no ${method} ${path}. GET / lists what there is.`) };
}

/** Longest body that `POST /api/backends/…` can need, with room to spare. */
const maximumBodyBytes = 1024;

async function readState(request: IncomingMessage): Promise<'up' | 'down' | undefined> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > maximumBodyBytes) return undefined;
  }
  try {
    const body: unknown = JSON.parse(text);
    const state = typeof body === 'object' && body !== null && 'state' in body ? body.state : undefined;
    return state === 'up' || state === 'down' ? state : undefined;
  } catch {
    return undefined;
  }
}

function ok(body: unknown): Answer {
  return { status: 200, body };
}

function errorBody(code: string, message: string): unknown {
  return { error: { code, message } };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(`${JSON.stringify(body)}\n`);
}

async function listen(server: Server, at: { readonly address: string; readonly port: number }): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(listenError(at, cause)));
    server.listen(at.port, at.address, resolve);
  });
}

function listenError(
  at: { readonly address: string; readonly port: number },
  cause: NodeJS.ErrnoException,
): EmulatorError {
  const place = `${at.address}:${at.port}`;
  const hint = 'Choose another place with --admin <[address:]port>, or do without with --admin off.';
  if (cause.code === 'EADDRINUSE')
    return new EmulatorError('PortInUse', `The admin address ${place} is in use.`, { hint, cause });
  if (cause.code === 'EACCES') {
    return new EmulatorError('PortNotPermitted', `This user may not listen on ${place}.`, { hint, cause });
  }
  return new EmulatorError('AddressNotAvailable', `The admin API cannot listen on ${place}: ${cause.message}.`, {
    hint,
    cause,
  });
}
