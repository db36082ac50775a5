import { sameName } from '../../src/base/case-insensitive-map.ts';
import type { BackendAddressPool, RedirectConfiguration, RedirectType } from '../../src/gateway/model.ts';
import type { ExpectedAnswer } from './plan-requests.ts';
import type { Answer } from './send-request.ts';

/** Why an answer is not the expected one; null when it is. */
export function judgeAnswer(expected: ExpectedAnswer, answer: Answer): string | null {
  switch (expected.kind) {
    case 'backend':
      return judgeBackend(expected.pools, answer);
    case 'redirect':
      return judgeRedirect(expected.redirect, answer);
    case 'status':
      return expected.statuses.includes(answer.status)
        ? null
        : `status ${answer.status}, expected ${expected.statuses.join(' or ')}`;
  }
}

/** Stand-in servers name themselves in `x-agate-backend: <pool>/<member>:<port>`. */
function judgeBackend(pools: readonly BackendAddressPool[], { status, headers }: Answer): string | null {
  const names = pools.map((pool) => `'${pool.name}'`).join(' or ');
  const backend = headers['x-agate-backend'];
  if (typeof backend !== 'string') return `status ${status} of no backend, expected one of pool ${names}`;
  const known = pools.some((pool) => pool.members.some(({ address }) => isMember(backend, pool.name, address)));
  return known ? null : `answered by ${backend}, expected one of pool ${names}`;
}

function isMember(backend: string, pool: string, address: string): boolean {
  const [name = '', ...server] = backend.split('/');
  return (
    sameName(name, pool) &&
    sameName(
      server
        .join('/')
        .replace(/:\d+$/, '')
        .replace(/^\[|\]$/g, ''),
      address,
    )
  );
}

/** https://learn.microsoft.com/azure/application-gateway/http-response-codes */
const statusOfRedirect: Readonly<Record<RedirectType, number>> = {
  Permanent: 301,
  Found: 302,
  SeeOther: 303,
  Temporary: 307,
};

function judgeRedirect({ redirectType, target }: RedirectConfiguration, { status, headers }: Answer): string | null {
  const wanted = statusOfRedirect[redirectType];
  if (status !== wanted) return `status ${status}, expected the redirect ${wanted}`;
  const { location } = headers;
  if (location === undefined) return 'a redirect without Location';
  if (target === null) return null;
  const origin = target.kind === 'url' ? target.url.replace(/[?#].*$/, '') : `${target.listener.protocol}://`;
  return location.toLowerCase().startsWith(origin.toLowerCase().replace(/\/$/, ''))
    ? null
    : `a redirect to ${location}, expected one to ${origin}`;
}
