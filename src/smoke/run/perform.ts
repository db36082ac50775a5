import { isIP, type Socket } from 'node:net';
import { dirname } from 'node:path';
import { systemClock } from '../../base/clock.ts';
import { millisecondsOf } from '../format/duration.ts';
import type { ConnectionSpec, RequestSpec, StepAction, WebSocketSpec } from '../format/test-file.ts';
import type { CookieJar } from './cookie-jar.ts';
import type { ClientView, Observation } from './observation.ts';
import { clientIdentity, openConnection, readNear } from './open-connection.ts';
import { sendHttp2Request } from './send-http2-request.ts';
import { sendRequest } from './send-request.ts';
import { talk } from './talk.ts';
import { describeNoListener, describeUnknownName, findListener, parseTargetUrl, type TargetUrl } from './target-url.ts';
import type { TestBed, Tracked } from './test-bed.ts';

/** Where an action takes place. */
export interface Stage {
  readonly bed: TestBed;
  /** Path of the test file, from whose folder other files are taken. */
  readonly filePath: string;
  /** null when cookies are not kept. */
  readonly cookies: CookieJar | null;
}

const defaultTimeoutMilliseconds = 60_000;

/**
 * Carries out one request or WebSocket.
 *
 * @throws EmulatorError for files that cannot be read
 */
export async function perform(action: StepAction, stage: Stage): Promise<Observation> {
  const spec = action.kind === 'request' ? action.request : action.websocket;
  const url = parseTargetUrl(spec.url);
  if (url === undefined) return failed(`'${spec.url}' is not a whole URL.`);
  if (spec.clientIp !== undefined && isIP(spec.clientIp) === 0) return failed(`'${spec.clientIp}' is no IP address.`);
  const { emulator } = stage.bed;
  const listener = findListener(emulator.listeners, emulator.gateway, url, spec.frontend);
  if (listener === undefined) return failed(describeNoListener(emulator.listeners, url));
  const send = await prepare(action, url, stage);
  const identity = await clientIdentity(spec.clientCertificate, dirname(stage.filePath));
  const startedAt = systemClock.elapsed();
  let socket: Socket;
  try {
    socket = await openConnection(listener, url.hostName, identity, protocolsOf(action));
  } catch (error) {
    const unknown = describeUnknownName(emulator.listeners, url);
    const causes = unknown.length > 0 ? unknown : stage.bed.troubleWith(listener);
    return failed([`The connection failed: ${reasonOf(error)}.`, ...causes].join(' '));
  }
  const tracked = stage.bed.track(listener.frontendPort, socket.localPort ?? 0, spec.clientIp);
  return observe(() => send(socket), tracked, startedAt, stage.cookies);
}

async function observe(
  send: () => Promise<ClientView>,
  tracked: Tracked,
  startedAt: number,
  cookies: CookieJar | null,
): Promise<Observation> {
  try {
    const { isSent, ...view } = await send();
    const milliseconds = systemClock.elapsed() - startedAt;
    cookies?.store(view.response?.rawHeaders ?? [], systemClock.now());
    const outcome = isSent ? await tracked.finished() : null;
    return { ...view, milliseconds, record: outcome?.record ?? null, received: outcome?.received ?? [] };
  } finally {
    tracked.dispose();
  }
}

type Send = (socket: Socket) => Promise<ClientView>;

/** Reads everything that has to be read before a connection is made. */
async function prepare(action: StepAction, url: TargetUrl, stage: Stage): Promise<Send> {
  return action.kind === 'request'
    ? prepareRequest(action.request, url, stage)
    : prepareWebSocket(action.websocket, url, stage);
}

async function prepareRequest(spec: RequestSpec, url: TargetUrl, stage: Stage): Promise<Send> {
  const body = await bodyOf(spec, dirname(stage.filePath));
  const lines = headerLines(spec, url, stage.cookies);
  const has = (name: string) => lines.some(([each]) => each.toLowerCase() === name);
  if (!has('host')) lines.unshift(['Host', url.host]);
  if (spec.json !== undefined && !has('content-type')) lines.push(['Content-Type', 'application/json']);
  const isCounted = has('content-length') || has('transfer-encoding');
  if (body !== null && !isCounted) lines.push(['Content-Length', String(body.length)]);
  const outgoing = {
    method: spec.method ?? 'GET',
    path: url.path,
    httpVersion: spec.httpVersion ?? '1.1',
    rawHeaders: lines.flat(),
    body,
    timeoutMilliseconds: timeoutOf(spec),
  };
  const send = outgoing.httpVersion === '2' ? sendHttp2Request : sendRequest;
  return (socket) => send(socket, outgoing);
}

async function prepareWebSocket(spec: WebSocketSpec, url: TargetUrl, stage: Stage): Promise<Send> {
  const headers: Record<string, string[]> = Object.create(null);
  for (const [name, value] of headerLines(spec, url, stage.cookies)) headers[name] = [...(headers[name] ?? []), value];
  const { protocols = [], steps } = spec;
  const outgoing = { ...url, headers, protocols, steps, timeoutMilliseconds: timeoutOf(spec) };
  return (socket) => talk(socket, outgoing);
}

/** A client that wants HTTP/2 offers 1.1 too, as browsers do; what the listener chooses is seen afterwards. */
function protocolsOf(action: StepAction): readonly string[] {
  const isHttp2 = action.kind === 'request' && action.request.httpVersion === '2';
  return isHttp2 ? ['h2', 'http/1.1'] : ['http/1.1'];
}

function headerLines(
  spec: ConnectionSpec,
  { authorization }: TargetUrl,
  cookies: CookieJar | null,
): [name: string, value: string][] {
  const lines = Object.entries(spec.headers ?? {}).flatMap(([name, value]) =>
    [value].flat().map((each): [string, string] => [name, each]),
  );
  const isAuthorized = lines.some(([name]) => name.toLowerCase() === 'authorization');
  if (authorization !== null && !isAuthorized) lines.push(['Authorization', authorization]);
  const cookie = cookies?.header() ?? null;
  return cookie === null ? lines : [...lines, ['Cookie', cookie]];
}

async function bodyOf({ body, bodyFile, json }: RequestSpec, folder: string): Promise<Buffer | null> {
  if (body !== undefined) return Buffer.from(body);
  if (bodyFile !== undefined) return readNear(folder, bodyFile);
  return json === undefined ? null : Buffer.from(JSON.stringify(json));
}

function timeoutOf({ timeout }: ConnectionSpec): number {
  return timeout === undefined ? defaultTimeoutMilliseconds : millisecondsOf(timeout);
}

/** OpenSSL's errors say what they mean in `reason`, and much about its own files in their message. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'reason' in error && typeof error.reason === 'string' ? error.reason : error.message;
}

function failed(failure: string): Observation {
  return { response: null, failure, milliseconds: 0, record: null, received: [], messages: [] };
}
