import { expect, test } from 'vitest';
import { CaseInsensitiveMap } from '../../src/base/case-insensitive-map.ts';
import { SourceText } from '../../src/base/span.ts';
import { loadGateways } from '../../src/gateway/load-gateways.ts';
import { fixedClock } from '../template/evaluate.ts';

function findingsOf(document: unknown) {
  const { diagnostics } = loadGateways({
    document: new SourceText('it.json', JSON.stringify(document)),
    parameters: new CaseInsensitiveMap(),
    context: {},
    clock: fixedClock,
    standIns: true,
    placeholders: true,
  });
  return diagnostics.map(({ code, hint }) => ({ code, hint }));
}

const template = 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#';
const parametersFile = 'https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#';
const hint = 'It is a parameter file: name its template, and give it with --parameters.';

test.each([
  ['a file of another program', { name: 'x', version: '1.0.0' }, undefined],
  ['a list', [1, 2], undefined],
  ['a parameter file', { $schema: parametersFile, contentVersion: '1.0.0.0', parameters: {} }, hint],
  ['a parameter file without a schema', { parameters: { a: { value: 1 } } }, hint],
  [
    'a parameter file with the schema of a template',
    { $schema: template, contentVersion: '1.0.0.0', parameters: { a: { value: 1 }, b: { reference: {} } } },
    hint,
  ],
])('%s is neither a template nor a gateway, and nothing more is said', (_, document, expected) => {
  expect(findingsOf(document)).toEqual([{ code: 'AGW3013', hint: expected }]);
});

test.each([
  ['resources', { $schema: template, contentVersion: '1.0.0.0', parameters: { a: { type: 'string' } } }],
  ['a schema', { contentVersion: '1.0.0.0', resource: [], resources: [] }],
])('a template without %s is judged as one', (_, document) => {
  expect(findingsOf(document).map(({ code }) => code)).toContain('AGW1001');
});
