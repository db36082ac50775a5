import { expect, test } from 'vitest';
import type { Diagnostic } from '../../src/base/diagnostic.ts';
import { diagnose } from '../../src/base/diagnostic.ts';
import type { Span } from '../../src/base/span.ts';
import { SourceText } from '../../src/base/span.ts';
import type { LoadedGateway } from '../../src/gateway/load-gateways.ts';
import { evaluationObstacles } from '../../src/gateway/obstacles.ts';
import { readJson } from '../../src/template/read-json.ts';
import { makeGateway } from '../routing/gateway-fixture.ts';

const source = new SourceText(
  'azuredeploy.json',
  '{ "parameters": { "p": 1 }, "variables": { "v": 1 }, "resources": [\n"other",\n"gateway"], "outputs": { "o": 1 } }',
);
const document = readJson(source).value;
const gateway = { gateway: makeGateway({}), resource: { origin: spanOf('"gateway"') } } as LoadedGateway;

function spanOf(text: string): Span {
  return { source, offset: source.text.indexOf(text), length: text.length };
}

function error(rule: string, at: string, usedBy?: string): Diagnostic {
  const related = usedBy === undefined ? [] : [{ message: 'Used here.', span: spanOf(usedBy) }];
  return diagnose({ code: 'AGW1000', rule, severity: 'error' }, { message: 'wrong', span: spanOf(at), related });
}

test.each([
  ['a property of the gateway that cannot be evaluated', error('property-left-out', '"gateway"'), true],
  ['a variable that the gateway uses', error('invalid-variable', '"v"', '"gateway"'), true],
  ['a variable that something else uses', error('invalid-variable', '"v"', '"other"'), false],
  ['a property of another resource', error('property-left-out', '"other"'), false],
  ['an output', error('invalid-output', '"o"'), false],
  ['a parameter without a value', error('missing-parameter', '"p"'), true],
  ['a parameter whose input nobody gave', error('missing-external-input', '"p"'), true],
  ['a parameter of a nested deployment', error('unknown-parameter', '"other"'), false],
  ['a dependency of the gateway on nothing', error('unknown-dependency', '"gateway"'), false],
])('%s stops it: %s', (_, finding, stops) => {
  expect(evaluationObstacles([finding], [gateway], document)).toEqual(stops ? [finding] : []);
});

test('without a gateway every error stops it', () => {
  const finding = error('property-left-out', '"other"');
  expect(evaluationObstacles([finding], [], document)).toEqual([finding]);
});

test('warnings stop nothing', () => {
  const warning = { ...error('property-left-out', '"gateway"'), severity: 'warning' } as const;
  expect(evaluationObstacles([warning], [gateway], document)).toEqual([]);
});
