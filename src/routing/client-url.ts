/** A URL as browsers and curl ask for it: nothing of its path is resolved or encoded before the gateway sees it. */
export interface ClientUrl {
  readonly isTls: boolean;
  readonly isWebSocket: boolean;
  /** What goes into the Host header: without credentials, and without the scheme's own port. */
  readonly host: string;
  readonly port: number;
  /** What `http://user:password@host/` puts into the header of that name. */
  readonly authorization: string | null;
  /** Path and query. */
  readonly path: string;
}

/** undefined for what is no http, https, ws or wss URL. */
export function parseClientUrl(url: string): ClientUrl | undefined {
  // Not `new URL`, which would resolve dot segments and encode characters.
  const match = /^(https?|wss?):\/\/(?:([^/?#]*)@)?([^/?#]+)([^#]*)/i.exec(url);
  if (match === null) return undefined;
  const [, scheme = '', credentials, authority = '', rest = ''] = match;
  const isTls = /^(?:https|wss)$/i.test(scheme);
  const usualPort = isTls ? '443' : '80';
  return {
    isTls,
    isWebSocket: /^ws/i.test(scheme),
    host: authority.replace(new RegExp(`^(\\[[^\\]]*\\]|[^:]*):${usualPort}$`), '$1'),
    port: Number(/:(\d+)$/.exec(authority)?.[1] ?? usualPort),
    authorization: credentials === undefined ? null : basic(credentials),
    path: rest.startsWith('/') ? rest : `/${rest}`,
  };
}

/** https://www.rfc-editor.org/rfc/rfc7617#section-2 */
function basic(credentials: string): string {
  const plain = credentials.includes(':') ? credentials : `${credentials}:`;
  return `Basic ${Buffer.from(decoded(plain)).toString('base64')}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // Not percent-encoded after all; clients send it as it stands.
    return text;
  }
}
