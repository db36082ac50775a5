import type { Fix } from '../base/fix.ts';
import type { Span } from '../base/span.ts';

type Literal = string | number | bigint | boolean;

/**
 * Writes another literal in the place of one. Undefined when the value was not written as this very literal: what an
 * expression computes is not for us to mend, nor is a string with escapes in it.
 *
 * @param span where the value or the key is said to come from
 * @param written the value as evaluated
 */
export function rewriteLiteral(span: Span | undefined, written: Literal, right: Literal): Fix | undefined {
  if (span === undefined) return undefined;
  const { source, offset, length } = span;
  if (source.text.slice(offset, offset + length) !== jsonOf(written)) return undefined;
  const edit = { file: source.name, offset, length, text: jsonOf(right) };
  const shown = typeof right === 'string' ? `'${right}'` : String(right);
  return { title: `Write ${shown}.`, reach: 'value', edits: [edit] };
}

function jsonOf(literal: Literal): string {
  return typeof literal === 'string' ? JSON.stringify(literal) : String(literal);
}
