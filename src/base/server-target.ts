/** A server as a user names one. */
export interface ServerTarget {
  readonly protocol: 'http' | 'https';
  readonly host: string;
  readonly port: number;
}

/** Reads `localhost:3000`, `http://127.0.0.1:3000` or `https://localhost`; null for what is none. */
export function parseServerTarget(text: string): ServerTarget | null {
  const asUrl = /^https?:\/\//i.test(text) ? text : `http://${text}`;
  const url = URL.canParse(asUrl) ? new URL(asUrl) : null;
  const hasPort = asUrl === text || /:\d+$/.test(text);
  if (url === null || !hasPort || !isBare(url) || url.port === '0' || url.hostname === '') return null;
  const protocol = url.protocol === 'https:' ? 'https' : 'http';
  const defaultPort = protocol === 'https' ? 443 : 80;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return { protocol, host, port: url.port === '' ? defaultPort : Number(url.port) };
}

function isBare({ pathname, search, hash, username, password }: URL): boolean {
  return pathname === '/' && [search, hash, username, password].every((part) => part === '');
}
