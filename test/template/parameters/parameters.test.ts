import { describe, expect, test } from 'vitest';
import { CaseInsensitiveMap } from '../../../src/base/case-insensitive-map.ts';
import { SourceText } from '../../../src/base/span.ts';
import { readParametersFile } from '../../../src/template/parameters/parameters-file.ts';
import {
  mergeParameters,
  parametersFromJson,
  type SuppliedParameters,
} from '../../../src/template/parameters/supplied-parameters.ts';
import { toJson } from '../../../src/template/value.ts';
import { evaluate, parse, summaries } from '../evaluate.ts';

const seeDetails = 'Please see https://aka.ms/arm-syntax-parameters for usage details.';

function text(name: string, value: string): SuppliedParameters {
  return new CaseInsensitiveMap([[name, { kind: 'text', source: new SourceText(`-p ${name}`, value) } as const]]);
}

/** Evaluates one parameter and gives its value back. */
function bind(declaration: object, supplied?: unknown) {
  const parameters = supplied === undefined ? undefined : parametersFromJson({ p: supplied });
  const { outputs, errors } = evaluate(
    {
      languageVersion: '2.0',
      parameters: { p: declaration },
      resources: {},
      outputs: { r: { type: 'object', value: { v: "[parameters('p')]" } } },
    },
    { parameters },
  );
  return { errors, value: (outputs['r'] as { v: unknown } | undefined)?.v };
}

test('refuses a definition that is only a reference to itself', () => {
  const { errors } = evaluate({
    languageVersion: '2.0',
    definitions: { a: { $ref: '#/definitions/B' }, b: { $ref: '#/definitions/A' } },
    parameters: { p: { $ref: '#/definitions/a' } },
    resources: {},
  });
  expect(errors).toEqual(["Deployment template validation failed: 'The definition 'A' is defined by itself.'."]);
});

// Bicep lists the tag among the properties of each type that it selects.
test('accepts a tagged value whose type declares the tag', () => {
  const circle = { type: 'object', properties: { kind: { type: 'string', allowedValues: ['circle'] } } };
  const sealed = { ...circle, additionalProperties: false };
  for (const branch of [circle, sealed]) {
    const declaration = { type: 'object', discriminator: { propertyName: 'kind', mapping: { circle: branch } } };
    expect(bind(declaration, { kind: 'circle' })).toEqual({ errors: [], value: { kind: 'circle' } });
  }
});

describe('refuses a value with Azure’s message', () => {
  test.each([
    [
      { type: 'string' },
      { a: 1 },
      "Template parameter JToken type is not valid. Expected 'String, Uri'. Actual 'Object'. Please see https://aka.ms/resource-manager-parameter-files for usage details. The value belongs to the template parameter 'p'.",
    ],
    [
      { type: 'int' },
      '80',
      "Template parameter JToken type is not valid. Expected 'Integer'. Actual 'String'. Please see https://aka.ms/resource-manager-parameter-files for usage details. The value belongs to the template parameter 'p'.",
    ],
    [
      { type: 'string', allowedValues: ['a', 'b'] },
      'A',
      "The provided value for the template parameter 'p' is not valid. The value 'A' is not part of the allowed value(s): 'a,b'.",
    ],
    [
      { type: 'securestring', allowedValues: ['a', 'b'] },
      'hush',
      "The provided value for the template parameter 'p' is not valid. The parameter value is not part of the allowed value(s): 'a,b'.",
    ],
    [
      { type: 'string', minLength: 3 },
      'ab',
      `The provided value for the template parameter 'p' is not valid. Length of the value should be greater than or equal to '3'. ${seeDetails}`,
    ],
    [
      { type: 'array', maxLength: 1 },
      [1, 2],
      `The provided value for the template parameter 'p' is not valid. Length of the value should be less than or equal to '1'. ${seeDetails}`,
    ],
    [
      { type: 'int', minValue: 1, maxValue: 5 },
      6,
      `The provided value for the template parameter 'p' is not valid. The value should be less than or equal to '5'. ${seeDetails}`,
    ],
    [
      { type: 'object', properties: { size: { type: 'object', properties: { a: { type: 'int', minValue: 1 } } } } },
      { size: { a: 0 } },
      `The provided value for the template parameter 'p', property 'size.a' is not valid. The value should be greater than or equal to '1'. ${seeDetails}`,
    ],
    [
      { type: 'object', properties: { a: { type: 'int' } } },
      {},
      "The provided value for the template parameter 'p' is not valid. The property 'a' is required.",
    ],
    [
      { type: 'object', properties: {}, additionalProperties: false },
      { b: 1 },
      "The provided value for the template parameter 'p', property 'b' is not valid. The property 'b' is not permitted on this object.",
    ],
  ])('%j does not take %j', (declaration, value, message) => {
    expect(bind(declaration, value).errors).toEqual([`Deployment template validation failed: '${message}'.`]);
  });

  test.each([
    [
      { type: 'number' },
      "The type 'number' is not valid; allowed: 'string', 'securestring', 'int', 'bool', 'object', 'secureObject', 'array'.",
    ],
    [{}, "There is no type; allowed: 'string', 'securestring', 'int', 'bool', 'object', 'secureObject', 'array'."],
    [
      { $ref: '#/definitions/nope' },
      "The type reference 'nope' is not defined in the template; '$ref' must name a definition as '#/definitions/name'.",
    ],
  ])('declared as %j', (declaration, message) => {
    expect(bind(declaration, 1).errors[0]).toContain(message);
  });
});

