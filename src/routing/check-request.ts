import type { ErrorInfo } from './error-info.ts';
import type { ClientRequest } from './route.ts';

/** https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits#application-gateway-limits */
const maximumUrlBytes = 32 * 1024;
const maximumHeaderBytes = 32 * 1024;
const gibibyte = 1024 ** 3;

/** Why a request is answered before it is routed. */
export interface RequestProblem {
  readonly status: 400 | 403 | 405 | 413 | 414;
  readonly errorInfo: ErrorInfo;
  readonly why: string;
  /** The line that NGINX puts into the body of some answers with 400. */
  readonly extraLine?: string;
}

/** What the gateway itself wants to know of a request's head, found in one pass over it. */
export interface RequestFacts {
  readonly contentLength: number | null;
  readonly isChunked: boolean;
  /** Value of `Upgrade`, several lines joined by commas; null without it. */
  readonly upgrade: string | null;
  readonly headBytes: number;
  readonly problem: RequestProblem | null;
}

export function hasBody(facts: RequestFacts): boolean {
  return facts.isChunked || (facts.contentLength !== null && facts.contentLength > 0);
}

/**
 * How large a body may be without a firewall in front of it.
 * https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits#application-gateway-limits
 */
export function maximumBodyBytes(generation: 'v1' | 'v2'): number {
  return (generation === 'v1' ? 2 : 4) * gibibyte;
}

/** Whether a request that asks to change the protocol may: only to WebSocket, and with nothing but its head. */
export function asksForWebSocket(method: string, facts: RequestFacts): boolean {
  return method === 'GET' && facts.upgrade?.toLowerCase() === 'websocket' && !hasBody(facts);
}

type CheckedRequest = Pick<ClientRequest, 'method' | 'url' | 'rawHeaders' | 'httpVersion'>;

/**
 * Reads and checks a request's head. Node's parser has already refused what is no HTTP at all; this adds what Azure
 * refuses beyond that.
 * https://learn.microsoft.com/azure/application-gateway/http-response-codes#400--bad-request
 */
export function checkRequest(request: CheckedRequest, generation: 'v1' | 'v2'): RequestFacts {
  const { rawHeaders } = request;
  const reading = new HeadReading();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    reading.read(rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '');
  }
  reading.finish(request, generation);
  return reading;
}

class HeadReading implements RequestFacts {
  contentLength: number | null = null;
  isChunked = false;
  upgrade: string | null = null;
  headBytes = 0;
  problem: RequestProblem | null = null;
  #seen = 0;

  // Comparing lengths first leaves most header lines without a lower-case copy of their name.
  read(name: string, value: string): void {
    this.headBytes += name.length + value.length + 4;
    switch (name.length) {
      case 4:
        if (name.toLowerCase() === 'host') this.#once(single.host, name);
        return;
      case 7:
        // Joined, so that no second line is taken for the first one further on.
        if (name.toLowerCase() === 'upgrade')
          this.upgrade = this.upgrade === null ? value : `${this.upgrade}, ${value}`;
        return;
      case 12:
        if (name.toLowerCase() === 'content-type') this.#once(single.contentType, name);
        return;
      case 13:
        if (name.toLowerCase() === 'authorization') this.#once(single.authorization, name);
        return;
      case 14:
        if (name.toLowerCase() === 'content-length') this.#readContentLength(name, value);
        return;
      case 17:
        if (name.toLowerCase() === 'transfer-encoding') this.#readTransferEncoding(name, value);
    }
  }

  finish({ method, url, httpVersion }: CheckedRequest, generation: 'v1' | 'v2'): void {
    this.problem =
      urlProblem(url) ??
      this.#sizeProblem() ??
      this.problem ??
      this.#methodProblem(method) ??
      this.#bodyProblem(httpVersion, maximumBodyBytes(generation));
    this.headBytes += method.length + url.length + requestLineBytes;
  }

  #once(bit: number, name: string): void {
    if ((this.#seen & bit) !== 0) this.problem ??= duplicateHeader(name);
    this.#seen |= bit;
  }

  #readContentLength(name: string, value: string): void {
    this.#once(single.contentLength, name);
    this.contentLength = Number(value);
    if (!/^\d+$/.test(value)) this.problem ??= lengthInvalid;
  }

