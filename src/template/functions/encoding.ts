import { TemplateFault } from '../template-fault.ts';
import { defineFunction, type TemplateFunction } from './define-function.ts';
import { invalidParameterFault } from './function-fault.ts';
import { parseLenientJson } from './lenient-json.ts';
import { checkTextLength } from './limits.ts';
import { decodePercent, encodePercent } from './percent-encoding.ts';

const base64 = defineFunction({
  name: 'base64',
  family: 'string',
  description: 'Writes the UTF-8 bytes of a text in base64.',
  parameters: [{ name: 'inputString', type: 'string' }],
  call: ([text]) => encodeBase64('base64', text),
});

const base64ToString = defineFunction({
  name: 'base64ToString',
  family: 'string',
  description: 'Reads a text from its UTF-8 bytes in base64.',
  parameters: [{ name: 'base64Value', type: 'string' }],
  call: ([text]) => requireBase64('base64ToString', text),
});

const base64ToJson = defineFunction({
  name: 'base64ToJson',
  family: 'string',
  description: 'Reads JSON from its UTF-8 bytes in base64.',
  parameters: [{ name: 'base64Value', type: 'string' }],
  parsesJson: true,
  call: ([text]) => parseLenientJson(requireBase64('base64ToJson', text), 'base64ToJson'),
});

function encodeBase64(functionName: string, text: string): string {
  const encoded = Buffer.from(text, 'utf8').toString('base64');
  checkTextLength(functionName, encoded.length);
  return encoded;
}

function requireBase64(functionName: string, text: string): string {
  const decoded = decodeBase64(text);
  if (decoded !== undefined) return decoded;
  throw invalidParameterFault(functionName, 'The value cannot be decoded from base64 representation.');
}

/** White space between the digits means nothing; a missing or misplaced padding is a fault. */
function decodeBase64(text: string): string | undefined {
  const digits = text.replace(/[ \t\r\n]/g, '');
  if (digits.length % 4 !== 0 || !/^[A-Za-z\d+/]*={0,2}$/.test(digits)) return undefined;
  return Buffer.from(digits, 'base64').toString('utf8');
}

const dataUri = defineFunction({
  name: 'dataUri',
  family: 'string',
  description: 'Makes a data URI of a text.',
  parameters: [{ name: 'stringToConvert', type: 'string' }],
  call: ([text]) => `data:text/plain;charset=utf-8;base64,${encodeBase64('dataUri', text)}`,
});

const dataUriToString = defineFunction({
  name: 'dataUriToString',
  family: 'string',
  description: 'Takes the text out of a data URI.',
  parameters: [{ name: 'dataUriToConvert', type: 'string' }],
  call: ([uri]) => {
    const parts = /^data:([^,]*),(.*)$/is.exec(uri);
    if (parts === null) {
      throw new TemplateFault(
        `The template language function 'dataUriToString' expects its parameter to be formatted as a valid data URI. The provided value '${uri}' was not formatted correctly. Please see https://aka.ms/arm-functions#dataUriToString for usage details.`,
      );
    }
    const [, mediaType = '', payload = ''] = parts;
    const decoded = /;\s*base64$/i.test(mediaType) ? decodeBase64(payload) : decodePercent(payload);
    if (decoded !== undefined) return decoded;
    throw invalidParameterFault('dataUriToString', 'The value cannot be converted to the target type.');
  },
});

const uriComponent = defineFunction({
  name: 'uriComponent',
  family: 'string',
  description: 'Writes a text so that it can stand inside a URI.',
  parameters: [{ name: 'stringToEncode', type: 'string' }],
  call: ([text]) => {
    const encoded = encodePercent(text);
    checkTextLength('uriComponent', encoded.length);
    return encoded;
  },
});

const uriComponentToString = defineFunction({
  name: 'uriComponentToString',
  family: 'string',
  description: 'Reads a text that was written for a URI; what is not encoded well stays as it is.',
  parameters: [{ name: 'uriEncodedString', type: 'string' }],
  call: ([text]) => decodePercent(text),
});

export const encodingFunctions: readonly TemplateFunction[] = [
  base64,
  base64ToJson,
  base64ToString,
  dataUri,
  dataUriToString,
  uriComponent,
  uriComponentToString,
];
