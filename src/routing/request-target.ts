/** What a request line asks for. */
export interface RequestTarget {
  /** Of an absolute URL in the request line, which then counts instead of the Host header. */
  readonly host: string | null;
  /** Undecoded. */
  readonly path: string;
  /** Without `?`; null when there is none. */
  readonly query: string | null;
}

const slash = 47;

/**
 * Reads the target of a request line; undefined for what a gateway has no use for: the forms of `CONNECT` and
 * of `OPTIONS *`, which NGINX refuses.
 */
export function parseRequestTarget(target: string): RequestTarget | undefined {
  if (target.charCodeAt(0) === slash) return splitQuery(target, null);
  const absolute = /^https?:\/\/([^/?#]*)(.*)$/is.exec(target);
  if (absolute === null) return undefined;
  const [, host = '', rest = ''] = absolute;
  return splitQuery(rest.startsWith('/') ? rest : `/${rest}`, host);
}

function splitQuery(target: string, host: string | null): RequestTarget {
  const mark = target.indexOf('?');
  if (mark === -1) return { host, path: target, query: null };
  return { host, path: target.slice(0, mark), query: target.slice(mark + 1) };
}

/** The part of a path that patterns see; a fragment, which no browser sends, is cut. */
export function withoutFragment(path: string): string {
  const hash = path.indexOf('#');
  return hash === -1 ? path : path.slice(0, hash);
}
