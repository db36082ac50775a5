import type { Span } from '../../base/span.ts';
import type { ExpressionRange } from './ast.ts';

/**
 * Finds parts of an expression in the file it was written in. The JSON string may hold escapes, so a character of the
 * expression can be several characters of the file.
 */
export class LiteralPlaces {
  readonly #literal: Span | undefined;
  readonly #length: number;
  #offsets: readonly number[] | undefined;

  /**
   * @param literal where the JSON string stands, quotes included; or the text without quotes, as typed
   * @param text what the string means
   */
  constructor(literal: Span | undefined, text: string) {
    this.#literal = literal;
    this.#length = text.length;
  }

  spanOf({ start, end }: ExpressionRange): Span | undefined {
    const literal = this.#literal;
    if (literal === undefined) return undefined;
    const surplus = literal.length - this.#length;
    if (surplus === 0 || surplus === 2) {
      return { source: literal.source, offset: literal.offset + surplus / 2 + start, length: end - start };
    }
    this.#offsets ??= offsetsIn(literal);
    // A text that was not written as this very string (a key made of an escape, say) has the whole string's place.
    if (this.#offsets.length !== this.#length + 1) return literal;
    const from = this.#offsets[start] ?? 0;
    const to = this.#offsets[end] ?? from;
    return { source: literal.source, offset: literal.offset + from, length: to - from };
  }
}

/** For each character of a JSON string's value, and its end, the offset from the opening quote. */
function offsetsIn({ source, offset, length }: Span): number[] {
  const raw = source.text.slice(offset, offset + length);
  const offsets: number[] = [];
  let at = 1;
  while (at < raw.length - 1) {
    offsets.push(at);
    if (raw[at] !== '\\') at += 1;
    else at += raw[at + 1] === 'u' ? 6 : 2;
  }
  offsets.push(at);
  return offsets;
}
