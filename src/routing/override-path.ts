import { encodePath } from '../rewrite/encode-url.ts';
import { decodePercent, normalisePathToSend } from './normalise-path.ts';
import type { PathCandidate } from './path-table.ts';

/**
 * Puts the override path of backend settings before a path. What the path rule's pattern matched literally gives way
 * to it; with a Basic rule or a map's default the whole path stays behind it.
 * https://learn.microsoft.com/azure/application-gateway/configuration-http-settings#override-backend-path
 *
 * @param normalPath the path as the pattern saw it, for where its bytes differ from what the client sent
 */
export function overridePath(
  override: string | null,
  path: string,
  matched: Pick<PathCandidate, 'literal'> | null,
  normalPath: string,
): string {
  if (override === null || override === '') return path;
  const prefix = override.startsWith('/') ? override : `/${override}`;
  return join(prefix, remainder(path, matched?.literal ?? '', normalPath));
}

/**
 * What follows the literal: the client's bytes where they mean no more than what the pattern saw. Where they do, as in
 * `/%61pp/x` or `/app/../app/x`, the normal form is sent; with dots in it the path could leave the override's folder.
 */
function remainder(path: string, literal: string, normalPath: string): string {
  const asSent = path.slice(literal.length);
  const seen = normalPath.slice(literal.length);
  const isAsSeen = asSent === seen || decodePercent(asSent) === seen;
  if (startsWith(path, literal) && isAsSeen) return asSent;
  const normal = normalisePathToSend(path);
  const encodedLiteral = encodePath(literal);
  return startsWith(normal, encodedLiteral) ? normal.slice(encodedLiteral.length) : path;
}

function startsWith(path: string, literal: string): boolean {
  return path.slice(0, literal.length).toLowerCase() === literal.toLowerCase();
}

/** Joins two parts of a path with exactly one slash; nothing is added to the first when the second is empty. */
export function join(first: string, second: string): string {
  if (second === '') return first;
  const start = first.endsWith('/') ? first.slice(0, -1) : first;
  return second.startsWith('/') ? start + second : `${start}/${second}`;
}
