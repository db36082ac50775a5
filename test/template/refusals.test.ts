import { describe, expect, test } from 'vitest';
import { evaluate, summaries, templateText } from './evaluate.ts';

const ip = { type: 'Microsoft.Network/publicIPAddresses', apiVersion: '2024-05-01', name: 'ip' };

function nested(sections: object, properties: object = {}, more: object = {}) {
  const template = JSON.parse(templateText({ ...sections }));
  const common = { type: 'Microsoft.Resources/deployments', apiVersion: '2022-09-01', name: 'n' };
  return { ...common, properties: { mode: 'Incremental', template, ...properties }, ...more };
}

const output = (value: string, type = 'string') => ({ outputs: { o: { type, value } } });

describe('Azure refuses', () => {
  test.each([
    [
      'variables in the default value of a parameter',
      { variables: { v: 'x' }, parameters: { p: { type: 'string', defaultValue: "[variables('v')]" } } },
      "The template function 'variables' is not expected at this location.",
    ],
    [
      'references() with language version 1.0',
      {
        resources: [{ ...ip, name: "[concat('a', copyIndex())]", copy: { name: 'a', count: 2 } }],
        ...output("[length(references('a'))]", 'int'),
      },
      "The template function 'references' is not expected at this location.",
    ],
    [
      'references() in a loop over resources',
      {
        languageVersion: '2.0',
        resources: {
          a: { ...ip, name: "[concat('a', copyIndex())]", copy: { name: 'a', count: 2 } },
          b: {
            ...ip,
            name: "[concat('b', copyIndex())]",
            copy: { name: 'b', count: 1 },
            properties: { x: "[length(references('a'))]" },
          },
        },
      },
      "The template function 'references' is not expected at this location.",
    ],
    [
      'reference() of a resource outside without a version',
      output("[string(reference(resourceId('Microsoft.Network/publicIPAddresses', 'other')))]"),
      "publicIPAddresses/other') needs an 'apiVersion', because the template does not declare that resource.",
    ],
    [
      'lambda variables as arguments of reference()',
      {
        resources: [ip],
        ...output("[map(createArray('ip'), lambda('x', reference(lambdaVariables('x')).ipAddress))]", 'array'),
      },
      "The template function 'reference' is not expected at this location.",
    ],
    [
      'an integer of more than 64 bits',
      output('[9223372036854775808]', 'int'),
      "the integer '9223372036854775808' does not fit into 64 bits.",
    ],
    [
      'a deployment name with other characters',
      { resources: [nested({}, {}, { name: 'a b' })] },
      "The deployment name 'a b' is not valid: it can have letters, digits, '-', '_', '.', '(' and ')'.",
    ],
    [
      'a nested deployment without a mode',
      { resources: [nested({}, { mode: null })] },
      "The 'mode' of the nested deployment 'n' is Null; allowed: 'Incremental', 'Complete'.",
    ],
    [
      'a nested deployment with a template and a link',
      { resources: [nested({}, { templateLink: { uri: 'https://contoso.com/t.json' } })] },
      "The nested deployment has both 'template' and 'templateLink'; only one of them can be given.",
    ],
    [
      'an array of resources with language version 2.0',
      { languageVersion: '2.0', resources: [ip] },
      "'resources' is an array; with language version '2.0' it must be an object by symbolic names.",
    ],
    [
      'symbolic names without a language version',
      { resources: { ip } },
      "'resources' is an object; with language version '1.0' it must be an array.",
    ],
  ])('%s', (_what, sections, message) => {
    expect(evaluate(sections).errors).toEqual([expect.stringContaining(message)]);
  });
});

describe('Azure takes', () => {
  test.each([
    ['the smallest integer', output('[-9223372036854775808]', 'int')],
    [
      'a lambda variable beside reference()',
      {
        resources: [ip],
        ...output(
          "[map(createArray('a'), lambda('x', concat(lambdaVariables('x'), reference('ip').provisioningState)))]",
          'array',
        ),
      },
    ],
    ['an empty object of resources', { resources: {} }],
    ['experimental versions with symbolic names', { languageVersion: '1.9-experimental', resources: { ip } }],
    ['mode in any case', { resources: [nested({}, { mode: 'complete' })] }],
  ])('%s', (_what, sections) => {
    expect(evaluate(sections).errors).toEqual([]);
  });
});

test('parameters passed to a template in outer scope are never read', () => {
  const { diagnostics } = evaluate({
    parameters: { p: { type: 'string', defaultValue: 'outer' } },
    resources: [nested({ parameters: { p: { type: 'string' } } }, { parameters: { p: { value: 'inner' } } })],
  });
  expect(summaries(diagnostics)).toEqual([
    "21:9 warning AGW1052 The parameters passed to the nested deployment 'n' are never read: its template is evaluated with the parameters around it.",
  ]);
});
