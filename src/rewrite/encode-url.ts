/** Makes a rewritten path fit for a request line: it starts with `/`, and what would end it early is percent-encoded. */
export function encodePath(path: string): string {
  const absolute = path.startsWith('/') ? path : `/${path}`;
  return absolute.replace(/[^\x21-\x7e]+|[?#]/g, encode);
}

/** Makes a rewritten query fit for a request line. */
export function encodeQuery(query: string): string {
  return query.replace(/[^\x21-\x7e]+|#/g, encode);
}

/** Makes a URL of a template fit for a header: what lies beyond printable ASCII is percent-encoded. */
export function encodeForHeader(url: string): string {
  return url.replace(/[^ -~]+/g, encode);
}

/** Makes the path and query of a probe fit for a request line. */
export function encodeTarget(target: string): string {
  return target.replace(/[^\x21-\x7e]+/g, encode);
}

function encode(text: string): string {
  // By way of UTF-8, since `encodeURIComponent` throws on half of a surrogate pair.
  return encodeURIComponent(Buffer.from(text, 'utf8').toString('utf8'));
}
