import { type ClientHttp2Session, connect, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http2';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { type ClientResponse, type ClientView, notSent, refusedByClient } from './observation.ts';
import type { OutgoingRequest } from './send-request.ts';

/** Sends one request as a stream of HTTP/2, if client and listener have agreed on that, and waits for the end of its answer. */
export function sendHttp2Request(socket: Socket, outgoing: OutgoingRequest): Promise<ClientView> {
  const agreed = socket instanceof TLSSocket ? socket.alpnProtocol : null;
  if (agreed !== 'h2') {
    socket.destroy();
    return Promise.resolve(notSent(notHttp2(agreed)));
  }
  return new Promise((resolve) => {
    const session = connect('https://gateway', { createConnection: () => socket });
    const finish = (response: ClientResponse | null, failure: string | null) => {
      clearTimeout(timer);
      session.destroy();
      resolve({ response, failure, messages: [], isSent: true });
    };
    const timer = setTimeout(() => {
      finish(null, `There was no answer within ${outgoing.timeoutMilliseconds} ms.`);
    }, outgoing.timeoutMilliseconds);
    session.on('error', (error) => finish(null, `The connection broke off: ${error.message}.`));
    try {
      send(session, outgoing, finish);
    } catch (error) {
      clearTimeout(timer);
      session.destroy();
      resolve(refusedByClient(error));
    }
  });
}

type Finish = (response: ClientResponse | null, failure: string | null) => void;

function send(session: ClientHttp2Session, { body, ...outgoing }: OutgoingRequest, finish: Finish): void {
  const stream = session.request(http2Headers(outgoing), { endStream: body === null });
  const chunks: Buffer[] = [];
  let response: ClientResponse | null = null;
  const whole = () => response && { ...response, body: Buffer.concat(chunks).toString('utf8') };
  stream.on('response', (headers) => {
    response = { status: headers[':status'] ?? 0, rawHeaders: rawHeadersOf(headers), body: '' };
  });
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  stream.on('end', () => finish(whole(), null));
  stream.on('error', (error) => finish(whole(), `The answer broke off: ${error.message}.`));
  if (body !== null) stream.end(body);
}

/** The request line and Host are pseudo-headers in HTTP/2, and names have no capitals. */
function http2Headers({ method, path, rawHeaders }: Omit<OutgoingRequest, 'body'>): OutgoingHttpHeaders {
  const headers: Record<string, string | string[]> = Object.create(null);
  Object.assign(headers, { ':method': method, ':path': path, ':scheme': 'https' });
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? '').toLowerCase();
    const key = name === 'host' ? ':authority' : name;
    const value = rawHeaders[index + 1] ?? '';
    const earlier = headers[key];
    headers[key] = earlier === undefined ? value : [earlier, value].flat();
  }
  return headers;
}

function rawHeadersOf(headers: IncomingHttpHeaders): string[] {
  return Object.entries(headers).flatMap(([name, value]) =>
    name.startsWith(':') || value === undefined ? [] : [value].flat().flatMap((each) => [name, String(each)]),
  );
}

// Azure has HTTP/2 for clients, over TLS and when the template enables it.
// https://learn.microsoft.com/azure/application-gateway/overview-v2
function notHttp2(agreed: string | false | null): string {
  if (agreed === null) return 'HTTP/2 needs a URL of https; the gateway has none without TLS.';
  return `The listener agreed on ${agreed || 'HTTP/1.1'}; HTTP/2 needs 'enableHttp2' of the gateway.`;
}