describe('takes', () => {
  test.each([
    [{ type: 'SecureString' }, 'x', 'x'],
    [{ type: 'array', allowedValues: ['a', 'b'] }, ['b'], ['b']],
    [{ type: 'array', allowedValues: [['a'], ['b']] }, ['b'], ['b']],
    [{ type: 'string', nullable: true }, undefined, null],
    [{ type: 'string', nullable: true }, null, null],
    [{ type: 'string', defaultValue: 'd' }, null, 'd'],
    [{ type: 'string', defaultValue: '[[x]' }, undefined, '[x]'],
    // Values of parameter files are no expressions.
    [{ type: 'string' }, "[concat('a')]", "[concat('a')]"],
  ])('%j given %j: %j', (declaration, given, expected) => {
    expect(bind(declaration, given)).toEqual({ errors: [], value: expected });
  });

  test.each([
    ['string', '80', '80'],
    ['int', '80', 80],
    ['bool', 'true', true],
    ['array', '["a"]', ['a']],
    ['object', '{"a": 1}', { a: 1 }],
  ])('name=value as %s %s', (type, value, expected) => {
    const { outputs, errors } = evaluate(
      { parameters: { p: { type } }, outputs: { r: { type, value: "[parameters('P')]" } } },
      { parameters: text('p', value) },
    );
    expect({ errors, value: outputs['r'] }).toEqual({ errors: [], value: expected });
  });

  test('the last of several values, but no Key Vault reference instead of a value', () => {
    const reference = {
      kind: 'keyVault',
      vaultName: 'v',
      secretName: 's',
      secretVersion: undefined,
      keySpan: undefined,
      origin: undefined,
    } as const;
    const merged = mergeParameters(
      parametersFromJson({ a: 1, b: 1 }),
      parametersFromJson({ A: 2 }),
      new CaseInsensitiveMap([['b', reference]]),
    );
    expect(merged.get('a')).toMatchObject({ kind: 'value', value: { value: 2n } });
    expect(merged.get('b')).toMatchObject({ kind: 'value', value: { value: 1n } });
  });
});

const missing = `{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "parameters": {
    "sku": { "type": "string", "allowedValues": ["Standard_v2", "WAF_v2"] },
    "count": { "type": "int", "minValue": 2 },
    "gateway-Name": { "type": "string", "minLength": 14 },
    "subnetId": { "type": "string" },
    "tags": { "type": "object" },
    "zones": { "type": "array" },
    "on": { "type": "bool" },
    "password": { "type": "securestring" }
  },
  "resources": [],
  "outputs": {
    "all": { "type": "object", "value": {
      "a": "[parameters('sku')]", "b": "[parameters('count')]", "c": "[parameters('gateway-name')]",
      "d": "[parameters('subnetId')]", "e": "[parameters('tags')]", "f": "[parameters('zones')]", "g": "[parameters('on')]"
    } }
  }
}`;

