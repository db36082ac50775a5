import type { Value } from '../value.ts';
import { checkTextLength } from './limits.ts';
import { formatNumber, invalidFormat } from './number-format.ts';
import { displayText } from './value-text.ts';

/** `{{`, `}}`, `{index[,alignment][:format]}`, a lone brace, or a run of other text. */
const piece = /\{\{|\}\}|\{(\d+) *(?:, *(-?\d+) *)?(?::([^{}]*))?\}|[{}]|[^{}]+/g;

/**
 * .NET's composite formatting, in the invariant culture.
 * https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-string#format
 */
export function formatComposite(format: string, args: readonly Value[]): string {
  let text = '';
  for (const [match, index, alignment = '0', itemFormat = ''] of format.matchAll(piece)) {
    if (index !== undefined) text += align(formatItem(args, index, itemFormat), alignment);
    else if (match === '{{' || match === '}}') text += match.charAt(0);
    else if (match === '{' || match === '}') throw invalidFormat('Input string was not in a correct format.');
    else text += match;
    checkTextLength('format', text.length);
  }
  return text;
}

function formatItem(args: readonly Value[], index: string, itemFormat: string): string {
  const value = args[Number(index)];
  if (value === undefined) {
    throw invalidFormat(
      'Index (zero based) must be greater than or equal to zero and less than the size of the argument list.',
    );
  }
  const isNumber = value.kind === 'Integer' || value.kind === 'Float';
  return isNumber && itemFormat !== '' ? formatNumber(value.value, itemFormat) : displayText(value, 'format');
}

/** A positive width aligns to the right, a negative one to the left. */
function align(text: string, alignment: string): string {
  const width = Number(alignment);
  checkTextLength('format', Math.abs(width));
  return width < 0 ? text.padEnd(-width) : text.padStart(width);
}
