import { expect, test } from 'vitest';
import { CaseInsensitiveMap } from '../../src/base/case-insensitive-map.ts';

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
