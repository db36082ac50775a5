import type { MockDirectives } from './mock-directives.ts';

/** Of the connection it was recorded from; the server makes its own. */
const framing = new Set(['connection', 'content-length', 'date', 'keep-alive', 'transfer-encoding']);

/** Reads a response as `curl -i` prints it; undefined when there is none. */
export function parseResponse(bytes: Buffer): MockDirectives | undefined {
  const end = /\r?\n\r?\n/.exec(bytes.toString('latin1'));
  const head = bytes.toString('latin1', 0, end?.index ?? bytes.length).split(/\r?\n/);
  const status = Number(/^HTTP\/\d(?:\.\d)? ([1-5]\d\d)(?: .*)?$/.exec(head[0] ?? '')?.[1]);
  if (Number.isNaN(status)) return undefined;
  const body = bytes.subarray(end === null ? bytes.length : end.index + end[0].length);
  // What curl prints when the server answered 100 first, or the request went through a proxy.
  if (status < 200) return parseResponse(body);
  const headers = head.slice(1).map(parseHeader);
  if (!headers.every((header) => header !== undefined)) return undefined;
  return { status, delayMilliseconds: 0, body, headers: headers.filter(([name]) => !framing.has(name.toLowerCase())) };
}

function parseHeader(line: string): readonly [string, string] | undefined {
  const match = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):(.*)$/.exec(line);
  return match === null ? undefined : [match[1] ?? '', (match[2] ?? '').trim()];
}