describe('parameters without a value', () => {
  test('are all listed, each at its declaration, and once', () => {
    const { diagnostics } = evaluate(missing);
    expect(summaries(diagnostics).slice(0, 2)).toEqual([
      "5:5 error AGW1010 Deployment template validation failed: 'The value for the template parameter 'sku' at line '5' and column '5' is not provided. Please see https://aka.ms/arm-create-parameter-file for usage details.'.",
      "6:5 error AGW1010 Deployment template validation failed: 'The value for the template parameter 'count' at line '6' and column '5' is not provided. Please see https://aka.ms/arm-create-parameter-file for usage details.'.",
    ]);
    expect(diagnostics).toHaveLength(8);
    expect(diagnostics[0]?.hint).toBe('Give it with -p sku=… or in a parameter file.');
  });

  test('get a stand-in of their type when that is wanted, with one finding each', () => {
    const { outputs, diagnostics } = evaluate(missing, { standIns: true });
    const subnet =
      '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/agate/providers/Microsoft.Network/virtualNetworks/vnet/subnets/subnetid';
    expect(outputs['all']).toEqual({ a: 'Standard_v2', b: 2, c: 'gatewaynamexxx', d: subnet, e: {}, f: [], g: false });
    expect(summaries(diagnostics)).toEqual([
      "5:5 info AGW1014 The parameter 'sku' has no value; 'Standard_v2' stands in for it.",
      "6:5 info AGW1014 The parameter 'count' has no value; 2 stands in for it.",
      "7:5 info AGW1014 The parameter 'gateway-Name' has no value; 'gatewaynamexxx' stands in for it.",
      `8:5 info AGW1014 The parameter 'subnetId' has no value; '${subnet}' stands in for it.`,
      "9:5 info AGW1014 The parameter 'tags' has no value; an empty object stands in for it.",
      "10:5 info AGW1014 The parameter 'zones' has no value; an empty array stands in for it.",
      "11:5 info AGW1014 The parameter 'on' has no value; false stands in for it.",
      "12:5 info AGW1014 The parameter 'password' has no value; a made-up secret stands in for it.",
    ]);
  });

  test('have stand-ins for the parts that the template reads', () => {
    const { outputs, diagnostics } = evaluate(
      {
        parameters: { settings: { type: 'object' }, list: { type: 'array' } },
        outputs: {
          a: { type: 'string', value: "[parameters('settings').network.vnetName]" },
          b: { type: 'string', value: "[parameters('list')[0].name]" },
        },
      },
      { standIns: true },
    );
    expect(outputs).toEqual({ a: 'vnetname', b: 'name' });
    expect(summaries(diagnostics).map((line) => line.slice(line.indexOf('info')))).toContain(
      "info AGW1014 'network.vnetName' of the parameter 'settings' has no value; 'vnetname' stands in for it.",
    );
  });

  test('have stand-ins as their definitions want them', () => {
    const { outputs, errors } = evaluate(
      {
        languageVersion: '2.0',
        definitions: {
          port: { type: 'int', minValue: 1024 },
          pool: {
            type: 'object',
            properties: {
              name: { type: 'string' },
              port: { $ref: '#/definitions/port' },
              note: { type: 'string', nullable: true },
            },
          },
        },
        parameters: {
          pool: { $ref: '#/definitions/pool' },
          pair: { type: 'array', prefixItems: [{ type: 'bool' }, { $ref: '#/definitions/port' }] },
        },
        resources: {},
        outputs: {
          pool: { type: 'object', value: "[parameters('pool')]" },
          pair: { type: 'array', value: "[parameters('pair')]" },
        },
      },
      { standIns: true },
    );
    expect(errors).toEqual([]);
    expect(outputs).toEqual({ pool: { name: 'name', port: 1024 }, pair: [false, 1024] });
  });

  test.each([
    ['arrays', { type: 'array', items: { $ref: '#/definitions/t' }, minLength: 100 }],
    [
      'objects',
      {
        type: 'object',
        properties: Object.fromEntries(
          Array.from({ length: 100 }, (_, index) => [`p${index}`, { $ref: '#/definitions/t' }]),
        ),
      },
    ],
  ])('have a small stand-in for a type of %s that contains itself a hundred times', (_what, type) => {
    const { outputValues } = evaluate(
      {
        languageVersion: '2.0',
        definitions: { t: type },
        parameters: { p: { $ref: '#/definitions/t' } },
        resources: {},
        outputs: { o: { type: 'object', value: { v: "[if(true(), 'evaluated', '')]" } } },
      },
      { standIns: true },
    );
    expect(outputValues.size).toBe(1);
  });
});

