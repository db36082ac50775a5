/**
 * Whether every path that fits `narrow` fits `wide` too. Patterns are exact paths or end in `*`; letter case does not
 * count.
 * https://learn.microsoft.com/azure/application-gateway/url-route-overview
 */
export function pathPatternCovers(wide: string, narrow: string): boolean {
  const one = wide.toLowerCase();
  const other = narrow.toLowerCase();
  if (!one.endsWith('*')) return one === other;
  return other.replace(/\*$/, '').startsWith(one.slice(0, -1));
}
