import type { BackendAddressPool, BackendHttpSettings } from '../../gateway/model.ts';
import type { RequestRecord } from '../../observability/request-record.ts';
import type { Mismatch } from './mismatch.ts';
import type { Reason } from './test-result.ts';

/**
 * What pool and backend settings have to do with an expectation that does not hold: they have their part in it without a
 * stage of their own.
 */
export function settingsReasons(mismatch: Mismatch, { route }: RequestRecord): readonly Reason[] {
  const { outcome } = route ?? {};
  if (outcome?.kind !== 'forward') return [];
  const { settings, pool } = outcome;
  const absent = pool === null ? undefined : absentMember(mismatch, pool);
  const tellings = [
    ...(isAboutAffinity(mismatch) ? [describeAffinity(settings)] : []),
    ...(isAboutPath(mismatch) ? [describePath(settings)] : []),
    ...(isAboutTime(mismatch) ? [describeTimeout(settings)] : []),
  ];
  return [
    ...(absent === undefined ? [] : [{ stage: 'backend', why: absent }]),
    ...tellings.map((why) => ({ stage: 'settings', why })),
  ];
}

/** A member that is expected, and that the pool of the request does not have. */
function absentMember({ concern, names }: Mismatch, { name, members }: BackendAddressPool): string | undefined {
  const known = members.map(({ address }) => address);
  const wanted = concern === 'member' ? names.find((each) => !isMember(each, name, known)) : undefined;
  if (wanted === undefined) return undefined;
  return `Backend pool '${name}' has no member '${wanted}'; it has ${known.map((each) => `'${each}'`).join(', ') || 'none'}.`;
}

function isMember(wanted: string, pool: string, known: readonly string[]): boolean {
  return wanted === pool || known.some((address) => [address, `${pool}/${address}`].includes(wanted));
}

function isAboutAffinity({ concern, path, expected }: Mismatch): boolean {
  if (concern === 'member') return true;
  const last = String(path.at(-1)).toLowerCase();
  return last === 'set-cookie' || (path[0] === 'capture' && expected.includes("from cookie '"));
}

function describeAffinity({ name, cookieBasedAffinity, affinityCookieName }: BackendHttpSettings): string {
  return cookieBasedAffinity
    ? `Settings '${name}' keep a client with its server by the cookie '${affinityCookieName}'.`
    : `Settings '${name}' have 'cookieBasedAffinity' off: servers take turns, and no cookie is set.`;
}

function isAboutPath({ concern, path }: Mismatch): boolean {
  return concern === 'received' && path.at(-1) === 'path';
}

function describePath({ name, path }: BackendHttpSettings): string {
  return path
    ? `Settings '${name}' put their override path '${path}' before the path.`
    : `Settings '${name}' have no override path ('path').`;
}

function isAboutTime({ concern, path, expected, actual }: Mismatch): boolean {
  return concern === 'answer' && (path.includes('time') || [expected, actual].some((text) => /\b504\b/.test(text)));
}

function describeTimeout({ name, requestTimeoutSeconds }: BackendHttpSettings): string {
  return `Settings '${name}' wait ${requestTimeoutSeconds} s for an answer ('requestTimeout').`;
}