describe('finds', () => {
  test('parameters that the template does not have', () => {
    const file = parse(
      '{\n  "parameters": {\n    "skuu": { "value": 1 }\n  },\n  "contentVersion": "1.0.0.0"\n}',
      'p.json',
    );
    const { diagnostics } = evaluate(
      { parameters: { sku: { type: 'int', defaultValue: 1 } } },
      { parameters: readParametersFile(file).value },
    );
    expect(summaries(diagnostics)).toEqual([
      "3:5 error AGW1011 Deployment template validation failed: 'The template parameters 'skuu' in the parameters file are not valid; they are not present in the original template and can therefore not be provided at deployment time. The only supported parameters for this template are 'sku'. Please see https://aka.ms/arm-pass-parameter-values for usage details.'.",
    ]);
    expect(diagnostics[0]).toMatchObject({ file: 'p.json', hint: "Did you mean 'sku'?" });
  });

  test('a wrong value in the parameter file, where it stands, with the declaration beside it', () => {
    const file = parse(
      '{\n  "parameters": {\n    "sku": { "value": "Basic" }\n  },\n  "contentVersion": "1.0.0.0"\n}',
      'p.json',
    );
    const { diagnostics } = evaluate(
      { parameters: { sku: { type: 'string', allowedValues: ['WAF_v2'] } } },
      { parameters: readParametersFile(file).value },
    );
    expect(diagnostics[0]).toMatchObject({
      file: 'p.json',
      range: { start: { line: 3, column: 23 }, end: { line: 3, column: 30 } },
      related: [{ message: "'sku' is declared here.", file: 'azuredeploy.json' }],
    });
  });

  test('default values that depend on themselves', () => {
    const { errors } = evaluate({
      parameters: {
        a: { type: 'string', defaultValue: "[parameters('b')]" },
        b: { type: 'string', defaultValue: "[parameters('a')]" },
      },
    });
    expect(errors).toEqual([
      "Deployment template validation failed: 'The default value of the template parameter 'a' depends on itself.'.",
    ]);
  });

  test('run-time functions in default values', () => {
    const { errors } = evaluate({ parameters: { a: { type: 'string', defaultValue: "[reference('x')]" } } });
    expect(errors).toEqual([
      "Deployment template validation failed: 'The template function 'reference' is not expected at this location. Please see https://aka.ms/arm-functions for usage details.'.",
    ]);
  });

  test('text that is not JSON where JSON is needed', () => {
    const { errors } = evaluate({ parameters: { a: { type: 'int' } } }, { parameters: text('a', 'eighty') });
    expect(errors).toEqual([
      "Deployment template validation failed: ''eighty' is not valid JSON, as a value of type 'int' must be.'.",
    ]);
  });
});

describe('secure parameters', () => {
  test('mark everything that is made of them', () => {
    const { outputValues } = evaluate(
      {
        parameters: { p: { type: 'secureObject' }, q: { type: 'string' } },
        outputs: {
          direct: { type: 'string', value: "[parameters('p').key]" },
          made: { type: 'string', value: "[concat('x', parameters('p').list[0])]" },
          text: { type: 'string', value: "[string(createArray(parameters('p').key))]" },
          open: { type: 'string', value: "[concat(parameters('q'), 'x')]" },
        },
      },
      { parameters: parametersFromJson({ p: { key: 'k', list: ['l'] }, q: 'q' }) },
    );
    const redacted = Object.fromEntries(
      Array.from(outputValues, ([name, value]) => [name, toJson(value, { redact: true })]),
    );
    expect(redacted).toEqual({ direct: '[redacted]', made: '[redacted]', text: '[redacted]', open: 'qx' });
  });
});
