import { constants, type OutgoingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import { isHopByHop } from '../../../routing/hop-by-hop.ts';
import type { ClientResponse } from '../../client-response.ts';

/** Statuses whose answers have no body. */
const bodiless: ReadonlySet<number> = new Set([204, 205, 304]);

/** An answer on one stream of an HTTP/2 connection. */
export class Http2Response implements ClientResponse {
  /** Of no meaning here: the connection ends when the gateway says so for all of its streams. */
  shouldKeepAlive = true;
  readonly #stream: ServerHttp2Stream;
  readonly #isHead: boolean;
  #head: OutgoingHttpHeaders = {};
  #hasBody = true;

  constructor(stream: ServerHttp2Stream, method: string) {
    this.#stream = stream;
    this.#isHead = method === 'HEAD';
    // A stream that fails closes, which is told where it matters.
    stream.on('error', () => undefined);
    // A client that is still sending need not go on.
    stream.on('finish', () => {
      if (!stream.readableEnded) stream.close(constants.NGHTTP2_NO_ERROR);
    });
  }

  get headersSent(): boolean {
    return this.#stream.headersSent;
  }

  get destroyed(): boolean {
    return this.#stream.destroyed || this.#stream.closed;
  }

  get writableFinished(): boolean {
    const { aborted, writableFinished, writableEnded, closed, rstCode } = this.#stream;
    // A stream that the client gives up counts as finished for Node (20 to 24), and one whose request had a body closes
    // without ever having been finished.
    return !aborted && (writableFinished || (writableEnded && closed && rstCode === constants.NGHTTP2_NO_ERROR));
  }

  writeHead(status: number, _reason: string, headers: readonly string[]): void {
    this.#hasBody = !this.#isHead && !bodiless.has(status);
    this.#head = { ':status': status, ...toFields(headers) };
  }

  flushHeaders(): void {
    if (this.headersSent || this.destroyed) return;
    try {
      this.#stream.respond(this.#head, { endStream: !this.#hasBody });
    } catch {
      // Backends can send what HTTP/2 of Node (20 to 24) refuses, such as status 999: the stream ends, the rest goes on.
      this.destroy();
    }
  }

  write(chunk: Buffer): boolean {
    this.flushHeaders();
    return !this.#hasBody || this.destroyed || this.#stream.write(chunk);
  }

  end(body?: string, encoding: BufferEncoding = 'utf8'): void {
    if (this.destroyed) return;
    if (!body && !this.headersSent) this.#hasBody = false;
    this.flushHeaders();
    if (!this.#hasBody || this.destroyed) return;
    if (body) this.#stream.end(body, encoding);
    else this.#stream.end();
  }

  /** Ends the stream alone; the connection and its other streams go on. */
  destroy(): void {
    this.#stream.close(constants.NGHTTP2_INTERNAL_ERROR);
  }

  on(event: 'close', listener: () => void): void {
    this.#stream.on(event, listener);
  }

  once(event: 'drain', listener: () => void): void {
    this.#stream.once(event, listener);
  }
}

/** Names in lower case, what concerns one connection left out, and lines of one name joined, but for cookies. */
function toFields(headers: readonly string[]): OutgoingHttpHeaders {
  // No name of a header may be one that objects have anyway, such as `constructor`.
  const fields: Record<string, string | string[]> = Object.create(null);
  for (let index = 0; index + 1 < headers.length; index += 2) {
    const name = (headers[index] ?? '').toLowerCase();
    const value = headers[index + 1] ?? '';
    const former = fields[name];
    if (isHopByHop(name) || name === 'http2-settings') continue;
    if (former === undefined) fields[name] = name === 'set-cookie' ? [value] : value;
    else if (Array.isArray(former)) former.push(value);
    else fields[name] = `${former}, ${value}`;
  }
  return fields;
}
