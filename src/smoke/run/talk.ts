import type { Socket } from 'node:net';
import { type RawData, WebSocket } from 'ws';
import type { WebSocketStep } from '../format/test-file.ts';
import { type AwaitedMessage, type ClientResponse, type ClientView, refusedByClient } from './observation.ts';
import { describeResponse } from './send-request.ts';

/** A WebSocket with everything filled in. */
export interface OutgoingWebSocket {
  readonly isTls: boolean;
  readonly host: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly protocols: readonly string[];
  readonly steps: readonly WebSocketStep[];
  readonly timeoutMilliseconds: number;
}

/** Opens a WebSocket over a connection, goes through its steps and closes it. */
export async function talk(socket: Socket, outgoing: OutgoingWebSocket): Promise<ClientView> {
  let webSocket: WebSocket;
  try {
    webSocket = openWebSocket(socket, outgoing);
  } catch (error) {
    socket.destroy();
    return refusedByClient(error);
  }
  return converse(webSocket, outgoing);
}

async function converse(webSocket: WebSocket, outgoing: OutgoingWebSocket): Promise<ClientView> {
  const inbox = new Inbox(webSocket);
  const timer = setTimeout(() => {
    inbox.fail(`The WebSocket was not finished within ${outgoing.timeoutMilliseconds} ms.`);
    webSocket.terminate();
  }, outgoing.timeoutMilliseconds);
  try {
    const response = await opened(webSocket, inbox);
    if (response?.status !== 101) return { response, failure: inbox.failure, messages: [], isSent: true };
    const messages = await goThrough(outgoing.steps, webSocket, inbox);
    const { failure } = inbox;
    await closed(webSocket);
    return { response, failure, messages, isSent: true };
  } finally {
    clearTimeout(timer);
    webSocket.terminate();
  }
}

function openWebSocket(socket: Socket, { isTls, host, path, headers, protocols }: OutgoingWebSocket): WebSocket {
  return new WebSocket(`${isTls ? 'wss' : 'ws'}://${host}${path}`, [...protocols], {
    headers: { ...headers },
    createConnection: () => socket,
  });
}

/** The gateway's answer to the handshake; null when there was none. */
function opened(webSocket: WebSocket, inbox: Inbox): Promise<ClientResponse | null> {
  let upgraded: ClientResponse | null = null;
  webSocket.on('upgrade', (response) => {
    upgraded = describeResponse(response, '');
  });
  return new Promise((resolve) => {
    webSocket.on('open', () => resolve(upgraded));
    webSocket.on('unexpected-response', (_request, response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('close', () => resolve(describeResponse(response, Buffer.concat(chunks).toString('utf8'))));
    });
    webSocket.on('error', (error) => {
      inbox.fail(`The WebSocket failed: ${error.message}.`);
      resolve(null);
    });
  });
}

async function goThrough(
  steps: readonly WebSocketStep[],
  webSocket: WebSocket,
  inbox: Inbox,
): Promise<readonly AwaitedMessage[]> {
  const messages: AwaitedMessage[] = [];
  for (const step of steps) {
    if ('send' in step) webSocket.send(step.send);
    else messages.push({ actual: await inbox.next() });
  }
  return messages;
}

async function closed(webSocket: WebSocket): Promise<void> {
  if (webSocket.readyState === WebSocket.CLOSED) return;
  await new Promise<void>((resolve) => {
    webSocket.once('close', () => resolve());
    webSocket.close(1000);
  });
}

/** Messages that have come and were not asked for yet, or whoever waits for the next one. */
class Inbox {
  failure: string | null = null;
  readonly #messages: string[] = [];
  #waiting: ((message: string | null) => void) | null = null;
  #isClosed = false;

  constructor(webSocket: WebSocket) {
    webSocket.on('message', (data: RawData) => this.#add(textOf(data)));
    webSocket.on('close', (code, reason) => {
      this.#isClosed = true;
      if (this.#waiting === null) return;
      const detail = reason.length === 0 ? '' : ` (${reason.toString()})`;
      this.fail(`The WebSocket was closed with code ${code}${detail} while a message was awaited.`);
    });
  }

  /** The next message; null when none will come. */
  next(): Promise<string | null> {
    const message = this.#messages.shift();
    if (message !== undefined) return Promise.resolve(message);
    if (this.#isClosed || this.failure !== null) return Promise.resolve(null);
    return new Promise((resolve) => {
      this.#waiting = resolve;
    });
  }

  fail(why: string): void {
    this.failure ??= why;
    this.#waiting?.(null);
    this.#waiting = null;
  }

  #add(message: string): void {
    if (this.#waiting === null) {
      this.#messages.push(message);
      return;
    }
    this.#waiting(message);
    this.#waiting = null;
  }
}

function textOf(data: RawData): string {
  return Array.isArray(data) ? Buffer.concat(data).toString('utf8') : Buffer.from(data as Buffer).toString('utf8');
}
