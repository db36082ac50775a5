import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { dropRepeats } from '../../src/lint/drop-repeats.ts';
import { lintText } from './lint-text.ts';

const bad = (rule: string) => readFileSync(new URL(`../../fixtures/rules/${rule}/bad.json`, import.meta.url), 'utf8');

const rulesOf = (text: string) => {
  const { earlier, found } = lintText(text);
  return [...earlier, ...found].map(({ rule }) => rule);
};

test('settings whose default probe asks for the wrong host are not told, too, that they have no probe', () => {
  const rules = rulesOf(bad('default-probe-of-named-site'));
  expect(rules).toContain('default-probe-of-named-site');
  expect(rules).not.toContain('no-custom-probe');
});

test('what is no api-version is not called an old one', () => {
  const text = bad('old-api-version').replace(/"apiVersion": "[^"]*"/g, '"apiVersion": "%version%"');
  const rules = rulesOf(text);
  expect(rules).toContain('unknown-api-version');
  expect(rules).not.toContain('old-api-version');
});

test('what several resources share in one place is told once', () => {
  const { earlier } = lintText('{ "resources": [,] }');
  expect(dropRepeats([...earlier, ...earlier])).toEqual(dropRepeats(earlier));
  const placeless = earlier.map((finding) => ({ ...finding, range: null }));
  expect(dropRepeats([...placeless, ...placeless]).length).toBe(2 * placeless.length);
  expect(placeless.length).toBeGreaterThan(0);
});
