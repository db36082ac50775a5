import { STATUS_CODES } from 'node:http';
import type { RawHeaders } from '../routing/route.ts';

const dateBytes = 'Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n'.length;

/** How long the head of an answer is that was written with these headers; Node adds a date where there is none. */
export function sentHeadBytes(status: number, headers: RawHeaders): number {
  let bytes = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n\r\n`.length;
  let hasDate = false;
  for (let index = 0; index + 1 < headers.length; index += 2) {
    const name = headers[index] ?? '';
    bytes += name.length + (headers[index + 1] ?? '').length + ': \r\n'.length;
    if (name.length === 4 && name.toLowerCase() === 'date') hasDate = true;
  }
  return hasDate ? bytes : bytes + dateBytes;
}
