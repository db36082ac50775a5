import type { Raw } from '../raw.ts';

/**
 * Whether a text stands in the template as it is. What an expression computes may come from where Agate takes the template
 * to be deployed, such as the location of the resource group.
 */
export function isLiteral({ span, text }: Raw): boolean {
  if (span === undefined || text === undefined) return false;
  return span.source.text.slice(span.offset, span.offset + span.length) === JSON.stringify(text);
}
