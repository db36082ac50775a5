import { expect, test } from 'vitest';
import { diagnose } from '../../src/base/diagnostic.ts';
import { SourceText } from '../../src/base/span.ts';
import { matchesGlob } from '../../src/lint/glob.ts';
import { applyIgnores, type Ignore } from '../../src/lint/ignores.ts';
import { readTemplateIgnores } from '../../src/lint/read-ignores.ts';
import { readJson } from '../../src/template/read-json.ts';

const source = new SourceText('infra/azuredeploy.json', '{}');
const span = { source, offset: 0, length: 2 };
const single = diagnose(
  { code: 'AGW6020', rule: 'single-instance', severity: 'info' },
  { message: 'One.', span, path: 'properties.sku.capacity' },
);
const port = diagnose(
  { code: 'AGW5024', rule: 'frontend-port-invalid', severity: 'error' },
  { message: 'Port.', span, path: 'properties.frontendPorts[1].properties.port' },
);

function ignore(rule: string, extra: Partial<Ignore> = {}): Ignore {
  return { rule, reason: 'a test', from: 'agate.yaml', ...extra };
}

test.each([
  ['by id', ignore('single-instance')],
  ['by code', ignore('agw6020')],
  ['at a path above', ignore('single-instance', { path: 'properties.sku' })],
  ['in files of a pattern', ignore('single-instance', { files: 'infra/**' })],
])('ignores a finding %s', (_, one) => {
  expect(applyIgnores([single, port], [one])).toEqual([port]);
});

test('an ignore that fits nothing is a finding', () => {
  expect(applyIgnores([port], [ignore('single-instance', { span })])).toMatchObject([
    port,
    {
      rule: 'unused-ignore',
      severity: 'warning',
      message: "agate.yaml ignores 'single-instance', but there is no such finding. Remove the ignore.",
      range: { start: { line: 1, column: 1 } },
    },
  ]);
});

test('an ignore of a rule that does not exist suggests one', () => {
  const [finding] = applyIgnores([], [ignore('single-instances')]);
  expect(finding?.message).toBe(
    "agate.yaml ignores 'single-instances', but there is no such finding. Did you mean 'single-instance'?",
  );
});

test('a path stands for itself and what is below, not for what begins alike', () => {
  const one = ignore('frontend-port-invalid', { path: 'properties.frontendPort' });
  expect(applyIgnores([port], [one])).toContain(port);
  expect(applyIgnores([port], [ignore('frontend-port-invalid', { path: 'properties.frontendPorts' })])).toEqual([]);
});

test('reads the ignores in the metadata of a template', () => {
  const text = `{
  "metadata": { "agate": { "ignore": [
    { "rule": "single-instance", "reason": "a test environment" },
    { "rule": "unused-object" },
    { "reason": "no rule" }
  ] } }
}`;
  const template = readJson(new SourceText('t.json', text)).value;
  if (template === undefined) throw new Error('not JSON');
  const { value, diagnostics } = readTemplateIgnores(template);
  expect(value).toMatchObject([{ rule: 'single-instance', reason: 'a test environment' }]);
  expect(diagnostics.map(({ message, range }) => [range?.start.line, message])).toEqual([
    [4, "The template's metadata ignores 'unused-object' without a 'reason'; say why, and it will be ignored."],
    [5, "The template's metadata has an ignore without 'rule'."],
  ]);
});

test.each(['{}', '{ "metadata": {} }', '{ "metadata": { "agate": null } }', '[]'])('%s has no ignores', (text) => {
  const template = readJson(new SourceText('t.json', text)).value;
  if (template === undefined) throw new Error('not JSON');
  expect(readTemplateIgnores(template)).toEqual({ value: [], diagnostics: [] });
});

test.each([
  ['*.json', 'infra/a.json', true],
  ['infra/*.json', 'infra/a.json', true],
  ['infra/*.json', 'infra/sub/a.json', false],
  ['infra/**', 'infra/sub/a.json', true],
  ['**/a.json', 'a.json', true],
  ['**/a.json', './infra/sub/a.json', true],
  ['a?.json', 'ab.json', true],
  ['a.json', 'aXjson', false],
  ['a(b.json', 'a(b.json', true],
  ['infra/*.json', 'infra\\a.json', true],
])('pattern %s fits %s: %s', (pattern, file, expected) => expect(matchesGlob(pattern, file)).toBe(expected));
