import type { Readable } from 'node:stream';
import { hasBody, maximumBodyBytes } from '../../routing/check-request.ts';
import type { ClientResponse } from '../client-response.ts';
import type { Exchange } from '../exchange.ts';
import type { BackendBody } from './backend-transport.ts';
import { ReadBody } from './read-body.ts';
import { SpooledBody } from './spooled-body.ts';

/** Larger bodies are collected in a file, as NGINX does. */
const maximumBytesInMemory = 1024 * 1024;

/** Learns that a body is ready, or that it cannot be; neither when the client leaves before. */
export interface BodyReceiver {
  /** Called at once when there is nothing to wait for. */
  readonly onReady: (body: BackendBody, receivedBytes: () => number) => void;
  readonly onFailed: (error: unknown) => void;
}

/**
 * Makes a request's body ready to be sent. With buffering it is collected first, however large it is, so that the
 * backend gets it in one go with its length, even when the client sent it in chunks, and so that a second server can be
 * given it again.
 * https://learn.microsoft.com/azure/application-gateway/proxy-buffers
 */
export function readRequestBody(exchange: Exchange, isBuffering: boolean, receiver: BodyReceiver): void {
  const { facts, incoming } = exchange;
  if (!hasBody(facts)) {
    receiver.onReady(null, nothing);
  } else if (!isBuffering) {
    const body = new ArrivingBody(incoming);
    receiver.onReady(body, () => body.receivedBytes);
  } else if ((facts.contentLength ?? 0) > maximumBytesInMemory) {
    void spool(exchange, [], receiver);
  } else {
    collect(exchange, receiver);
  }
}

const nothing = () => 0;

function collect(exchange: Exchange, receiver: BodyReceiver): void {
  const { incoming } = exchange;
  const chunks: Buffer[] = [];
  let bytes = 0;
  const onData = (chunk: Buffer) => {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes <= maximumBytesInMemory) return;
    stopListening();
    incoming.pause();
    void spool(exchange, chunks, receiver);
  };
  const onEnd = () => {
    stopListening();
    receiver.onReady(Buffer.concat(chunks, bytes), () => bytes);
  };
  const stopListening = () => {
    incoming.off('data', onData);
    incoming.off('end', onEnd);
  };
  incoming.on('data', onData);
  incoming.on('end', onEnd);
}

async function spool(exchange: Exchange, collected: readonly Buffer[], receiver: BodyReceiver): Promise<void> {
  const { incoming, outgoing, deployment } = exchange;
  try {
    const body = await SpooledBody.create(maximumBodyBytes(deployment.table.gateway.sku.generation));
    disposeAtEnd(body, outgoing);
    for (const chunk of collected) await body.append(chunk);
    if (!(await fill(body, incoming))) return;
    const { bytes } = body;
    receiver.onReady(body, () => bytes);
  } catch (error) {
    // The file is closed with the answer; who still writes then has nobody to tell.
    if (outgoing.destroyed) return;
    // What still comes is read and dropped: a client that only sends would not see the answer otherwise.
    incoming.resume();
    receiver.onFailed(error);
  }
}

function disposeAtEnd(body: SpooledBody, outgoing: ClientResponse): void {
  if (outgoing.destroyed) void body.dispose();
  else outgoing.on('close', () => void body.dispose());
}

/** False when the client leaves before its body is complete. */
function fill(body: SpooledBody, incoming: Readable): Promise<boolean> {
  return new Promise((resolve, reject) => {
    if (incoming.destroyed) resolve(false);
    let written = Promise.resolve();
    const onData = (chunk: Buffer) => {
      incoming.pause();
      written = written.then(() => body.append(chunk));
      written.then(() => incoming.resume(), onFailed);
    };
    const onFailed = (error: unknown) => {
      incoming.off('data', onData);
      reject(error);
    };
    incoming.on('data', onData);
    // Emitted together with the last data, in spite of the pause.
    incoming.once('end', () => written.then(() => resolve(true), onFailed));
    incoming.once('close', () => written.then(() => resolve(false), onFailed));
    incoming.resume();
  });
}

/**
 * A body that is still arriving. Destroying it leaves the client's connection alone, on which the answer has still to
 * be sent; destroying an `IncomingMessage` would close it.
 */
class ArrivingBody extends ReadBody {
  receivedBytes = 0;
  readonly #incoming: Readable;

  constructor(incoming: Readable) {
    super();
    this.#incoming = incoming;
    incoming.on('data', this.#onData);
    incoming.on('end', this.#onEnd);
    incoming.pause();
  }

  protected override readMore(): void {
    this.#incoming.resume();
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#incoming.off('data', this.#onData);
    this.#incoming.off('end', this.#onEnd);
    // What still comes is read and dropped: a client that only sends would not see the answer otherwise.
    this.#incoming.resume();
    callback(error);
  }

  readonly #onData = (chunk: Buffer): void => {
    this.receivedBytes += chunk.length;
    if (!this.push(chunk)) this.#incoming.pause();
  };

  readonly #onEnd = (): void => {
    this.push(null);
  };
}
