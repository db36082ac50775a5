import { describe, expect, test } from 'vitest';
import { readParametersFile } from '../../../src/template/parameters/parameters-file.ts';
import { toJson } from '../../../src/template/value.ts';
import { parse } from '../evaluate.ts';

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
