import { encodePath } from '../rewrite/encode-url.ts';

const slash = 47;
const dot = 46;
const percent = 37;

/**
 * The form in which v2 compares a path with the patterns of a path map: percent-decoded, dot segments resolved, runs of
 * slashes merged. Only the comparison sees it; the backend gets the bytes that the client sent.
 * https://learn.microsoft.com/azure/application-gateway/overview-v2
 */
export function normalisePath(path: string): string {
  if (isNormal(path)) return path;
  return resolveSegments(decodePercent(path));
}

function isNormal(path: string): boolean {
  let previous = 0;
  for (let index = 0; index < path.length; index += 1) {
    const code = path.charCodeAt(index);
    if (code === percent || (previous === slash && (code === slash || code === dot))) return false;
    previous = code;
  }
  return true;
}

/**
 * The same form, for the part of it that is sent where a path cannot be sent as it came. Encoded percent signs stay, so
 * that what follows them is not taken for an encoding.
 */
export function normalisePathToSend(path: string): string {
  return encodePath(resolveSegments(decodePercent(path, /(?:%(?!25)[0-9a-f]{2})+/gi)));
}

/** Decodes UTF-8; what is not that stays as it was written. */
export function decodePercent(path: string, encodings = /(?:%[0-9a-f]{2})+/gi): string {
  return path.replace(encodings, (encoded) => {
    try {
      return decodeURIComponent(encoded);
    } catch {
      return encoded;
    }
  });
}

function resolveSegments(path: string): string {
  const resolved: string[] = [];
  const segments = path.split('/');
  for (const segment of segments) {
    if (segment === '..') resolved.pop();
    else if (segment !== '' && segment !== '.') resolved.push(segment);
  }
  const last = segments.at(-1);
  const endsInFolder = last === '' || last === '.' || last === '..';
  return `/${resolved.join('/')}${endsInFolder && resolved.length > 0 ? '/' : ''}`;
}
