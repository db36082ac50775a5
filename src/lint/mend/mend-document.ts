import type { Diagnostic } from '../../base/diagnostic.ts';
import { SourceText } from '../../base/span.ts';
import { mendText } from './mend-text.ts';

export interface MendedDocument {
  readonly source: SourceText;
  /** What was mended, in all passes. */
  readonly mended: readonly Diagnostic[];
  /** What is to be said about the text as it is now. */
  readonly left: readonly Diagnostic[];
}

/** Fixes that wait for others, or that only show after them, come in later passes; more than a few would be a fault. */
const maximumPasses = 10;

/**
 * Mends a text until nothing more can be mended.
 *
 * @param lint finds what there is to say about a text, without what the user wants ignored
 */
export function mendDocument(
  original: SourceText,
  lint: (source: SourceText) => readonly Diagnostic[],
): MendedDocument {
  const mended: Diagnostic[] = [];
  let source = original;
  let left = lint(source);
  for (let pass = 0; pass < maximumPasses; pass++) {
    const next = mendText(source, left);
    if (next.text === source.text) break;
    mended.push(...next.mended);
    source = new SourceText(original.name, next.text);
    left = lint(source);
  }
  return { source, mended, left };
}
