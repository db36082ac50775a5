import { TemplateFault } from '../template-fault.ts';
import type { ArrayValue, Value } from '../value.ts';
import { arrayValue, stringValue } from '../value.ts';
import { formatComposite } from './composite-format.ts';
import { defineFunction, type TemplateFunction } from './define-function.ts';
import { functionFault } from './function-fault.ts';
import { foldText, toLowerInvariant, toUpperInvariant } from './letter-case.ts';
import { checkItemCount, checkTextLength, maximumDelimiters } from './limits.ts';
import { matchesWildcard } from './match-wildcard.ts';
import { displayText, jsonText } from './value-text.ts';

const concat = defineFunction({
  name: 'concat',
  family: 'string',
  description: 'Joins arrays to one array, or texts, integers and booleans to one text.',
  parameters: [{ name: 'arg', type: ['string', 'int', 'float', 'bool', 'array'], variadic: true }],
  call: (args) => {
    const arrays = args.filter((arg) => arg.kind === 'Array');
    if (arrays.length === args.length) return concatArrays(arrays);
    if (arrays.length === 0) return joinTexts('concat', args, '');
    throw new TemplateFault(
      "The provided parameters for language function 'concat' are invalid. Either all or none of the parameters must be an array. Please see https://aka.ms/arm-functions#concat for usage details.",
    );
  },
});

function concatArrays(arrays: readonly ArrayValue[]): Value {
  checkItemCount(
    'concat',
    arrays.reduce((sum, { items }) => sum + items.length, 0),
  );
  return arrayValue(arrays.flatMap(({ items }) => items));
}

function joinTexts(functionName: string, values: readonly Value[], delimiter: string): string {
  const texts = values.map((value) => displayText(value, functionName));
  checkTextLength(
    functionName,
    texts.reduce((sum, text) => sum + text.length + delimiter.length, 0),
  );
  return texts.join(delimiter);
}

const join = defineFunction({
  name: 'join',
  family: 'string',
  description: 'Joins the texts, integers and booleans of an array with a delimiter between them.',
  parameters: [
    { name: 'inputArray', type: 'array' },
    { name: 'delimiter', type: 'string' },
  ],
  call: ([{ items }, delimiter]) => {
    const composite = items.find(({ kind }) => kind === 'Array' || kind === 'Object');
    if (composite === undefined) return joinTexts('join', items, delimiter);
    throw functionFault(
      'join',
      `The elements must be of type 'String', 'Integer' or 'Boolean'. One is of type '${composite.kind}'.`,
    );
  },
});

const format = defineFunction({
  name: 'format',
  family: 'string',
  description: 'Puts values into a text where it has {0}, {1} and so on, with .NET formats such as {0:D2}.',
  parameters: [
    { name: 'formatString', type: 'string' },
    { name: 'arg', type: 'any', optional: true, variadic: true },
  ],
  call: ([template, ...args]) => formatComposite(template, args),
});

const string = defineFunction({
  name: 'string',
  family: 'string',
  description: 'Makes a text of any value; arrays and objects become JSON.',
  parameters: [{ name: 'valueToConvert', type: 'any' }],
  call: ([value]) => {
    if (value.kind === 'String') return value;
    const isComposite = value.kind === 'Array' || value.kind === 'Object';
    return isComposite ? jsonText(value, 'string') : displayText(value, 'string');
  },
});

const toLower = defineFunction({
  name: 'toLower',
  family: 'string',
  description: 'Turns a text into lower case.',
  parameters: [{ name: 'stringToChange', type: 'string' }],
  call: ([text]) => toLowerInvariant(text),
});

const toUpper = defineFunction({
  name: 'toUpper',
  family: 'string',
  description: 'Turns a text into upper case.',
  parameters: [{ name: 'stringToChange', type: 'string' }],
  call: ([text]) => toUpperInvariant(text),
});

const trim = defineFunction({
  name: 'trim',
  family: 'string',
  description: 'Takes away white space at both ends.',
  parameters: [{ name: 'stringToTrim', type: 'string' }],
  call: ([text]) => trimWhiteSpace(text),
});

// .NET's idea of white space has U+0085 but not U+FEFF; JavaScript's the other way round.
const whiteSpace = /^(?!\ufeff)[\s\x85]$/;

