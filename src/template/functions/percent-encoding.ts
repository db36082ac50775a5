/** Everything but unreserved characters (RFC 3986, section 2.3) becomes `%` and upper-case hexadecimal digits. */
export function encodePercent(text: string): string {
  // Through a buffer, because `encodeURIComponent` throws at half a surrogate pair.
  const wellFormed = Buffer.from(text, 'utf8').toString('utf8');
  return encodeURIComponent(wellFormed).replace(/[!'()*]/g, (character) => {
    return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  });
}

/** Decodes UTF-8 sequences; what is none stays encoded. */
export function decodePercent(text: string): string {
  return text.replace(/(?:%[\da-fA-F]{2})+/g, decodeRun);
}

function decodeRun(run: string): string {
  try {
    return decodeURIComponent(run);
  } catch {
    return decodePieces(run);
  }
}

/** A run with something malformed in it: decodes the characters around that. */
function decodePieces(run: string): string {
  let decoded = '';
  for (let at = 0; at < run.length; ) {
    const length = 3 * byteCountAfter(Number.parseInt(run.slice(at + 1, at + 3), 16));
    const piece = run.slice(at, at + length);
    const character = decodeOne(piece);
    decoded += character ?? run.slice(at, at + 3);
    at += character === undefined ? 3 : length;
  }
  return decoded;
}

function decodeOne(piece: string): string | undefined {
  try {
    return decodeURIComponent(piece);
  } catch {
    return undefined;
  }
}

/** How many bytes a UTF-8 character has that begins with this one. */
function byteCountAfter(first: number): number {
  if (first >= 0xf0) return 4;
  if (first >= 0xe0) return 3;
  return first >= 0xc0 ? 2 : 1;
}
