import { expect, test } from 'vitest';
import { CaseInsensitiveMap, foldCase, sameName } from '../../src/base/case-insensitive-map.ts';

test('finds a name in any letter case and lists it as first written', () => {
  const map = new CaseInsensitiveMap([['Web', 1]]).set('WEB', 2).set('__proto__', 3);
  expect(map.get('web')).toBe(2);
  expect(map.has('Api')).toBe(false);
  expect([...map]).toEqual([
    ['Web', 2],
    ['__proto__', 3],
  ]);
  expect(map.delete('wEb')).toBe(true);
  expect(map.size).toBe(1);
});

// .NET compares ordinally: each character by itself, and none becomes two.
test.each([
  ['web', 'WEB', true],
  ['é', 'É', true],
  ['straße', 'STRASSE', false],
  ['straße', 'STRAßE', true],
  ['ﬁne', 'FINE', false],
  ['😀a', '😀A', true],
])('%s and %s are one name: %s', (a, b, expected) => {
  expect(sameName(a, b)).toBe(expected);
  expect(foldCase(a) === foldCase(b)).toBe(expected);
  expect(foldCase(a)).toHaveLength(a.length);
});
