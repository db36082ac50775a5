/** The text in a form that strict readers take, and the way back. */
export interface DisguisedText {
  readonly text: string;
  /** Offsets of the control characters inside strings that were disguised. */
  readonly offsets: readonly number[];
  /** Offsets of white space between tokens that JSON does not know. */
  readonly blanks: readonly number[];
  /** Puts the control characters back into a string's value. */
  readonly restore: (value: string) => string;
  /** How many brackets and braces are open at once, at most. */
  readonly depth: number;
}

const controlCharacters = 0x20;
const firstPrivateUse = 0xe000;
const lastPrivateUse = 0xf8ff;

/**
 * Azure's clients accept a raw line break or tab inside a JSON string, and templates for Logic Apps and scripts use it.
 * JSON readers do not, so the characters travel through the reader as private-use characters of the same length.
 *
 * https://learn.microsoft.com/azure/azure-resource-manager/templates/syntax#multi-line-strings
 */
export function disguiseControlCharacters(original: string): DisguisedText {
  const { offsets, blanks, depth } = scanStrings(original);
  // Copied from web pages, templates hold no-break spaces; Azure's reader takes any white space between tokens.
  const text = replaceAt(original, blanks, () => ' ');
  const base = offsets.length === 0 ? undefined : freeBlock(text);
  if (base === undefined) return { text, offsets: [], blanks, depth, restore: (value) => value };
  const pattern = new RegExp(`[${escapeOf(base)}-${escapeOf(base + controlCharacters - 1)}]`, 'g');
  return {
    text: replaceAt(text, offsets, (offset) => String.fromCharCode(base + text.charCodeAt(offset))),
    offsets,
    blanks,
    depth,
    restore: (value) => value.replace(pattern, (char) => String.fromCharCode(char.charCodeAt(0) - base)),
  };
}

function replaceAt(text: string, offsets: readonly number[], replacement: (offset: number) => string): string {
  if (offsets.length === 0) return text;
  const parts: string[] = [];
  let from = 0;
  for (const offset of offsets) {
    parts.push(text.slice(from, offset), replacement(offset));
    from = offset + 1;
  }
  parts.push(text.slice(from));
  return parts.join('');
}

/** The first of 32 private-use characters none of which the text uses, plainly or as an escape. */
function freeBlock(text: string): number | undefined {
  for (let base = firstPrivateUse; base + controlCharacters - 1 <= lastPrivateUse; base += controlCharacters) {
    const last = base + controlCharacters - 1;
    const plain = new RegExp(`[${escapeOf(base)}-${escapeOf(last)}]`);
    if (!plain.test(text) && !escapesOf(base).test(text)) return base;
  }
  return undefined;
}

/** Of 32 characters from a multiple of 32 on, the escapes have three hexadecimal digits in common, and one of two. */
function escapesOf(base: number): RegExp {
  const digits = base.toString(16);
  return new RegExp(
    `\\\\u${digits.slice(0, 2)}[${digits[2] ?? ''}${(Number.parseInt(digits[2] ?? '0', 16) + 1).toString(16)}]`,
    'i',
  );
}

function escapeOf(code: number): string {
  return `\\u${code.toString(16)}`;
}

interface Scan {
  readonly offsets: number[];
  readonly blanks: number[];
  depth: number;
}

function scanStrings(text: string): Scan {
  const scan: Scan = { offsets: [], blanks: [], depth: 0 };
  let open = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) at = scanString(text, at, scan.offsets);
    else if (code === 0x2f) at = skipComment(text, at);
    else if (code === 0x5b || code === 0x7b) scan.depth = Math.max(scan.depth, ++open);
    else if (code === 0x5d || code === 0x7d) open--;
    else if (code === 0x0b || code === 0x0c || (code > 0x7f && /\s/.test(text.charAt(at)))) scan.blanks.push(at);
  }
  return scan;
}

/** Notes the control characters of the string that starts at `start`; returns the offset of its closing quote. */
function scanString(text: string, start: number, offsets: number[]): number {
  let at = start + 1;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return at;
    if (code === 0x5c && text.charCodeAt(at + 1) >= controlCharacters) at++;
    else if (code < controlCharacters) offsets.push(at);
  }
  return at;
}

function skipComment(text: string, start: number): number {
  const next = text[start + 1];
  if (next === '/') return endOr(text, text.indexOf('\n', start));
  if (next === '*') return endOr(text, text.indexOf('*/', start + 2) + 1, 0);
  return start;
}

function endOr(text: string, found: number, none = -1): number {
  return found === none ? text.length : found;
}
