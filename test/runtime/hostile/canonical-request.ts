/** A request in the one form that every parser reads alike. */
export interface CanonicalRequest {
  readonly method: string;
  readonly target: string;
  /** Lines by name in lower case; only names that may not come twice are known to be there once. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

export interface CanonicalReading {
  readonly requests: readonly CanonicalRequest[];
  /** The beginning of a request that has not come to its end. */
  readonly rest: string;
}

const requestLine = /^([A-Z-]+) ([\x21-\x7e]+) HTTP\/1\.1$/;
const headerLine = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+): ([\t\x20-\x7e\x80-\xff]*)$/;
const headEnd = '\r\n\r\n';

/**
 * Cuts bytes into requests, and takes nothing about which two servers could think differently: no line that ends
 * otherwise than with CR LF, no length beside chunks, no length twice, no extension of a chunk, no trailer, no name
 * that a server could take for that of a framing header. What passes here cannot hide a request from anybody.
 *
 * @throws what is wrong with the bytes
 */
export function readCanonical(bytes: string): CanonicalReading {
  const requests: CanonicalRequest[] = [];
  let rest = bytes;
  for (;;) {
    const end = rest.indexOf(headEnd);
    if (end === -1) return { requests, rest };
    const head = readHead(rest.slice(0, end));
    const body = readBody(rest.slice(end + headEnd.length), head.headers);
    if (body === null) return { requests, rest };
    requests.push({ ...head, body: body.content });
    rest = rest.slice(end + headEnd.length + body.bytes);
  }
}

function readHead(text: string): Omit<CanonicalRequest, 'body'> {
  const [first = '', ...lines] = text.split('\r\n');
  const [, method, target] = requestLine.exec(first) ?? fail('request line', first);
  const headers = new Map<string, string>();
  for (const line of lines) {
    const [, name = '', value = ''] = headerLine.exec(line) ?? fail('header line', line);
    addHeader(headers, name.toLowerCase(), value);
  }
  if (!headers.has('host')) fail('head without Host', text);
  if (headers.has('content-length') && headers.has('transfer-encoding')) fail('head with length and chunks', text);
  return { method: method ?? '', target: target ?? '', headers };
}

const framing = ['host', 'content-length', 'transfer-encoding'];

function addHeader(headers: Map<string, string>, name: string, value: string): void {
  const lookalike = framing.find((known) => known !== name && known === name.replaceAll(/[^a-z]/g, '-'));
  if (lookalike !== undefined) fail(`name that is read as '${lookalike}'`, name);
  if (framing.includes(name) && headers.has(name)) fail('second line of', name);
  if (name === 'content-length' && !/^\d{1,15}$/.test(value)) fail('length', value);
  if (name === 'transfer-encoding' && value !== 'chunked') fail('transfer encoding', value);
  headers.set(name, value);
}

interface Body {
  readonly content: string;
  /** With what frames it. */
  readonly bytes: number;
}

/** null when it has not arrived completely. */
function readBody(text: string, headers: ReadonlyMap<string, string>): Body | null {
  if (headers.has('transfer-encoding')) return readChunks(text);
  const length = Number(headers.get('content-length') ?? 0);
  return text.length < length ? null : { content: text.slice(0, length), bytes: length };
}

function readChunks(text: string): Body | null {
  let content = '';
  let at = 0;
  for (;;) {
    const lineEnd = text.indexOf('\r\n', at);
    if (lineEnd === -1) return null;
    const line = text.slice(at, lineEnd);
    if (!/^[0-9a-f]{1,8}$/i.test(line)) fail('chunk size', line);
    const size = Number.parseInt(line, 16);
    const end = lineEnd + 2 + size;
    if (text.length < end + 2) return null;
    if (text.slice(end, end + 2) !== '\r\n') fail('end of a chunk', text.slice(end, end + 2));
    content += text.slice(lineEnd + 2, end);
    at = end + 2;
    if (size === 0) return { content, bytes: at };
  }
}

function fail(what: string, found: string): never {
  throw new Error(`The gateway sent a ${what} on which servers disagree: ${JSON.stringify(found)}.`);
}
