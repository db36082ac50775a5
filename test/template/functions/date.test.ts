import { describe, expect, test } from 'vitest';
import { call, callFault, evaluate, faultOf } from './call.ts';

// https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-date
describe('utcNow', () => {
  test.each([
    [undefined, '20190305T175318Z'],
    ['d', '03/05/2019'],
    ['D', 'Tuesday, 05 March 2019'],
    ['f', 'Tuesday, 05 March 2019 17:53'],
    ['F', 'Tuesday, 05 March 2019 17:53:18'],
    ['g', '03/05/2019 17:53'],
    ['G', '03/05/2019 17:53:18'],
    ['m', 'March 05'],
    ['o', '2019-03-05T17:53:18.0000000Z'],
    ['r', 'Tue, 05 Mar 2019 17:53:18 GMT'],
    ['s', '2019-03-05T17:53:18'],
    ['t', '17:53'],
    ['T', '17:53:18'],
    ['u', '2019-03-05 17:53:18Z'],
    ['y', '2019 March'],
    ['M d', '3 5'],
    ['%d', '5'],
    ['%y', '19'],
    ['yyyy-MM-ddTHH:mm:ssZ', '2019-03-05T17:53:18Z'],
    ['yyyyy yyy yy', '02019 2019 19'],
    ['dddd ddd MMMM MMM', 'Tuesday Tue March Mar'],
    ['h hh H HH m s', '5 05 17 17 53 18'],
    ['t tt', 'P PM'],
    ['K z zz zzz', 'Z +0 +00 +00:00'],
    ['s.fff s.FFF', '18.000 18'],
    ["yyyy'year'\\d", '2019yeard'],
    ['"d"d', 'd5'],
  ])('writes the format %j as %j', (format, expected) => {
    const args = format === undefined ? [] : [format];
    expect(call('utcNow', args)).toMatchObject({ value: expected });
  });

  test.each(['X', '%', "'open", 'ffffffff', 'd\\'])('refuses the format %j', (format) => {
    expect(callFault('utcNow', [format])).toBe(
      `The template function 'utcNow' has an invalid parameter. The format '${format}' is not a valid date and time format string. Please see https://aka.ms/arm-syntax-functions .`,
    );
  });

  test.each(['[utcNow()]', '[newGuid()]'])('%s is for default values of parameters only', (expression) => {
    const name = expression.slice(1, -3);
    expect(faultOf(expression, { place: 'resourceBody' })).toBe(
      `The template function '${name}' is not expected at this location. Please see https://aka.ms/arm-functions for usage details.`,
    );
    expect(evaluate(expression, { place: 'parameterDefault' })).toBeTypeOf('string');
  });
});

describe('dateTimeAdd', () => {
  test.each([
    ['2020-04-07 14:53:14Z', 'P3Y', '4/7/2023 2:53:14 PM'],
    ['2020-04-07 14:53:14Z', '-P9D', '3/29/2020 2:53:14 PM'],
    ['2020-04-07 14:53:14Z', 'PT1H', '4/7/2020 3:53:14 PM'],
    ['4/7/2020 3:53:14 PM', 'PT12H', '4/8/2020 3:53:14 AM'],
    ['4/7/2020 12:00:00 AM', 'PT1S', '4/7/2020 12:00:01 AM'],
    ['Tue, 05 Mar 2019 17:53:18 GMT', 'P1W', '3/12/2019 5:53:18 PM'],
    ['2023-03-31T01:00:38Z', 'P1D', '2023-04-01T01:00:38Z'],
    ['2020-01-31T00:00:00Z', 'P1M', '2020-02-29T00:00:00Z'],
    ['2020-02-29T00:00:00Z', 'P1Y', '2021-02-28T00:00:00Z'],
    ['2020-03-31T00:00:00Z', '-P1M', '2020-02-29T00:00:00Z'],
    ['2020-01-01T00:00:00Z', 'P1Y2M3W4DT5H6M7.5S', '2021-03-26T05:06:07.5Z'],
    ['2020-01-01T00:30:00+01:00', 'PT0S', '2019-12-31T23:30:00Z'],
    ['2020-01-01T00:00:00.1234567Z', 'PT0S', '2020-01-01T00:00:00.1234567Z'],
    ['2020-01-01', 'P1D', '2020-01-02T00:00:00Z'],
    ['20190305T175318Z', 'P1D', '2019-03-06T17:53:18Z'],
    ['0001-01-02T00:00:00Z', '-P1D', '0001-01-01T00:00:00Z'],
  ])('adds to %s the duration %s', (base, duration, expected) => {
    expect(evaluate(`[dateTimeAdd('${base}', '${duration}')]`)).toBe(expected);
  });

  test('writes the result in a given format', () => {
    expect(evaluate("[dateTimeAdd('2020-04-07 14:53:14Z', 'PT1H', 'yyyy-MM-dd HH')]")).toBe('2020-04-07 15');
  });

  test.each(['PTASDIONS1D', '', 'P', 'PT', 'P1H', '1D', 'P-1D', 'P1DT', 'p1d'])(
    'refuses the duration %j',
    (duration) => {
      expect(faultOf(`[dateTimeAdd('2020-01-01T00:00:00Z', '${duration}')]`)).toBe(
        `The template function 'dateTimeAdd' has an invalid parameter. The second parameter '${duration}' is not a valid ISO8601 Duration string. Please see https://aka.ms/arm-syntax-functions .`,
      );
    },
  );

  test.each(['9999-12-31T23:59:59Z', '9999-12-01T00:00:00Z'])(
    'refuses to leave the years that .NET knows: %s',
    (base) => {
      expect(faultOf(`[dateTimeAdd('${base}', 'P1M')]`)).toContain(
        "The second parameter 'P1M' leads out of the years 1 to 9999.",
      );
    },
  );
});

test.each([
  'yesterday',
  '',
  '2020-02-30T00:00:00Z',
  '2020-13-01',
  '2020-01-01T24:00:00Z',
  '13/1/2020',
  '1/1/2020 13:00 PM',
  '1 Foo 2020 00:00',
])('%j is no time', (text) => {
  expect(callFault('dateTimeToEpoch', [text])).toBe(
    `The template function 'dateTimeToEpoch' has an invalid parameter. The first parameter '${text}' is not a valid ISO8601 DateTime string. Please see https://aka.ms/arm-syntax-functions .`,
  );
});

test.each([
  [0, '1970-01-01T00:00:00Z'],
  [1680224438, '2023-03-31T01:00:38Z'],
  [-1, '1969-12-31T23:59:59Z'],
])('the epoch time %d is %s', (seconds, text) => {
  expect(call('dateTimeFromEpoch', [seconds])).toMatchObject({ value: text });
  expect(call('dateTimeToEpoch', [text])).toMatchObject({ value: BigInt(seconds) });
});

test('a part of a second before 1970 belongs to the second before', () => {
  expect(call('dateTimeToEpoch', ['1969-12-31T23:59:59.5Z'])).toMatchObject({ value: -1n });
});

test('dateTimeFromEpoch refuses what no date can hold', () => {
  expect(callFault('dateTimeFromEpoch', [2n ** 62n])).toContain('leads out of the years 1 to 9999.');
});
