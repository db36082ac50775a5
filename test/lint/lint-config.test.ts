import { expect, test } from 'vitest';
import { diagnose } from '../../src/base/diagnostic.ts';
import { applySeverities } from '../../src/lint/apply-severities.ts';
import { parseSeverity, readLintConfig, severitiesFor } from '../../src/lint/lint-config.ts';
import { fromJson } from '../../src/template/value.ts';

test('reads rules, ignores and overrides', () => {
  const { value, diagnostics } = readLintConfig(
    fromJson({
      rules: { 'single-instance': 'off', AGW2060: 'warning', 'no-custom-probe': false },
      ignore: [{ rule: 'empty-pool', reason: 'filled later', files: 'infra/**' }],
      overrides: [{ files: 'legacy/*.json', rules: { 'retired-v1-sku': 'info' } }],
    }),
    'agate.yaml',
  );
  expect(diagnostics).toEqual([]);
  expect([...value.severities]).toEqual([
    ['single-instance', 'off'],
    ['unused-object', 'warning'],
    ['no-custom-probe', 'off'],
  ]);
  expect(value.ignores).toMatchObject([{ rule: 'empty-pool', reason: 'filled later', files: 'infra/**' }]);
  expect(severitiesFor(value, 'legacy/a.json').get('retired-v1-sku')).toBe('info');
  expect(severitiesFor(value, 'infra/a.json').get('retired-v1-sku')).toBeUndefined();
  expect(severitiesFor(value, 'legacy/a.json').get('single-instance')).toBe('off');
});

test('says what is wrong', () => {
  const section = { rules: { x: 'loud' }, ignore: [{ rule: 'y' }], overrides: [{ rules: {} }] };
  const { value, diagnostics } = readLintConfig(fromJson(section), 'agate.yaml');
  expect(value.severities.size).toBe(0);
  expect(diagnostics.map(({ message }) => message)).toEqual([
    "'x' should be off, info, warning or error.",
    "agate.yaml ignores 'y' without a 'reason'; say why, and it will be ignored.",
  ]);
});

test.each(['no-connection-draining', 'No-Connection-Draining', 'AGW6024', 'agw6024'])(
  '%s is a name of a rule',
  (name) => {
    const { value } = readLintConfig(fromJson({ rules: { [name]: 'off' } }), 'agate.yaml');
    expect([...value.severities]).toEqual([['no-connection-draining', 'off']]);
  },
);

test.each([
  ['off', 'off'],
  ['Error', 'error'],
  [' info ', 'info'],
  ['loud', undefined],
])('%s is the level %s', (text, expected) => expect(parseSeverity(text)).toBe(expected));

test('changes the severity of findings of all phases', () => {
  const finding = diagnose({ code: 'AGW4001', rule: 'dangling-reference', severity: 'error' }, { message: 'M.' });
  expect(applySeverities([finding], new Map([['dangling-reference', 'info']]))).toEqual([
    { ...finding, severity: 'info' },
  ]);
  expect(applySeverities([finding], new Map([['AGW4001', 'off']]))).toEqual([]);
  expect(applySeverities([finding], new Map())).toEqual([finding]);
});