  // NGINX, which v2 is made of, knows no other coding; Node's parser takes any list that ends in `chunked`.
  #readTransferEncoding(name: string, value: string): void {
    this.#once(single.transferEncoding, name);
    this.isChunked = true;
    if (value.toLowerCase() !== 'chunked') this.problem ??= codingUnknown;
  }

  #sizeProblem(): RequestProblem | null {
    return this.headBytes > maximumHeaderBytes ? headersTooLarge : null;
  }

  #methodProblem(method: string): RequestProblem | null {
    if (method === 'TRACE') return traceRefused;
    if (!/^[A-Z_-]+$/.test(method)) return methodInvalid;
    if (method === 'POST' && this.contentLength === null && !this.isChunked) return lengthMissing;
    if (this.upgrade !== null && /(?:^|,)\s*h2c\s*(?:,|$)/i.test(this.upgrade)) return h2cRefused;
    return null;
  }

  #bodyProblem(httpVersion: string, maximumBytes: number): RequestProblem | null {
    // Who speaks HTTP/1.0 knows no chunks: that there are some means that somebody on the way is mistaken.
    // https://www.rfc-editor.org/rfc/rfc9112#section-6.1
    if (httpVersion === '1.0' && this.isChunked) return chunksInOldVersion;
    if (this.contentLength !== null && this.isChunked) return framedTwice;
    return (this.contentLength ?? 0) > maximumBytes ? bodyTooLarge : null;
  }
}

/** Of the request line without method and URL, and the empty line behind the headers. */
const requestLineBytes = '  HTTP/1.1\r\n\r\n'.length;

/** Bits of the headers of which a request may have one only. */
const single = { host: 1, contentType: 2, authorization: 4, contentLength: 8, transferEncoding: 16 } as const;

function urlProblem(url: string): RequestProblem | null {
  if (url.length > maximumUrlBytes) return urlTooLong;
  for (let index = 0; index < url.length; index++) {
    if (url.charCodeAt(index) > 0x7e) return urlInvalid;
  }
  return null;
}

function duplicateHeader(name: string): RequestProblem {
  return {
    status: 400,
    errorInfo: 'ERRORINFO_INVALID_REQUEST',
    why: `The request has more than one '${name}' header.`,
  };
}

/** Also the answer when Node's parser gives up on the size of the head. */
export const urlTooLong: RequestProblem = {
  status: 414,
  errorInfo: 'ERRORINFO_REQUEST_URI_INVALID',
  why: 'The URL is longer than 32 KB.',
};

export const headersTooLarge: RequestProblem = {
  status: 400,
  errorInfo: 'ERRORINFO_INVALID_REQUEST',
  why: 'The headers are larger than 32 KB altogether.',
  extraLine: 'Request Header Or Cookie Too Large',
};

export const bodyTooLarge: RequestProblem = {
  status: 413,
  errorInfo: 'ERRORINFO_INVALID_CONTENT_LENGTH',
  why: 'The body is larger than the gateway takes: 4 GB on v2, 2 GB on v1.',
};

const codingUnknown: RequestProblem = {
  status: 400,
  errorInfo: 'ERRORINFO_INVALID_REQUEST',
  why: "The Transfer-Encoding is another one than 'chunked', the only one that the gateway knows.",
};

const chunksInOldVersion: RequestProblem = {
  status: 400,
  errorInfo: 'ERRORINFO_INVALID_REQUEST',
  why: 'A request of HTTP/1.0 cannot come in chunks.',
};

const urlInvalid: RequestProblem = {
  status: 400,
  errorInfo: 'ERRORINFO_REQUEST_URI_INVALID',
  why: 'The URL has characters outside of ASCII; they are right when percent-encoded.',
};

const traceRefused: RequestProblem = {
  status: 405,
  errorInfo: 'ERRORINFO_INVALID_METHOD_TRACE',
  why: 'The gateway does not let TRACE pass.',
};

// What NGINX, which v2 is made of, takes for a method.
const methodInvalid: RequestProblem = {
  status: 400,
  errorInfo: 'ERRORINFO_INVALID_METHOD',
  why: 'The method has other characters than capital letters, hyphens and underscores.',
};

const lengthInvalid: RequestProblem = {
  status: 400,
  errorInfo: 'ERRORINFO_INVALID_CONTENT_LENGTH',
  why: 'Content-Length is not a number.',
};

const framedTwice: RequestProblem = {
  status: 400,
  errorInfo: 'ERRORINFO_INVALID_CONTENT_LENGTH',
  why: 'The request has both a Content-Length and chunked transfer encoding.',
};

const lengthMissing: RequestProblem = {
  status: 400,
  errorInfo: 'ERRORINFO_INVALID_CONTENT_LENGTH',
  why: 'A POST needs a Content-Length header or chunked transfer encoding.',
};

const h2cRefused: RequestProblem = {
  status: 403,
  errorInfo: 'ERRORINFO_NO_ERROR',
  why: 'The gateway refuses to upgrade a connection to HTTP/2 (h2c); HTTP/2 is negotiated by TLS only.',
};
