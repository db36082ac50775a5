import { foldPath, parsePathPattern } from '../../routing/match-path.ts';

/**
 * Whether every path that fits `narrow` fits `wide` too. Patterns are exact paths or end in `*`; letter case does not
 * count.
 * https://learn.microsoft.com/azure/application-gateway/url-route-overview
 */
export function pathPatternCovers(wide: string, narrow: string): boolean {
  const one = parsePathPattern(foldPath(wide, 'insensitive'));
  const other = parsePathPattern(foldPath(narrow, 'insensitive'));
  if (!one.isPrefix) return !other.isPrefix && one.literal === other.literal;
  return other.literal.startsWith(one.literal);
}
