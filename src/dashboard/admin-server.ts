import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type Clock, systemClock } from '../base/clock.ts';
import { EmulatorError } from '../base/errors.ts';
import { answerAdminRequest, feedPath } from './admin-routes.ts';
import type { AdminTarget } from './admin-target.ts';
import { type Answer, refuse } from './answer.ts';
import { Feed } from './feed.ts';
import { refuseForeignRequest } from './refuse-foreign-request.ts';

export interface AdminServer {
  /** As `http://127.0.0.1:9900`. */
  readonly url: string;
  /** Closes it and its connections; may be called again. */
  dispose(): Promise<void>;
}

/**
 * Starts the dashboard and the admin API of a running gateway.
 *
 * @param at where to listen; port 0 takes a free one
 * @throws EmulatorError `PortInUse`, `PortNotPermitted` or `AddressNotAvailable`
 */
export async function startAdminServer(
  target: AdminTarget,
  at: { readonly address: string; readonly port: number },
  clock: Clock = systemClock,
): Promise<AdminServer> {
  const server = createServer((request, response) => {
    answer(target, request)
      // Our own mistake; the gateway goes on, and whoever asked sees what went wrong.
      .catch((fault: unknown) => refuse(500, 'InternalServerError', String(fault)))
      .then((found) => send(request, response, found));
  });
  const feed = new Feed(target.events, clock);
  server.on('upgrade', (request, socket, head) => upgrade(feed, request, socket, head));
  try {
    await listen(server, at);
  } catch (error) {
    feed.dispose();
    throw error;
  }
  const { address, port, family } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`,
    dispose: () =>
      new Promise((resolve) => {
        feed.dispose();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(target: AdminTarget, request: IncomingMessage): Promise<Answer> {
  const refusal = refuseForeignRequest(request);
  if (refusal !== undefined) return refuse(403, 'Forbidden', refusal);
  const path = request.url ?? '/';
  if (!isWellFormed(path)) return refuse(400, 'InvalidPath', `'${path}' is not a well-formed path.`);
  return answerAdminRequest(target, request, new URL(path, 'http://admin'));
}

function isWellFormed(path: string): boolean {
  try {
    decodeURIComponent(new URL(path, 'http://admin').pathname);
    return path.startsWith('/') && !path.startsWith('//');
  } catch {
    return false;
  }
}

/** Browsers let any page open a WebSocket anywhere: the same checks as for requests are all that protects the feed. */
function upgrade(feed: Feed, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  socket.on('error', () => socket.destroy());
  const isMeant = request.url?.split('?', 1)[0] === feedPath;
  const status = refuseForeignRequest(request) !== undefined ? 403 : isMeant ? 101 : 404;
  if (status === 101) feed.accept(request, socket, head);
  else socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function send(request: IncomingMessage, response: ServerResponse, found: Answer): void {
  const contentType = 'content' in found ? found.contentType : 'application/json; charset=utf-8';
  response.writeHead(found.status, {
    'content-type': contentType,
    'content-security-policy': contentSecurityPolicy(request.headers.host ?? ''),
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
  });
  response.end('content' in found ? found.content : `${JSON.stringify(found.body)}\n`);
}

/**
 * The page loads from here alone and talks to nobody else. Older browsers do not take `'self'` for WebSockets, so the
 * feed is named; a host that is not this machine's was refused before, and is named to no effect.
 */
function contentSecurityPolicy(host: string): string {
  const feed = /^[\w.:[\]-]+$/.test(host) ? ` ws://${host}` : '';
  const own = ['script-src', 'style-src', 'img-src', 'font-src'].map((directive) => `${directive} 'self'`).join('; ');
  return `default-src 'none'; ${own}; connect-src 'self'${feed}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
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
