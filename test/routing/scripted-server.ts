import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { firstHeader } from '../../src/rewrite/raw-headers.ts';
import type { RawHeaders, ResponseHead } from '../../src/routing/route.ts';

/** The head of a request as a server received it. */
export interface ReceivedHead {
  readonly path: string;
  readonly headers: RawHeaders;
}

/** A server that speaks no HTTP of its own, so that nothing adds to what a test makes it say. */
export interface ScriptedServer {
  readonly port: number;
  /** What it answers from now on. */
  response: ResponseHead;
  /** The latest request that was no probe; null when there was none since it was last set to null. */
  received: ReceivedHead | null;
  close(): Promise<void>;
}

export async function startScriptedServer(): Promise<ScriptedServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket)).on('error', () => undefined);
    takeRequests(socket, (head) => answer(socket, head, scripted));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const scripted: ScriptedServer = {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    response: { status: 200, headers: [] },
    received: null,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return scripted;
}

/** Cuts what arrives into requests; their bodies are not looked at. */
function takeRequests(socket: Socket, onHead: (head: ReceivedHead) => void): void {
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
    for (let end = text.indexOf('\r\n\r\n'); end !== -1; end = text.indexOf('\r\n\r\n')) {
      const head = parseHead(text.slice(0, end));
      const rest = end + 4 + Number(firstHeader(head.headers, 'content-length') ?? 0);
      if (text.length < rest) return;
      text = text.slice(rest);
      onHead(head);
    }
  });
}

function answer(socket: Socket, head: ReceivedHead, scripted: ScriptedServer): void {
  if (isProbe(head)) {
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
    return;
  }
  scripted.received = head;
  const { status, headers } = scripted.response;
  const length = firstHeader(headers, 'content-length');
  const isChunked = firstHeader(headers, 'transfer-encoding') !== undefined;
  const isFramed = length !== undefined || isChunked || status === 101;
  const framing = isFramed ? [] : ['Content-Length', '0'];
  const body = isChunked ? '0\r\n\r\n' : 'x'.repeat(Number(length ?? 0));
  socket.write(`HTTP/1.1 ${status} Scripted\r\n${renderHeaders([...headers, ...framing])}\r\n${body}`, 'latin1');
}

/** Probes ask for the root of the address that stands for "this machine", and carry no trace. */
function isProbe({ path, headers }: ReceivedHead): boolean {
  return path === '/' && firstHeader(headers, 'host') === '127.0.0.1' && !firstHeader(headers, 'x-appgw-trace-id');
}

function parseHead(text: string): ReceivedHead {
  const [requestLine = '', ...lines] = text.split('\r\n');
  return { path: requestLine.split(' ')[1] ?? '', headers: parseHeaders(lines) };
}

export function parseHeaders(lines: readonly string[]): string[] {
  return lines.flatMap((line) => {
    const at = line.indexOf(':');
    return [line.slice(0, at), line.slice(at + 1).trim()];
  });
}

export function renderHeaders(headers: RawHeaders): string {
  let text = '';
  for (let index = 0; index + 1 < headers.length; index += 2) text += `${headers[index]}: ${headers[index + 1]}\r\n`;
  return text;
}