/** Character by character, since a pattern for the end would be tried anew at every blank inside the text. */
function trimWhiteSpace(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && whiteSpace.test(text.charAt(start))) start += 1;
  while (end > start && whiteSpace.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

const startsWith = defineFunction({
  name: 'startsWith',
  family: 'string',
  description: 'Tells whether a text begins with another, in any case.',
  parameters: [
    { name: 'stringToSearch', type: 'string' },
    { name: 'stringToFind', type: 'string' },
  ],
  call: ([text, part]) => foldText(text).startsWith(foldText(part)),
});

const endsWith = defineFunction({
  name: 'endsWith',
  family: 'string',
  description: 'Tells whether a text ends with another, in any case.',
  parameters: [
    { name: 'stringToSearch', type: 'string' },
    { name: 'stringToFind', type: 'string' },
  ],
  call: ([text, part]) => foldText(text).endsWith(foldText(part)),
});

const like = defineFunction({
  name: 'like',
  family: 'string',
  description: 'Tells whether a text fits a pattern, in any case, where * stands for any characters.',
  parameters: [
    { name: 'string', type: 'string' },
    { name: 'pattern', type: 'string' },
  ],
  call: ([text, pattern]) => matchesWildcard(foldText(text), foldText(pattern)),
});

const padLeft = defineFunction({
  name: 'padLeft',
  family: 'string',
  description: 'Fills up a text or an integer on the left to a width.',
  parameters: [
    { name: 'valueToPad', type: ['string', 'int'] },
    { name: 'totalLength', type: 'int' },
    { name: 'paddingCharacter', type: 'string', optional: true },
  ],
  call: ([value, width, character = ' ']) => {
    if (character.length !== 1) {
      throw functionFault(
        'padLeft',
        `The padding must be exactly one character. The padding parameter: '${character}'.`,
      );
    }
    if (width < 0n) {
      throw functionFault(
        'padLeft',
        `The total length cannot be less than zero. The total length parameter: '${width}'.`,
      );
    }
    checkTextLength('padLeft', width);
    return displayText(value, 'padLeft').padStart(Number(width), character);
  },
});

const replace = defineFunction({
  name: 'replace',
  family: 'string',
  description: 'Replaces a part wherever it occurs in a text, in the same case.',
  parameters: [
    { name: 'originalString', type: 'string' },
    { name: 'oldString', type: 'string' },
    { name: 'newString', type: 'string' },
  ],
  call: ([text, old, replacement]) => {
    if (old === '') throw functionFault('replace', 'The text to replace cannot be empty.');
    const parts = text.split(old);
    checkTextLength('replace', text.length + (parts.length - 1) * (replacement.length - old.length));
    return parts.join(replacement);
  },
});

const split = defineFunction({
  name: 'split',
  family: 'string',
  description: 'Cuts a text into an array at a delimiter, or at any of several; empty parts are kept.',
  parameters: [
    { name: 'inputString', type: 'string' },
    { name: 'delimiter', type: ['string', 'array'] },
  ],
  call: ([text, delimiter]) => {
    const delimiters = (delimiter.kind === 'String' ? [delimiter] : delimiter.items).map((item) => {
      if (item.kind === 'String') return item.value;
      throw functionFault('split', `The delimiters must be of type 'String'. One is of type '${item.kind}'.`);
    });
    if (delimiters.length > maximumDelimiters) {
      throw functionFault('split', `There are ${delimiters.length} delimiters; Agate allows ${maximumDelimiters}.`);
    }
    const parts = splitAt(text, delimiters);
    checkItemCount('split', parts.length);
    return arrayValue(parts.map((part) => stringValue(part)));
  },
});

/** Where several delimiters fit, the one listed first counts; empty ones never do. */
function splitAt(text: string, delimiters: readonly string[]): readonly string[] {
  const patterns = delimiters.filter((delimiter) => delimiter !== '').map(escapePattern);
  return patterns.length === 0 ? [text] : text.split(new RegExp(patterns.join('|')));
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

const substring = defineFunction({
  name: 'substring',
  family: 'string',
  description: 'Takes a part of a text: from a place on, to its end or so many characters.',
  parameters: [
    { name: 'stringToParse', type: 'string' },
    { name: 'startIndex', type: 'int' },
    { name: 'length', type: 'int', optional: true },
  ],
  call: ([text, start, length]) => {
    if (length !== undefined && length < 0n) {
      throw functionFault(
        'substring',
        `The length parameter cannot be less than zero. The length parameter: '${length}'.`,
      );
    }
    const total = BigInt(text.length);
    const end = length === undefined ? total : start + length;
    if (start < 0n || start > total || end > total) {
      throw functionFault(
        'substring',
        `The index and length parameters must refer to a location within the string. The index parameter: '${start}', the length parameter: '${length ?? total - start}', the length of the string parameter: '${total}'.`,
      );
    }
    return text.slice(Number(start), Number(end));
  },
});

export const stringFunctions: readonly TemplateFunction[] = [
  concat,
  endsWith,
  format,
  join,
  like,
  padLeft,
  replace,
  split,
  startsWith,
  string,
  substring,
  toLower,
  toUpper,
  trim,
];
