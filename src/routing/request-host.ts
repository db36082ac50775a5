import type { ErrorInfo } from './error-info.ts';
import { type HostName, parseHost } from './host.ts';
import type { HostTable } from './host-table.ts';
import type { ClientRequest, RawHeaders } from './route.ts';

/** The host that a request is for, or why the gateway does not take the request. */
export type RequestHost =
  | {
      readonly kind: 'host';
      /** With port, as the client wrote it. */
      readonly host: string;
      /** In the form in which names are compared. */
      readonly name: string;
      /** The Host header says the same. */
      readonly isFromHeader: boolean;
    }
  | { readonly kind: 'refused'; readonly errorInfo: ErrorInfo; readonly why: string };

/** Browsers and curl resolve every name under it to the loopback address by themselves. */
const localSuffix = '.localhost';

/**
 * Finds the host that a request is for. `shop.contoso.com.localhost` stands for `shop.contoso.com` where a listener
 * names that, so that a gateway can be tried without DNS.
 *
 * @param targetHost of an absolute URL in the request line, which counts instead of the header; that has to be there
 *   and in order all the same (https://www.rfc-editor.org/rfc/rfc9112#section-3.2)
 */
export function readRequestHost<T>(
  rawHeaders: RawHeaders,
  targetHost: string | null,
  hosts: HostTable<T>,
): RequestHost {
  const inHeader = hostHeader(rawHeaders);
  if (inHeader === undefined) {
    return { kind: 'refused', errorInfo: 'ERRORINFO_HTTP_NO_HOST_HEADER', why: 'The request has no Host header.' };
  }
  if (inHeader === ambiguous) {
    return {
      kind: 'refused',
      errorInfo: 'ERRORINFO_INVALID_REQUEST',
      why: 'The request has more than one Host header.',
    };
  }
  const fromHeader = parseHost(inHeader);
  if (fromHeader === undefined) return malformed(`The Host header '${inHeader}'`);
  const received = targetHost ?? inHeader;
  const parsed = targetHost === null ? fromHeader : parseHost(targetHost);
  if (parsed === undefined) return malformed(`The host '${received}' of the request line`);
  const { foldedName } = parsed;
  if (foldedName.endsWith(localSuffix)) return resolveLocal(received, parsed, hosts);
  return { kind: 'host', host: received, name: foldedName, isFromHeader: targetHost === null };
}

function malformed(what: string): RequestHost {
  const why = `${what} is malformed; a name and at most one port are right.`;
  return { kind: 'refused', errorInfo: 'ERRORINFO_INVALID_HOST', why };
}

const ambiguous = Symbol('more than one Host header');

function hostHeader(rawHeaders: RawHeaders): string | typeof ambiguous | undefined {
  let host: string | undefined;
  let authority: string | undefined;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    if (name.length === 4 && name.toLowerCase() === 'host') {
      if (host !== undefined) return ambiguous;
      host = rawHeaders[index + 1];
    } else if (name === ':authority') {
      authority = rawHeaders[index + 1];
    }
  }
  return authority ?? host;
}

function resolveLocal<T>(host: string, { name, foldedName }: HostName, hosts: HostTable<T>): RequestHost {
  const meant = withoutLocalSuffix(foldedName, hosts);
  if (meant === foldedName) return { kind: 'host', host, name: foldedName, isFromHeader: false };
  return { kind: 'host', host: name.slice(0, meant.length), name: meant, isFromHeader: false };
}

/** The name that a name under `localhost` stands for: itself, unless a listener names what is before the suffix. */
export function withoutLocalSuffix<T>(foldedName: string, hosts: HostTable<T>): string {
  if (!foldedName.endsWith(localSuffix) || hosts.findNamed(foldedName) !== undefined) return foldedName;
  const meant = foldedName.slice(0, -localSuffix.length);
  return hosts.findNamed(meant) === undefined ? foldedName : meant;
}

/** The request with the host it was routed by in place of the one it names. */
export function withHost(request: ClientRequest, host: string | null): ClientRequest {
  const at = hostAt(request.rawHeaders);
  if (host === null || (at !== -1 && request.rawHeaders[at + 1] === host)) return request;
  const rawHeaders = [...request.rawHeaders];
  if (at === -1) rawHeaders.unshift('Host', host);
  else rawHeaders.splice(at, 2, 'Host', host);
  return { ...request, rawHeaders };
}

function hostAt(rawHeaders: RawHeaders): number {
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    if (name === ':authority' || (name.length === 4 && name.toLowerCase() === 'host')) return index;
  }
  return -1;
}
