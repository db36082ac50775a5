import type { BackendHttpSettings, Gateway } from '../../gateway/model.ts';
import type { RawHeaders } from '../../routing/route.ts';
import type { BackendServer } from '../backends/backend-server.ts';

/** Value of the client's affinity cookie; null when it sent none. */
export function readAffinity(headers: RawHeaders, settings: BackendHttpSettings): string | null {
  for (let index = 0; index + 1 < headers.length; index += 2) {
    const name = headers[index] ?? '';
    if (name.length !== 6 || name.toLowerCase() !== 'cookie') continue;
    const value = findCookie(headers[index + 1] ?? '', settings.affinityCookieName);
    if (value !== null) return value;
  }
  return null;
}

function findCookie(cookies: string, name: string): string | null {
  for (const pair of cookies.split(';')) {
    const equals = pair.indexOf('=');
    if (equals > 0 && pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim();
  }
  return null;
}

/**
 * Header lines that bind a client to a server. v2 sets two cookies, the one for cross-origin requests first, without
 * regard to the listener's protocol.
 * https://learn.microsoft.com/azure/application-gateway/configuration-http-settings#cookie-based-affinity
 */
export function affinityCookies(server: BackendServer, generation: Gateway['sku']['generation']): string[] {
  const { affinityCookieName: name } = server.settings;
  const plain = `${name}=${server.affinity}; Path=/`;
  if (generation === 'v1') return ['Set-Cookie', plain];
  return ['Set-Cookie', `${name}CORS=${server.affinity}; Path=/; SameSite=None; Secure`, 'Set-Cookie', plain];
}
