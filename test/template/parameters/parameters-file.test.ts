import { describe, expect, test } from 'vitest';
import { CaseInsensitiveMap } from '../../../src/base/case-insensitive-map.ts';
import { SourceText } from '../../../src/base/span.ts';
import { readParametersFile } from '../../../src/template/parameters/parameters-file.ts';
import { mergeParameters } from '../../../src/template/parameters/supplied-parameters.ts';
import { toJson } from '../../../src/template/value.ts';
import { evaluate, parse } from '../evaluate.ts';

// https://learn.microsoft.com/azure/azure-resource-manager/templates/parameter-files
describe('a parameter file', () => {
  const envelope =
    '"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#", "contentVersion": "1.0.0.0"';

  test.each([
    ['with its envelope', `{ ${envelope}, "parameters": { "a": { "value": [1] } } }`],
    ['without schema and version', '{ "parameters": { "a": { "value": [1] } } }'],
    ['as the bare map', '{ "a": { "value": [1], "metadata": {} } }'],
  ])('%s', (_what, text) => {
    const { value, diagnostics } = readParametersFile(parse(text));
    expect(diagnostics).toEqual([]);
    const supplied = value.get('a');
    expect(supplied?.kind === 'value' && toJson(supplied.value)).toEqual([1]);
  });

  test.each([
    ['[]', "A parameter file must hold an object; this one holds a value of type 'Array'."],
    [`{ ${envelope} }`, "A parameter file needs an object 'parameters'."],
    ['{ "resources": [] }', 'This file has resources: it is a template, not a parameter file.'],
    ['{ "parameters": { "a": 1 } }', "The parameter 'a' must be an object with 'value' or 'reference'."],
    ['{ "parameters": { "a": {} } }', "The parameter 'a' has neither 'value' nor 'reference'."],
    [
      '{ "parameters": { "a": { "reference": {} } } }',
      "The reference of the parameter 'a' needs 'keyVault.id' and 'secretName'.",
    ],
  ])('%s is refused', (text, message) => {
    expect(readParametersFile(parse(text)).diagnostics.map((diagnostic) => diagnostic.message)).toEqual([message]);
  });
});

// As `bicep build-params` writes readCliArg() and externalInput().
describe('a parameter that depends on an input from outside its file', () => {
  const file = readParametersFile(parse(`{ "parameters": { "p": { "expression": "[externalInputs('x')]" } } }`));
  const template = { parameters: { p: { type: 'int' } }, outputs: { o: { type: 'int', value: "[parameters('p')]" } } };

  test('needs its value from elsewhere', () => {
    expect(file.diagnostics).toEqual([]);
    const { diagnostics } = evaluate(template, { parameters: file.value });
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]).toMatchObject({
      code: 'AGW1016',
      message: "The parameter 'p' depends on an input from outside the file.",
      hint: 'Give it with -p p=….',
    });
  });

  test('is no fault where it has one', () => {
    const parameters = mergeParameters(
      file.value,
      new CaseInsensitiveMap([['p', { kind: 'text', source: new SourceText('-p p', '5') } as const]]),
    );
    expect(evaluate(template, { parameters })).toMatchObject({ diagnostics: [], outputs: { o: 5 } });
  });
});
