import { get as getByHttp, type IncomingMessage } from 'node:http';
import { get as getByHttps } from 'node:https';

/** What a server answered; undefined in place of what is no JSON. */
export interface JsonAnswer {
  readonly status: number;
  readonly body: unknown;
}

/**
 * Asks a server for JSON. `fetch` would refuse the ports that browsers have for other protocols, such as 4190 and 6000,
 * and a user's gateway may well be there: https://fetch.spec.whatwg.org/#bad-port
 */
export async function getJson(url: URL, timeoutMilliseconds: number): Promise<JsonAnswer> {
  const signal = AbortSignal.timeout(timeoutMilliseconds);
  const get = url.protocol === 'https:' ? getByHttps : getByHttp;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { signal, agent: false }, resolve).once('error', reject);
  });
  const text = (await response.setEncoding('utf8').toArray()).join('');
  return { status: response.statusCode ?? 0, body: parse(text) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Another program's page: whoever asked sees that it is no answer.
    return undefined;
  }
}
