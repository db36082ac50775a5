import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { systemClock } from '../../../src/base/clock.ts';
import { LocalAuthority } from '../../../src/certificates/local-authority.ts';
import type { Emulator } from '../../../src/emulator/emulator.ts';
import { portOfListener, type TestBackend } from '../fixture.ts';

export interface ChatServer extends TestBackend {
  readonly name: string;
  readonly handshakes: readonly IncomingMessage[];
  readonly clients: ReadonlySet<WebSocket>;
  /** Status that probes get; 200 at first. */
  probeStatus: number;
}

export interface ChatOptions {
  readonly name?: string;
  readonly isSecure?: boolean;
}

/** Echoes messages at `…/chat…`, refuses other handshakes with 403, and answers HTTP. Agrees to the last protocol offered. */
export async function startChat({ name = 'chat', isSecure = false }: ChatOptions = {}): Promise<ChatServer> {
  const handshakes: IncomingMessage[] = [];
  const sockets = new Set<Socket>();
  const webSockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: { threshold: 0 },
    handleProtocols: (offered) => [...offered].at(-1) ?? false,
  });
  webSockets.on('headers', (headers) => headers.push(`X-Server: ${name}`));
  const server = await listen(isSecure);
  const chat = {
    name,
    port: portOf(server),
    sockets,
    close,
    handshakes,
    clients: webSockets.clients,
    probeStatus: 200,
  };
  server.on('request', (incoming: IncomingMessage, outgoing) => {
    outgoing.statusCode = incoming.url === '/' ? chat.probeStatus : 200;
    outgoing.end('http');
  });
  server.on('upgrade', (incoming: IncomingMessage, socket: Socket, head: Buffer) => {
    handshakes.push(incoming);
    if (!incoming.url?.includes('/chat')) {
      socket.end('HTTP/1.1 403 Forbidden\r\nX-Why: no chat\r\nContent-Length: 4\r\n\r\nhalt');
      return;
    }
    webSockets.handleUpgrade(incoming, socket, head, echo);
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  onTestFinished(close);
  return chat;

  async function close(): Promise<void> {
    for (const socket of sockets) socket.destroy();
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  }
}

async function listen(isSecure: boolean): Promise<Server> {
  const server = isSecure ? createSecureServer(await certificate()) : createServer();
  server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 });
  await once(server, 'listening');
  return server;
}

async function certificate(): Promise<{ cert: string; key: string }> {
  const authority = await LocalAuthority.inMemory(systemClock);
  const { cert, key } = await authority.issue(['chat.contoso.com']);
  return { cert: String(cert), key: String(key) };
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function echo(client: WebSocket): void {
  client.on('error', () => undefined);
  client.on('message', (data, isBinary) => client.send(data, { binary: isBinary }));
}

export interface DialOptions {
  readonly protocols?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Index of the listener; the first one unless set. */
  readonly listener?: number;
  readonly isSecure?: boolean;
  readonly compresses?: boolean;
}

/** A client whose handshake is through. */
export async function dial(gateway: Emulator, path: string, options: DialOptions = {}): Promise<WebSocket> {
  const { protocols = [], headers = {}, listener = 0, isSecure = false, compresses = true } = options;
  const url = `${isSecure ? 'wss' : 'ws'}://127.0.0.1:${portOfListener(gateway, listener)}${path}`;
  const client = new WebSocket(url, [...protocols], {
    headers,
    rejectUnauthorized: false,
    perMessageDeflate: compresses ? { threshold: 0 } : false,
  });
  onTestFinished(() => client.terminate());
  await once(client, 'open');
  return client;
}

/** Sends a message and returns the next one that comes. */
export async function say(client: WebSocket, data: string | Buffer): Promise<string | Buffer> {
  const answered = once(client, 'message');
  client.send(data);
  const [received, isBinary] = await answered;
  return isBinary ? received : String(received);
}

export const validKey = 'dGhlIHNhbXBsZSBub25jZQ==';

/** A client's handshake as bytes. */
export function handshake(path: string): string {
  return `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${validKey}\r\n\r\n`;
}
