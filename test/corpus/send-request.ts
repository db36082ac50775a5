import { once } from 'node:events';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import http from 'node:http';
import https from 'node:https';

/** Where a listener of the emulator really is. */
export interface LocalListener {
  readonly protocol: 'Http' | 'Https';
  readonly address: string;
  readonly port: number;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
}

const timeoutMilliseconds = 5000;

/** Sends a GET to a listener in the name of a host, as a client that resolved the name would. */
export async function sendRequest(listener: LocalListener, host: string, path: string): Promise<Answer> {
  const options: https.RequestOptions = {
    host: listener.address,
    port: listener.port,
    path,
    headers: { host },
    agent: false,
    signal: AbortSignal.timeout(timeoutMilliseconds),
    // The certificate is made on the spot; which name it is for is tested elsewhere.
    rejectUnauthorized: false,
    servername: host,
  };
  const request = listener.protocol === 'Https' ? https.get(options) : http.get(options);
  const [response]: IncomingMessage[] = await once(request, 'response');
  if (response === undefined) throw new Error('There was no response.');
  response.resume();
  return { status: response.statusCode ?? 0, headers: response.headers };
}
