import { describe, expect, test } from 'vitest';
import { floatValue, stringValue } from '../../../src/template/value.ts';
import { call, callFault, evaluate } from './call.ts';

// https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-string#format
test.each([
  ['{0}, {1}. Formatted number: {2:N0}', ['Hello', 'User', 8175133], 'Hello, User. Formatted number: 8,175,133'],
  ['{0}/{1}/{2}/{3}', [1, 2, 3, true], '1/2/3/True'],
  ['{2}/{0}/{1}', ['abc', 'def', 'ghi'], 'ghi/abc/def'],
  ['{{{0}{{0}}{1}}}', [123, true], '{123{0}True}'],
  ['{0}{0}', ['a'], 'aa'],
  ['no holes', [], 'no holes'],
  ['', ['unused'], ''],
  ['>{0}<', [null], '><'],
  ['{0} {1}', [{ a: 'b', '!c': 2 }, [true, 2893, 'abc']], "{'a':'b','!c':2} [true,2893,'abc']"],
  ['{0}', [["it's"]], "['it\\'s']"],
  ['[{0,5}]', [42], '[   42]'],
  ['[{0,-5}]', ['ab'], '[ab   ]'],
  ['[{0 , 5 :D3}]', [7], '[  007]'],
  ['{0:N0}', ['text'], 'text'],
  ['{0:N0}', [true], 'True'],
])('format(%j, %j) gives %j', (format, args, expected) => {
  expect(call('format', [format, ...args])).toMatchObject({ kind: 'String', value: expected });
});

test.each([
  [
    '->{123}<-',
    'Index (zero based) must be greater than or equal to zero and less than the size of the argument list.',
  ],
  ['{0', 'Input string was not in a correct format.'],
  ['}', 'Input string was not in a correct format.'],
  ['{}', 'Input string was not in a correct format.'],
  ['{a}', 'Input string was not in a correct format.'],
  ['{-1}', 'Input string was not in a correct format.'],
  ['{0:{}', 'Input string was not in a correct format.'],
  ['{0:Q}', 'Format specifier was invalid.'],
  ['{0:R}', 'Format specifier was invalid.'],
])('format(%j) is refused', (format, reason) => {
  expect(callFault('format', [format, 123])).toBe(
    `Unable to evaluate language function 'format': the format is invalid: '${reason}'. Please see https://aka.ms/arm-function-format for usage details.`,
  );
});

describe('numbers', () => {
  // https://learn.microsoft.com/dotnet/standard/base-types/standard-numeric-format-strings
  test.each([
    ['D2', 5n, '05'],
    ['D6', -1234n, '-001234'],
    ['d', 1234n, '1234'],
    ['X', 255n, 'FF'],
    ['x4', 255n, '00ff'],
    ['X', -1n, 'FFFFFFFFFFFFFFFF'],
    ['B8', 5n, '00000101'],
    ['N', 1234n, '1,234.00'],
    ['N1', -1234n, '-1,234.0'],
    ['N0', 999n, '999'],
    ['N0', 9223372036854775807n, '9,223,372,036,854,775,807'],
    ['F', 17n, '17.00'],
    ['F1', -29541n, '-29541.0'],
    ['C', 1234n, '¤1,234.00'],
    ['C0', -1234n, '(¤1,234)'],
    ['P', 1n, '100.00 %'],
    ['P0', -1n, '-100 %'],
    ['E', 12345n, '1.234500E+004'],
    ['e2', -12345n, '-1.23e+004'],
    ['E0', 0n, '0E+000'],
    ['G', 12345n, '12345'],
    ['G2', 12345n, '1.2E+04'],
    ['G5', 12345n, '12345'],
    ['g3', 1000000n, '1e+06'],
  ])('%s writes the integer %s as %s', (format, value, expected) => {
    expect(call('format', [`{0:${format}}`, value])).toMatchObject({ value: expected });
  });

  test.each([
    ['', 1.5, '1.5'],
    ['', 1e15, '1E+15'],
    ['', 123456789012345, '123456789012345'],
    ['', 0.0001, '0.0001'],
    ['', 0.00001, '1E-05'],
    ['', -0.1, '-0.1'],
    [':F2', 0.125, '0.13'],
    [':F2', 2.675, '2.68'],
    [':F1', 0.04, '0.0'],
    [':N2', 999999.995, '1,000,000.00'],
    [':P1', 0.12345, '12.3 %'],
    [':E2', 0.00012345, '1.23E-004'],
    [':G3', 0.00012345, '0.000123'],
    [':R', 0.1, '0.1'],
    // https://learn.microsoft.com/dotnet/standard/base-types/custom-numeric-format-strings
    [':0.00', 1.2, '1.20'],
    [':#0.##%', 0.086, '8.6%'],
    [':%#0.00', 0.3697, '%36.97'],
    [':#0.00‰', 0.00354, '3.54‰'],
    [':0.0', 0.04, '0.0'],
    [':#,##0.0K', 123.8, '123.8K'],
  ])('{0%s} writes the float %s as %s', (format, value, expected) => {
    const text = stringValue(`{0${format}}`);
    expect(
      evaluate("[format(parameters('text'), float(parameters('number')))]", {
        parameters: { text: text.value, number: String(floatValue(value).value) },
      }),
    ).toBe(expected);
  });

  test.each([
    ['00000', 123n, '00123'],
    ['#####', 123n, '123'],
    ['##', 0n, ''],
    ['0.00', 5n, '5.00'],
    ['0.##', 5n, '5'],
    ['(###) ###-####', 1234567890n, '(123) 456-7890'],
    ['#,#', 1234567890n, '1,234,567,890'],
    ['#,##0,,', 1234567890n, '1,235'],
    ['#,#,,', 2147483647n, '2,147'],
    ['0,000', 12n, '0,012'],
    ['0.###E+0', 86000n, '8.6E+4'],
    ['0.###E+000', 86000n, '8.6E+004'],
    ['0.###E-000', 86000n, '8.6E004'],
    ['00.0e0', 12345n, '12.3e3'],
    ['##;(##)', 12345n, '12345'],
    ['##;(##)', -12345n, '(12345)'],
    ['##;(##);**Zero**', 0n, '**Zero**'],
    ['0', -5n, '-5'],
    ["0 'items'", 5n, '5 items'],
    ['\\#0', 5n, '#5'],
    ['0 "#"', 5n, '5 #'],
    ['0.0.0', 5n, '5.00'],
  ])('the custom format %s writes %s as %j', (format, value, expected) => {
    expect(call('format', [`{0:${format}}`, value])).toMatchObject({ value: expected });
  });
});
