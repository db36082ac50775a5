import { expect, test } from 'vitest';
import type { Diagnostic } from '../../src/base/diagnostic.ts';
import { diagnose } from '../../src/base/diagnostic.ts';
import type { Span } from '../../src/base/span.ts';
import { SourceText } from '../../src/base/span.ts';
import type { LoadedGateway } from '../../src/gateway/load-gateways.ts';
import { makeGateway } from '../routing/gateway-fixture.ts';
import { judgeFindings } from './judge-findings.ts';

const source = new SourceText('azuredeploy.json', 'variables\ngateway\noutputs\n');
const gateway = { gateway: makeGateway({}), resource: { origin: spanOf('gateway') } } as LoadedGateway;

function spanOf(word: string): Span {
  return { source, offset: source.text.indexOf(word), length: word.length };
}

function error(code: string, at: string, usedBy?: string): Diagnostic {
  const related = usedBy === undefined ? [] : [{ message: 'Used here.', span: spanOf(usedBy) }];
  return diagnose({ code, rule: 'rule', severity: 'error' }, { message: 'wrong', span: spanOf(at), related });
}

test.each([
  ['text that is not JSON', error('AGW0001', 'outputs'), 'parses'],
  ['a fault of evaluation in the gateway', error('AGW1031', 'gateway'), 'evaluates'],
  ['a variable that the gateway uses', error('AGW1020', 'variables', 'gateway'), 'evaluates'],
  ['a variable that something else uses', error('AGW1020', 'variables', 'outputs'), 'other'],
  ['an output', error('AGW1040', 'outputs'), 'other'],
  ['a dangling reference', error('AGW4001', 'gateway'), 'builds'],
  ['a property that the schema does not know', error('AGW3001', 'gateway'), 'other'],
] as const)('%s', (_, finding, stage) => {
  const judged = judgeFindings([finding], [gateway]);
  expect(judged[stage]).toEqual([finding]);
  expect(Object.values(judged).flat()).toHaveLength(1);
});

test('without a gateway every fault of evaluation counts', () => {
  expect(judgeFindings([error('AGW1030', 'outputs')], []).evaluates).toHaveLength(1);
});

test('warnings count for nothing', () => {
  const warning = { ...error('AGW4001', 'gateway'), severity: 'warning' } as const;
  expect(Object.values(judgeFindings([warning], [gateway])).flat()).toEqual([]);
});
