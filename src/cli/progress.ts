import type { Io } from './io.ts';

/** Back to the first column, and erase what stands in the line (ECMA-48). */
const eraseLine = '\r\u001b[K';

/** One line on a terminal that tells what is going on, and vanishes. Shows nothing elsewhere. */
export class Progress {
  readonly #stream: Io['stderr'] | undefined;
  #isShown = false;

  /** @param stream undefined where nobody wants to see it */
  constructor(stream: Io['stderr'] | undefined) {
    this.#stream = stream?.isTTY === true ? stream : undefined;
  }

  show(text: string): void {
    if (this.#stream === undefined) return;
    // A terminal that does not know its width says 0.
    const columns = this.#stream.columns || 80;
    // A line that wraps could not be erased.
    this.#stream.write(`${eraseLine}${text.slice(0, columns - 1)}`);
    this.#isShown = true;
  }

  /** Makes room for other lines. */
  clear(): void {
    if (this.#isShown) this.#stream?.write(eraseLine);
    this.#isShown = false;
  }
}
