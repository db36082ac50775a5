/** A place in a text, counted from 1; columns are UTF-16 units, as editors count them. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** From `start` up to, but not including, `end`. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** A text the user gave us, and the way from offsets to lines and columns. */
export class SourceText {
  readonly name: string;
  readonly text: string;
  #lineStarts: readonly number[] | undefined;
  readonly #secrets: { readonly start: number; readonly end: number }[] = [];

  /** @param name the path as the user wrote it, `<stdin>` or `<object>` */
  constructor(name: string, text: string) {
    this.name = name;
    this.text = text;
  }

  positionAt(offset: number): Position {
    const starts = this.#starts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  }

  /** The text of a line (from 1) without its line break; empty when there is no such line. */
  lineText(line: number): string {
    const starts = this.#starts();
    const start = starts[line - 1];
    if (start === undefined) return '';
    return this.text.slice(start, starts[line] ?? this.text.length).replace(/\r?\n$/, '');
  }

  /** Keeps a piece from being shown: it turned out to be the value of a secret. */
  conceal(offset: number, length: number): void {
    this.#secrets.push({ start: offset, end: offset + length });
  }

  /** The text of a line as it may be shown, with an asterisk for each character of a secret. */
  shownLine(line: number): string {
    const text = this.lineText(line);
    const lineStart = this.#starts()[line - 1] ?? 0;
    let shown = text;
    for (const { start, end } of this.#secrets) {
      const from = Math.max(start - lineStart, 0);
      const to = Math.min(end - lineStart, text.length);
      if (from < to) shown = shown.slice(0, from) + '*'.repeat(to - from) + shown.slice(to);
    }
    return shown;
  }

  #starts(): readonly number[] {
    if (this.#lineStarts === undefined) {
      const starts = [0];
      for (let at = this.text.indexOf('\n'); at !== -1; at = this.text.indexOf('\n', at + 1)) starts.push(at + 1);
      this.#lineStarts = starts;
    }
    return this.#lineStarts;
  }
}

/** A piece of a source text: where a value was written. */
export interface Span {
  readonly source: SourceText;
  readonly offset: number;
  readonly length: number;
}

/** The lines and columns that a span covers. */
export function rangeOf(span: Span): Range {
  return {
    start: span.source.positionAt(span.offset),
    end: span.source.positionAt(span.offset + span.length),
  };
}
