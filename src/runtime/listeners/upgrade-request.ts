import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { asksForWebSocket, checkRequest } from '../../routing/check-request.ts';

/** Whether a request that Node takes for an upgrade is one for the gateway, which knows WebSocket only. */
export function isWebSocketUpgrade({ method = '', url = '', rawHeaders, httpVersion }: IncomingMessage): boolean {
  if (httpVersion !== '1.1') return false;
  return asksForWebSocket(method, checkRequest({ method, url, rawHeaders, httpVersion }, 'v2'));
}

/**
 * Puts a request back into its connection, without the line that made Node take it for an upgrade: of such requests
 * Node (20 to 24) reads no body, and would lose both that and the requests behind it.
 *
 * @param rest what came after the request's head
 */
export function putBack(incoming: IncomingMessage, socket: Socket, rest: Buffer): void {
  const { method, url, httpVersion, rawHeaders } = incoming;
  let head = `${method} ${url} HTTP/${httpVersion}\r\n`;
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    if (name.toLowerCase() !== 'upgrade') head += `${name}: ${rawHeaders[index + 1]}\r\n`;
  }
  socket.unshift(Buffer.concat([Buffer.from(`${head}\r\n`, 'latin1'), rest]));
}
