import { describe, expect, test } from 'vitest';
import { rangeOf, SourceText } from '../../src/base/span.ts';
import { parseConfig } from '../../src/input/parse-config.ts';
import { readLintConfig } from '../../src/lint/lint-config.ts';
import { behaviourChoices, defaultBehaviour } from '../../src/routing/behaviour.ts';
import { nullValue } from '../../src/template/value.ts';

function parse(text: string) {
  const { values, diagnostics } = parseConfig(new SourceText('agate.yaml', text));
  const findings = diagnostics.map(({ file, range, message, severity, hint }) => {
    return `${file}:${range?.start.line}:${range?.start.column} ${severity} ${message} ${hint}`;
  });
  return { values, findings };
}

const asBehaviour = 'As in behaviour: { pathPrecedence: exactFirst }';
const asDeployment = 'As in deployment: { cloud: AzureUSGovernment, time: 2024-05-01T12:00:00Z }';

describe('behaviour', () => {
  const settings = Object.entries(behaviourChoices).flatMap(([key, choices]) =>
    choices.map((choice) => [key, choice] as const),
  );

  test.each(settings)('%s can be %s', (key, choice) => {
    expect(parse(`behaviour:\n  ${key}: ${choice}`)).toEqual({
      values: { behaviour: { [key]: choice } },
      findings: [],
    });
  });

  test('every setting has its default among its choices', () => {
    for (const [key, choices] of Object.entries(behaviourChoices)) {
      expect(choices).toContain(defaultBehaviour[key as keyof typeof defaultBehaviour]);
    }
  });

  test.each([
    [
      'an unknown setting',
      '  pathPrecedense: listed',
      "agate.yaml:2:3 error There is no 'pathPrecedense' here. Did you mean 'pathPrecedence'?",
    ],
    [
      'an unknown value',
      '  pathPrecedence: longest',
      `agate.yaml:2:19 error 'pathPrecedence' is "longest"; it should be one of listed, exactFirst, mostSpecific. ${asBehaviour}`,
    ],
    [
      'a value of another type',
      '  allowUnderscore: yes',
      `agate.yaml:2:20 error 'allowUnderscore' is "yes"; it should be one of false, true. ${asBehaviour}`,
    ],
    [
      'a missing value',
      '  pathCase:',
      `agate.yaml:2:3 error 'pathCase' is empty; it should be one of insensitive, sensitive. ${asBehaviour}`,
    ],
    [
      'a mapping for a value',
      '  pathCase: { a: b }',
      `agate.yaml:2:13 error 'pathCase' is a mapping; it should be one of insensitive, sensitive. ${asBehaviour}`,
    ],
  ])('reports %s and leaves it out', (_what, line, finding) => {
    expect(parse(`behaviour:\n${line}\n  retryNonIdempotent: true`)).toEqual({
      values: { behaviour: { retryNonIdempotent: true } },
      findings: [finding],
    });
  });

  test('reports a list', () => {
    expect(parse('behaviour: [listed]')).toEqual({
      values: {},
      findings: [`agate.yaml:1:12 error 'behaviour' is a list; it should be a mapping. ${asBehaviour}`],
    });
  });
});

test('an unknown option is reported with the nearest one', () => {
  expect(parse('behavior: {}').findings).toEqual([
    "agate.yaml:1:1 error There is no 'behavior' here. Did you mean 'behaviour'?",
  ]);
});

describe('deployment', () => {
  test('is what templates ask about it', () => {
    const deployment = {
      name: 'main',
      tenantId: 't',
      subscriptionName: 's',
      resourceGroupTags: { env: 'test' },
      managementGroup: 'mg',
      cloud: 'AzureUSGovernment',
      deployer: { objectId: 'o' },
      time: '2024-05-01T12:00:00Z',
    };
    expect(parse(`deployment: ${JSON.stringify(deployment)}`)).toEqual({ values: { deployment }, findings: [] });
  });

  test.each([
    ['  cluod: AzureCloud', "agate.yaml:2:3 error There is no 'cluod' here. Did you mean 'cloud'?"],
    [
      '  cloud: Azure',
      `agate.yaml:2:10 error 'cloud' is "Azure"; it should be one of AzureCloud, AzureUSGovernment, AzureChinaCloud. ${asDeployment}`,
    ],
    [
      '  time: noon',
      `agate.yaml:2:9 error 'time' is "noon"; it should be a time such as 2024-05-01T12:00:00Z. ${asDeployment}`,
    ],
    ['  name:', `agate.yaml:2:3 error 'name' is empty; it should be text. ${asDeployment}`],
  ])('%s is reported and left out', (line, finding) => {
    expect(parse(`deployment:\n${line}`)).toEqual({ values: { deployment: {} }, findings: [finding] });
  });
});

describe('lint', () => {
  const text = `lint:
  rules: { empty-pool: loud, empty-pools: info }
  ignore:
    - rule: single-instance
      reason: a test
    - &kept { rule: unused-object, reason: later }
    - *kept
    - { rule: no-custom-probe }
`;

  test('is read with the places of everything in it', () => {
    const { lint } = parseConfig(new SourceText('agate.yaml', text));
    const { value, diagnostics } = readLintConfig(lint ?? nullValue(), 'agate.yaml');
    expect(value.ignores.map(({ rule, span }) => [rule, span && rangeOf(span).start])).toEqual([
      ['single-instance', { line: 4, column: 7 }],
      ['unused-object', { line: 6, column: 13 }],
      ['unused-object', { line: 6, column: 13 }],
    ]);
    const found = diagnostics.map(({ file, range, message }) => `${file}:${range?.start.line} ${message}`);
    expect(found).toEqual([
      "agate.yaml:2 'empty-pool' should be off, info, warning or error.",
      "agate.yaml:2 There is no rule 'empty-pools'.",
      "agate.yaml:8 agate.yaml ignores 'no-custom-probe' without a 'reason'; say why, and it will be ignored.",
    ]);
  });
});
