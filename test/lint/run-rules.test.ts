import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Rule } from '../../src/lint/rule.ts';
import { lintText } from './lint-text.ts';

const template = readFileSync(new URL('../../fixtures/rules/single-instance/bad.json', import.meta.url), 'utf8');

function ruleThat(check: Rule['check'], extra: Partial<Rule> = {}): Rule {
  return {
    code: 'AGW2999',
    id: 'of-the-test',
    severity: 'warning',
    category: 'operations',
    title: 'A rule',
    why: 'To test.',
    source: 'https://example.com',
    check,
    ...extra,
  };
}

test('a rule that throws is a finding and keeps what it found', () => {
  const rule = ruleThat(({ gateway, report }) => {
    report(gateway.origin, 'Found.');
    throw new Error('out of ideas');
  });
  expect(lintText(template, { rules: [rule] }).found).toMatchObject([
    { code: 'AGW2999', message: 'Found.' },
    {
      code: 'AGW0002',
      rule: 'rule-failed',
      severity: 'warning',
      message: "Rule 'of-the-test' could not check gateway 'gw': out of ideas",
    },
  ]);
});

test.each([
  ['its id', 'of-the-test'],
  ['its code', 'AGW2999'],
])('severities are set by %s', (_, key) => {
  const rule = ruleThat(({ gateway, report }) => report(gateway.origin, 'Found.'));
  const severities = new Map([[key, 'error' as const]]);
  expect(lintText(template, { rules: [rule], severities }).found).toMatchObject([{ severity: 'error' }]);
});

test('a rule that is off does not run', () => {
  const rule = ruleThat(() => {
    throw new Error('ran');
  });
  const severities = new Map([['of-the-test', 'off' as const]]);
  expect(lintText(template, { rules: [rule], severities }).found).toEqual([]);
});

test('a rule for v1 leaves v2 alone', () => {
  const check: Rule['check'] = ({ gateway, report }) => report(gateway.origin, 'Found.');
  expect(lintText(template, { rules: [ruleThat(check, { appliesTo: 'v1' })] }).found).toEqual([]);
  expect(lintText(template, { rules: [ruleThat(check, { appliesTo: 'v2' })] }).found).toHaveLength(1);
});

test('a named object is shown by its name, a member by its value', () => {
  const rule = ruleThat(({ gateway, raw, report }) => {
    for (const { origin } of gateway.requestRoutingRules) {
      report(origin, 'Object.');
      report(raw(origin, 'properties', 'priority'), 'Member.');
      report(raw(origin, 'properties', 'absent'), 'Absent member.');
    }
  });
  const lines = template.split('\n');
  const places = lintText(template, { rules: [rule] }).found.map(({ range, path, message }) => {
    const line = lines[(range?.start.line ?? 1) - 1] ?? '';
    return [message, path, line.slice((range?.start.column ?? 1) - 1).slice(0, 4)];
  });
  expect(places).toEqual([
    ['Object.', 'properties.requestRoutingRules[0]', '"web'],
    ['Member.', 'properties.requestRoutingRules[0].properties.priority', '100,'],
    ['Absent member.', 'properties.requestRoutingRules[0].properties.absent', '{'],
  ]);
});

test('nothing is held against a value that stands in for one nobody gave', () => {
  const parametrised = template
    .replace('"variables"', '"parameters": { "capacity": { "type": "int", "minValue": 1 } }, "variables"')
    .replace('"capacity": 1 }', `"capacity": "[parameters('capacity')]" }`);
  expect(parametrised).toContain("parameters('capacity')");
  const { found } = lintText(parametrised);
  expect(found.filter(({ rule }) => rule === 'single-instance')).toEqual([]);
});
