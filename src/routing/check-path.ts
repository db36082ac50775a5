import { decodePercent } from './normalise-path.ts';

/**
 * Why a path cannot be brought into the form that v2 compares; null when it can. The documents name illegal characters
 * only; these are what NGINX, which v2 is made of, answers with 400 for.
 * https://learn.microsoft.com/troubleshoot/azure/application-gateway/http-response-codes
 */
export function pathFault(path: string): string | null {
  const hasEncodings = path.includes('%');
  if (hasEncodings && /%(?![0-9a-f]{2})/i.test(path))
    return 'has a percent sign without two hexadecimal digits after it';
  if (hasEncodings && path.includes('%00')) return 'has an encoded null character';
  return (hasEncodings || path.includes('/.')) && leadsAboveRoot(path) ? 'leads above the root' : null;
}

function leadsAboveRoot(path: string): boolean {
  let depth = 0;
  for (const segment of decodePercent(path).split('/')) {
    if (segment === '..') depth -= 1;
    else if (segment !== '' && segment !== '.') depth += 1;
    if (depth < 0) return true;
  }
  return false;
}
