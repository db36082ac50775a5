/**
 * The literal part of a pattern of a path rule, and whether anything may follow it. Patterns see only the path: what
 * stands after the first `?` or `#` is cut. `*` means something only as the last character.
 * https://learn.microsoft.com/azure/application-gateway/url-route-overview
 */
export interface PathPattern {
  readonly literal: string;
  readonly isPrefix: boolean;
}

export function parsePathPattern(pattern: string): PathPattern {
  const path = pattern.replace(/[?#].*$/s, '');
  return path.endsWith('*') ? { literal: path.slice(0, -1), isPrefix: true } : { literal: path, isPrefix: false };
}

/** Whether a pattern takes a path that is in its normal form already. */
export function matchPath(pattern: string, path: string, pathCase: 'insensitive' | 'sensitive'): boolean {
  const { literal, isPrefix } = parsePathPattern(pattern);
  const expected = foldPath(literal, pathCase);
  const actual = foldPath(path, pathCase);
  return isPrefix ? actual.startsWith(expected) : actual === expected;
}

export function foldPath(path: string, pathCase: 'insensitive' | 'sensitive'): string {
  return pathCase === 'insensitive' ? path.toLowerCase() : path;
}
