import type { HttpListener, RedirectConfiguration, RedirectType } from '../gateway/model.ts';
import { encodeForHeader } from '../rewrite/encode-url.ts';
import type { Behaviour } from './behaviour.ts';
import { foldHostName, hostNameOf } from './host.ts';
import { hasWildcard, matchHost } from './match-host.ts';
import { join } from './override-path.ts';
import type { RedirectOutcome } from './route.ts';

/** https://learn.microsoft.com/azure/application-gateway/redirect-overview */
export const redirectStatus: Readonly<Record<RedirectType, RedirectOutcome['status']>> = {
  Permanent: 301,
  Found: 302,
  SeeOther: 303,
  Temporary: 307,
};

/** What of a request goes into a redirect. */
export interface RedirectSource {
  /** With port. */
  readonly host: string;
  readonly path: string;
  readonly query: string | null;
}

/** What a redirect keeps of the URL that was asked for; where the template does not say so, by what is assumed. */
export function keptParts(
  { target, includePath, includeQueryString }: RedirectConfiguration,
  { unsetIncludePath, unsetIncludeQueryString }: Behaviour,
): { readonly includePath: boolean; readonly includeQueryString: boolean } {
  const keepsUnsetPath = unsetIncludePath === 'always' || (unsetIncludePath === 'toUrl' && target?.kind === 'url');
  return {
    includePath: includePath ?? keepsUnsetPath,
    includeQueryString: includeQueryString ?? unsetIncludeQueryString === 'always',
  };
}

/** The `Location` of a redirect; undefined when the redirect has no target. */
export function redirectLocation(
  redirect: RedirectConfiguration,
  source: RedirectSource,
  behaviour: Behaviour,
): string | undefined {
  const { target } = redirect;
  if (target === null) return undefined;
  const { includePath, includeQueryString } = keptParts(redirect, behaviour);
  const query = includeQueryString ? source.query : null;
  if (target.kind === 'listener') {
    const path = includePath ? source.path : '/';
    return `${listenerOrigin(target.listener, source.host)}${path}${query === null ? '' : `?${query}`}`;
  }
  return extendUrl(encodeForHeader(target.url), includePath ? source.path : '', query);
}

function listenerOrigin(listener: HttpListener, host: string): string {
  const scheme = listener.protocol === 'Https' ? 'https' : 'http';
  const port = listener.frontendPort?.port;
  const isDefault = port === undefined || port === (scheme === 'https' ? 443 : 80);
  return `${scheme}://${hostFor(listener, hostNameOf(host))}${isDefault ? '' : `:${port}`}`;
}

/** The name that was asked for, unless the target listener does not answer to it and has a plain name of its own. */
function hostFor(listener: HttpListener, hostName: string): string {
  const names = listener.hostNames.filter((name) => name !== '');
  const folded = foldHostName(hostName);
  if (names.length === 0 || names.some((name) => matchHost(name, folded))) return hostName;
  const plain = names.find((name) => !hasWildcard(name));
  return plain === undefined ? hostName : encodeForHeader(plain);
}

function extendUrl(url: string, path: string, query: string | null): string {
  const fragmentAt = url.indexOf('#');
  const fragment = fragmentAt === -1 ? '' : url.slice(fragmentAt);
  const withoutFragment = fragmentAt === -1 ? url : url.slice(0, fragmentAt);
  const queryAt = withoutFragment.indexOf('?');
  const base = queryAt === -1 ? withoutFragment : withoutFragment.slice(0, queryAt);
  const queries = [queryAt === -1 ? '' : withoutFragment.slice(queryAt + 1), query ?? ''].filter((part) => part !== '');
  return `${join(base, path)}${queries.length === 0 ? '' : `?${queries.join('&')}`}${fragment}`;
}
