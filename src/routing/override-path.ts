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
  return join(prefix, matched === null ? path : remainder(path, matched.literal, normalPath));
}

function remainder(path: string, literal: string, normalPath: string): string {
  const folded = literal.toLowerCase();
  if (path.slice(0, literal.length).toLowerCase() === folded) return path.slice(literal.length);
  if (normalPath.slice(0, literal.length).toLowerCase() === folded) return normalPath.slice(literal.length);
  return path;
}

/** Joins two parts of a path with exactly one slash; nothing is added to the first when the second is empty. */
export function join(first: string, second: string): string {
  if (second === '') return first;
  const start = first.endsWith('/') ? first.slice(0, -1) : first;
  return second.startsWith('/') ? start + second : `${start}/${second}`;
}
