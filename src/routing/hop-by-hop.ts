import { HeaderNames, sameHeader } from '../rewrite/raw-headers.ts';
import type { RawHeaders } from './route.ts';

/** Headers that concern one connection and not the message. https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1 */
const hopByHop = new HeaderNames([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** What `Connection` cannot declare to be of one hop only; a client could otherwise hide it from the backend. */
const endToEnd: ReadonlySet<string> = new Set(['authorization', 'content-length', 'cookie', 'host', 'set-cookie']);

const nothing: readonly string[] = [];

/** @param name in any letter case */
export function isHopByHop(name: string): boolean {
  return hopByHop.has(name);
}

/** The headers, in lower case, that a message's `Connection` lines declare to be of this hop only. */
export function headersNamedByConnection(headers: RawHeaders): readonly string[] {
  let names = nothing;
  for (let index = 0; index < headers.length; index += 2) {
    const name = headers[index] ?? '';
    if (!sameHeader(name, 'connection')) continue;
    const value = (headers[index + 1] ?? '').toLowerCase();
    // By far the most frequent values, which name no header.
    if (value !== 'keep-alive' && value !== 'close') names = [...names, ...namesIn(value)];
  }
  return names;
}

function namesIn(value: string): string[] {
  return value
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && !endToEnd.has(name));
}
