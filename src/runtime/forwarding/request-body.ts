import { Readable } from 'node:stream';
import type { RequestFacts } from '../../routing/check-request.ts';
import { hasBody } from '../../routing/check-request.ts';
import type { BackendBody } from './backend-transport.ts';

/** Larger bodies are passed on while they arrive; Azure would spool them to a disk. */
const maximumBufferedBytes = 4 * 1024 * 1024;

/**
 * Makes a request's body ready to be sent. With buffering it is collected first, so that the backend gets it in one go
 * with its length, even when the client sent it in chunks, and so that a second server can be given it again.
 * https://learn.microsoft.com/azure/application-gateway/proxy-buffers
 *
 * @param onReady called at once when there is nothing to wait for; never when the client leaves before
 */
export function readRequestBody(
  incoming: Readable,
  facts: RequestFacts,
  isBuffering: boolean,
  onReady: (body: BackendBody, receivedBytes: () => number) => void,
): void {
  if (!hasBody(facts)) {
    onReady(null, nothing);
    return;
  }
  if (!isBuffering || (facts.contentLength ?? 0) > maximumBufferedBytes) {
    stream(incoming, [], onReady);
    return;
  }
  collect(incoming, onReady);
}

const nothing = () => 0;

type OnReady = Parameters<typeof readRequestBody>[3];

function collect(incoming: Readable, onReady: OnReady): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const onData = (chunk: Buffer) => {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes <= maximumBufferedBytes) return;
    stopListening();
    stream(incoming, chunks, onReady);
  };
  const onEnd = () => {
    stopListening();
    onReady(Buffer.concat(chunks, bytes), () => bytes);
  };
  const stopListening = () => {
    incoming.off('data', onData);
    incoming.off('end', onEnd);
  };
  incoming.on('data', onData);
  incoming.on('end', onEnd);
}

function stream(incoming: Readable, collected: readonly Buffer[], onReady: OnReady): void {
  const body = new ArrivingBody(incoming, collected);
  onReady(body, () => body.receivedBytes);
}

/**
 * A body that is still arriving. Destroying it leaves the client's connection alone, on which the answer has still to
 * be sent; destroying an `IncomingMessage` would close it.
 */
class ArrivingBody extends Readable {
  receivedBytes = 0;
  readonly #incoming: Readable;

  constructor(incoming: Readable, collected: readonly Buffer[]) {
    super();
    this.#incoming = incoming;
    for (const chunk of collected) this.#take(chunk);
    incoming.on('data', this.#onData);
    incoming.on('end', this.#onEnd);
    incoming.pause();
  }

  override _read(): void {
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
    if (!this.#take(chunk)) this.#incoming.pause();
  };

  readonly #onEnd = (): void => {
    this.push(null);
  };

  #take(chunk: Buffer): boolean {
    this.receivedBytes += chunk.length;
    return this.push(chunk);
  }
}
