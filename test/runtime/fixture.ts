import { once } from 'node:events';
import {
  type Agent,
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestListener,
  request,
} from 'node:http';
import { connect, createServer as createNetServer, type Server as NetServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/emulator.ts';
import type { EmulatorOptions } from '../../src/emulator/options.ts';
import type { GlobalConfiguration } from '../../src/gateway/model.ts';
import { type GatewaySpec, makeGateway } from '../routing/gateway-fixture.ts';

export interface Options extends Partial<Omit<EmulatorOptions, 'gateway'>> {
  readonly globalConfiguration?: Partial<GlobalConfiguration>;
}

/** Starts a gateway on free ports for the length of a test. */
export async function startGateway(spec: GatewaySpec, options: Options = {}): Promise<Emulator> {
  const { globalConfiguration, ...others } = options;
  const made = makeGateway(spec);
  const gateway = { ...made, globalConfiguration: { ...made.globalConfiguration, ...globalConfiguration } };
  const emulator = await startEmulator({ gateway, listen: { all: 0 }, ...others });
  onTestFinished(() => emulator.dispose(0));
  return emulator;
}

/** A gateway with one Basic rule whose pool `web` is one backend of the test. */
export async function startGatewayBefore(
  backends: readonly TestBackend[],
  spec: GatewaySpec = {},
  options: Options = {},
): Promise<Emulator> {
  const addresses = backends.map((_, index) => `10.0.0.${index + 4}`);
  const mapping = Object.fromEntries(backends.map(({ port }, index) => [`10.0.0.${index + 4}`, `127.0.0.1:${port}`]));
  return startGateway(
    { rules: [{ pool: 'web' }], pools: { web: addresses }, ...spec },
    { backends: mapping, ...options },
  );
}

export interface TestBackend {
  readonly port: number;
  /** Connections that are open now. */
  readonly sockets: ReadonlySet<Socket>;
  close(): Promise<void>;
}

/** An HTTP server that answers probes for `/` by itself; what is asked on other paths goes to the listener. */
export async function startBackend(listener: RequestListener, port = 0): Promise<TestBackend> {
  const server = createServer((incoming, outgoing) => {
    if (incoming.url === '/' && incoming.headers.host === '127.0.0.1') outgoing.end();
    else listener(incoming, outgoing);
  });
  server.keepAliveTimeout = 0;
  return follow(server, port);
}

/** A server that speaks no HTTP of its own: the test decides about every byte. Probes are answered. */
export async function startRawBackend(onRequest: (socket: Socket, head: string) => void): Promise<TestBackend> {
  const server = createNetServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      const text = chunk.toString('latin1');
      if (text.startsWith('GET / HTTP/1.1')) socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
      else onRequest(socket, text);
    });
  });
  return follow(server);
}

/** Settles when all connections that a backend has now are closed, in whatever way. */
export async function allClosed(backend: TestBackend): Promise<void> {
  await Promise.all([...backend.sockets].map((socket) => new Promise((resolve) => socket.once('close', resolve))));
}

async function follow(server: NetServer, port = 0): Promise<TestBackend> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  };
  onTestFinished(close);
  return { port: portOf(server), sockets, close };
}

/** A port on which nobody listens. */
export async function freePort(): Promise<number> {
  const server = createNetServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = portOf(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function portOf(server: NetServer): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}

export interface Reply {
  readonly status: number;
  readonly reason: string;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
  readonly body: string;
}

export interface Ask {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Buffer;
  readonly agent?: Agent;
  readonly listener?: number;
}

/** Asks the gateway over a connection of its own and reads the whole answer. */
export async function ask(emulator: Emulator, path: string, options: Ask = {}): Promise<Reply> {
  const response = await open(emulator, path, options);
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return {
    status: response.statusCode ?? 0,
    reason: response.statusMessage ?? '',
    headers: response.headers,
    rawHeaders: response.rawHeaders,
    body: Buffer.concat(chunks).toString(),
  };
}

/** Asks the gateway and returns when the head of the answer is there. */
export async function open(emulator: Emulator, path: string, options: Ask = {}): Promise<IncomingMessage> {
  const outgoing = request({
    host: '127.0.0.1',
    port: portOfListener(emulator, options.listener),
    path,
    method: options.method ?? 'GET',
    headers: options.headers as Record<string, string | string[]>,
    agent: options.agent ?? false,
  });
  outgoing.end(options.body);
  // Breaking off on purpose is reported here as well.
  outgoing.once('response', () => outgoing.on('error', () => undefined));
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  return response;
}

export function portOfListener(emulator: Emulator, index = 0): number {
  const listener = emulator.listeners[index];
  if (listener === undefined) throw new Error(`The gateway has no listener ${index}.`);
  return listener.port;
}

/** Sends bytes as they are and returns all that comes back until the gateway closes the connection. */
export async function exchangeBytes(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(text, 'latin1');
  let received = '';
  for await (const chunk of socket) received += (chunk as Buffer).toString('latin1');
  return received;
}
