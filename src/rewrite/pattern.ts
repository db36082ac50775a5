import { RE2JS, RE2JSException } from 're2js';

/** A regular expression of a template, searched for anywhere in a text. */
export interface Pattern {
  test(text: string): boolean;
  /** The match and its groups, a group that took no part being empty; null when nothing matches. */
  capture(text: string): readonly string[] | null;
}

/**
 * Compiles a pattern as RE2 does, which Azure uses: no look-around, no back-references, and time that grows with the
 * text only. A refused pattern comes back as the reason.
 * https://learn.microsoft.com/azure/application-gateway/rewrite-http-headers-url#pattern-matching
 */
export function compilePattern(pattern: string, ignoreCase: boolean): Pattern | { readonly fault: string } {
  try {
    const expression = RE2JS.compile(pattern, ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);
    return {
      test: (text) => expression.test(text),
      capture: (text) => captureGroups(expression, text),
    };
  } catch (error) {
    if (error instanceof RE2JSException) return { fault: error.message };
    throw error;
  }
}

function captureGroups(expression: RE2JS, text: string): readonly string[] | null {
  const matcher = expression.matcher(text);
  if (!matcher.find()) return null;
  const groups: string[] = [];
  for (let group = 0; group <= matcher.groupCount(); group += 1) groups.push(matcher.group(group) ?? '');
  return groups;
}
