import { expect, test } from 'vitest';
import { toJson } from '../../../src/template/value.ts';
import { call, callFault } from './call.ts';

// https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-string
test.each([
  ['base64', 'one, two, three', 'b25lLCB0d28sIHRocmVl'],
  ['base64', 'ü', 'w7w='],
  ['base64ToString', 'b25lLCB0d28sIHRocmVl', 'one, two, three'],
  ['base64ToString', 'w7w=', 'ü'],
  ['base64ToString', 'YWJj\r\nYWJj', 'abcabc'],
  ['base64ToString', '', ''],
  ['base64ToJson', 'eydvbmUnOiAnYScsICd0d28nOiAnYid9', { one: 'a', two: 'b' }],
  ['dataUri', ' Fizz ', 'data:text/plain;charset=utf-8;base64,IEZpenog'],
  ['dataUriToString', 'data:;base64,SGVsbG8sIFdvcmxkIQ==', 'Hello, World!'],
  ['dataUriToString', 'DATA:text/plain;charset=utf-8,a%20b,c', 'a b,c'],
  ['dataUriToString', 'data:,', ''],
  ['uriComponent', 'http://contoso.com/a b.json', 'http%3A%2F%2Fcontoso.com%2Fa%20b.json'],
  ['uriComponent', 'UB*8h 0+=_)9h9n', 'UB%2A8h%200%2B%3D_%299h9n'],
  ['uriComponent', "AZaz09-_.~!'()*", 'AZaz09-_.~%21%27%28%29%2A'],
  ['uriComponent', 'ü€😀', '%C3%BC%E2%82%AC%F0%9F%98%80'],
  ['uriComponent', '\ud83d', '%EF%BF%BD'],
  ['uriComponentToString', 'http%3A%2F%2Fcontoso.com%2fa', 'http://contoso.com/a'],
  ['uriComponentToString', '100%', '100%'],
  ['uriComponentToString', '%zz%41%C3%BC%C3%41%F0%9F%98%80', '%zzAü%C3A😀'],
  ['uriComponentToString', 'a+b', 'a+b'],
])('%s(%j) gives %j', (name, text, expected) => expect(toJson(call(name, [text]))).toEqual(expected));

test.each(['YWJj@', 'YWJ', 'YW=j', '====', 'YWJjZ'])('base64ToString(%j) is refused', (text) => {
  expect(callFault('base64ToString', [text])).toBe(
    "The template language function 'base64ToString' was invoked with a parameter that is not valid. The value cannot be decoded from base64 representation.",
  );
});

test('base64ToJson refuses what is no JSON', () => {
  expect(callFault('base64ToJson', ['YWJj'])).toContain('The argument provided is not a valid JSON string.');
});

test('dataUriToString refuses what is no data URI', () => {
  expect(callFault('dataUriToString', ['Hi 0!'])).toBe(
    "The template language function 'dataUriToString' expects its parameter to be formatted as a valid data URI. The provided value 'Hi 0!' was not formatted correctly. Please see https://aka.ms/arm-functions#dataUriToString for usage details.",
  );
  expect(callFault('dataUriToString', ['data:;base64,x'])).toBe(
    "The template language function 'dataUriToString' was invoked with a parameter that is not valid. The value cannot be converted to the target type.",
  );
});
