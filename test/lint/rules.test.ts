import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { AnyRule } from '../../src/lint/rule.ts';
import { rules } from '../../src/lint/rules/index.ts';
import { lintText } from './lint-text.ts';

/**
 * Every rule has two templates in `fixtures/rules/<id>/`: `bad.json`, in which a comment with the rule's code ends the
 * lines where it finds something, and `good.json`, where it finds nothing.
 */
const fixtures = fileURLToPath(new URL('../../fixtures/rules/', import.meta.url));

describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (_, rule) => {
  test('finds what is marked in bad.json, and nothing else', () => {
    const text = read(rule, 'bad');
    const { found } = lintText(text);
    const own = found.filter(({ code }) => code === rule.code);
    expect(own.map(({ range }) => range?.start.line)).toEqual(markedLines(text, rule));
    expect(own.length).toBeGreaterThan(0);
  });

  test('finds nothing in good.json, which could be deployed', () => {
    const { earlier, found } = lintText(read(rule, 'good'));
    expect(found.filter(({ code }) => code === rule.code)).toEqual([]);
    const refused = [...earlier, ...found].filter(({ severity }) => severity === 'error');
    // What is about v1 cannot be shown without it.
    expect(refused.filter((finding) => finding.rule !== 'retired-v1-sku')).toEqual([]);
  });

  test('says what was found, with names', () => {
    for (const { message, path, file, rule: id } of lintText(read(rule, 'bad')).found) {
      expect(message, id).toMatch(/^[A-Z'].*[.?]$/s);
      expect(message, id).not.toMatch(/undefined|null|\[object|NaN/);
      expect(path, id).not.toBeNull();
      expect(file, id).toBe('azuredeploy.json');
    }
  });
});

test('codes and ids are unique', () => {
  expect(new Set(rules.map(({ code }) => code)).size).toBe(rules.length);
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
});

test('every folder of fixtures belongs to a rule', () => {
  const ids = new Set(rules.map(({ id }) => id));
  expect(readdirSync(fixtures).filter((folder) => !ids.has(folder))).toEqual([]);
});

test.each(rules.map((rule) => [rule.id, rule] as const))(
  '%s stands in the file of its name and subject',
  (id, rule) => {
    const file = fileURLToPath(new URL(`../../src/lint/rules/${rule.category}/${id}.ts`, import.meta.url));
    expect(existsSync(file)).toBe(true);
  },
);

test.each(rules.map((rule) => [rule.id, rule] as const))('%s tells what it is', (_, rule) => {
  expect(rule.title).not.toMatch(/\.$/);
  expect(rule.why).toMatch(/^([A-Z']|v[12] ).*\.$/);
  expect(rule.code).toMatch(/^AGW[256]\d{3}$/);
  if (rule.code.startsWith('AGW5') && rule.id !== 'inline-waf-retired') expect(rule.severity).toBe('error');
});

function read(rule: AnyRule, kind: 'good' | 'bad'): string {
  return readFileSync(`${fixtures}${rule.id}/${kind}.json`, 'utf8');
}

/** The lines, from 1, that end in a comment with the rule's code. */
function markedLines(text: string, rule: AnyRule): readonly number[] {
  return text.split('\n').flatMap((line, index) => (line.endsWith(`// ${rule.code}`) ? [index + 1] : []));
}
