import { type ClientRequest, type IncomingMessage, request as startRequest } from 'node:http';
import type { Socket } from 'node:net';
import type { HttpVersion } from '../format/test-file.ts';
import { type ClientResponse, type ClientView, refusedByClient } from './observation.ts';

/** A request with everything filled in. */
export interface OutgoingRequest {
  readonly method: string;
  /** Path and query, as they go onto the wire. */
  readonly path: string;
  readonly httpVersion: HttpVersion;
  /** Name, value, name, value …, Host among them. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer | null;
  readonly timeoutMilliseconds: number;
}

/** Sends one request over a connection and waits for the end of its answer. */
export async function sendRequest(socket: Socket, outgoing: OutgoingRequest): Promise<ClientView> {
  if (outgoing.httpVersion === '1.0') writeAsHttp10(socket);
  let request: ClientRequest;
  try {
    request = startRequest({
      createConnection: () => socket,
      method: outgoing.method,
      path: outgoing.path,
      headers: [...outgoing.rawHeaders],
    });
  } catch (error) {
    socket.destroy();
    return refusedByClient(error);
  }
  return answerTo(request, socket, outgoing);
}

function answerTo(request: ClientRequest, socket: Socket, outgoing: OutgoingRequest): Promise<ClientView> {
  return new Promise((resolve) => {
    const finish = (response: ClientResponse | null, failure: string | null) => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ response, failure, messages: [], isSent: true });
    };
    const timer = setTimeout(() => {
      finish(null, `There was no answer within ${outgoing.timeoutMilliseconds} ms.`);
    }, outgoing.timeoutMilliseconds);
    request.on('response', (response) => readResponse(response, finish));
    request.on('upgrade', (response) => finish(describeResponse(response, ''), null));
    // Whatever is answered to CONNECT, Node takes the connection for a tunnel from there on.
    request.on('connect', (response) => finish(describeResponse(response, ''), null));
    request.on('error', (error) => finish(null, `The connection broke off: ${error.message}.`));
    request.end(outgoing.body ?? undefined);
  });
}

type Finish = (response: ClientResponse | null, failure: string | null) => void;

function readResponse(response: IncomingMessage, finish: Finish): void {
  const chunks: Buffer[] = [];
  const body = () => Buffer.concat(chunks).toString('utf8');
  response.on('data', (chunk: Buffer) => chunks.push(chunk));
  response.on('end', () => finish(describeResponse(response, body()), null));
  response.on('error', (error) => {
    finish(describeResponse(response, body()), `The answer broke off: ${error.message}.`);
  });
}

export function describeResponse(response: IncomingMessage, body: string): ClientResponse {
  return { status: response.statusCode ?? 0, rawHeaders: response.rawHeaders, body };
}

/** Node's client writes `HTTP/1.1` whatever it is told (Node 20 to 24), so the first line is changed on its way. */
function writeAsHttp10(socket: Socket): void {
  const write = socket.write;
  const first = (chunk: unknown, ...rest: unknown[]): boolean => {
    socket.write = write;
    const head = String(chunk).replace(/^([^\r\n]*) HTTP\/1\.1\r\n/, '$1 HTTP/1.0\r\n');
    return Reflect.apply(write, socket, [head, ...rest]);
  };
  socket.write = first as Socket['write'];
}
