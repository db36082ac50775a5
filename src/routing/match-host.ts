const asterisk = 42;
const questionMark = 63;

/** Whether a host name of a listener has a wildcard in it. */
export function hasWildcard(pattern: string): boolean {
  return pattern.includes('*') || pattern.includes('?');
}

/**
 * Whether a listener's host name, which may hold wildcards, matches the name that a request asks for. `*` stands for
 * one or more of the characters a name may have, dots among them; `?` for exactly one. So `*.contoso.com` takes
 * `a.b.contoso.com`, but not `contoso.com`.
 * https://learn.microsoft.com/azure/application-gateway/multiple-site-overview
 */
export function matchHost(pattern: string, hostName: string): boolean {
  return matchFolded(pattern.toLowerCase(), hostName.toLowerCase());
}

/** {@link matchHost} of texts that are in lower case already. */
export function matchFolded(pattern: string, hostName: string): boolean {
  return matchWildcards(pattern, hostName, isHostCharacter, isHostCharacter);
}

/** Whether one pattern matches every name that another matches; null stands for every name. */
export function coversHosts(pattern: string | null, other: string | null): boolean {
  if (pattern === null) return true;
  if (other === null) return false;
  return matchWildcards(
    pattern.toLowerCase(),
    other.toLowerCase(),
    isHostCharacterOrWildcard,
    isHostCharacterOrOneOfThem,
  );
}

/** Steps back to the latest `*` only, so its time is bounded by the product of the two lengths whatever the pattern. */
function matchWildcards(
  pattern: string,
  text: string,
  fitsAsterisk: (code: number) => boolean,
  fitsQuestionMark: (code: number) => boolean,
): boolean {
  let at = 0;
  let patternAt = 0;
  let resumeAt = -1;
  let resumePattern = -1;
  while (at < text.length) {
    const expected = pattern.charCodeAt(patternAt);
    const actual = text.charCodeAt(at);
    if (expected === asterisk && fitsAsterisk(actual)) {
      at += 1;
      patternAt += 1;
      resumeAt = at;
      resumePattern = patternAt;
    } else if (expected === questionMark ? fitsQuestionMark(actual) : expected === actual && expected !== asterisk) {
      at += 1;
      patternAt += 1;
    } else if (resumeAt !== -1 && fitsAsterisk(text.charCodeAt(resumeAt))) {
      resumeAt += 1;
      at = resumeAt;
      patternAt = resumePattern;
    } else {
      return false;
    }
  }
  return patternAt === pattern.length;
}

/** `a`–`z`, `0`–`9`, `-` and `.`. */
function isHostCharacter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code === 45 || code === 46;
}

/** A `?` of another pattern is one character of a host name. */
function isHostCharacterOrOneOfThem(code: number): boolean {
  return isHostCharacter(code) || code === questionMark;
}

function isHostCharacterOrWildcard(code: number): boolean {
  return isHostCharacterOrOneOfThem(code) || code === asterisk;
}
