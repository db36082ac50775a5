import { describe, expect, test } from 'vitest';
import { CaseInsensitiveMap } from '../../../src/base/case-insensitive-map.ts';
import { SourceText } from '../../../src/base/span.ts';
import type { FindExternalInput } from '../../../src/template/parameters/external-inputs.ts';
import { readParametersFile } from '../../../src/template/parameters/parameters-file.ts';
import { mergeParameters } from '../../../src/template/parameters/supplied-parameters.ts';
import { integerValue, stringValue } from '../../../src/template/value.ts';
import { evaluate, parse } from '../evaluate.ts';

const definitions = {
  sys_cli_0: { kind: 'sys.cli', config: 'count' },
  sys_envVar_1: { kind: 'sys.envVar', config: 'TARGET' },
  custom_tool_2: { kind: 'custom.tool', config: { path: '/a' } },
};

/** Evaluates a template with one parameter of this expression, as `bicep build-params` writes it. */
function withExpression(
  type: string,
  expression: string,
  find?: FindExternalInput,
  more: object = {},
  options: Parameters<typeof evaluate>[1] = {},
) {
  const document = { parameters: { p: { expression } }, externalInputDefinitions: definitions, ...more };
  const file = readParametersFile(parse(JSON.stringify(document), 'main.parameters.json'), find);
  const template = { parameters: { p: { type } }, outputs: { o: { type, value: "[parameters('p')]" } } };
  return evaluate(template, { parameters: file.value, ...options });
}

const always =
  (text: string): FindExternalInput =>
  () =>
    stringValue(text);

// https://learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-functions-parameters-file#externalinput
describe('a parameter with external inputs', () => {
  test.each([
    ['string', "[externalInputs('sys_cli_0')]", '7'],
    ['int', "[int(externalInputs('sys_cli_0'))]", 7],
    ['string', "[format('{0}-{1}', externalInputs('sys_cli_0'), externalInputs('SYS_ENVVAR_1'))]", '7-7'],
    ['object', "[createObject('foo', externalInputs('custom_tool_2'))]", { foo: '7' }],
  ])('of type %s with %s', (type, expression, expected) => {
    const { outputs, diagnostics } = withExpression(type, expression, always('7'));
    expect(diagnostics).toEqual([]);
    expect(outputs).toEqual({ o: expected });
  });

  test('tells which input is asked for', () => {
    const asked: unknown[] = [];
    withExpression('string', "[externalInputs('sys_envVar_1')]", ({ key, kind, config }) => {
      asked.push([key, kind, config?.kind === 'String' && config.value]);
      return stringValue('x');
    });
    expect(asked).toEqual([['sys_envVar_1', 'sys.envVar', 'TARGET']]);
  });

  test('takes those that a tool has written into the file', () => {
    const externalInputs = { sys_cli_0: { value: 'from the file' } };
    expect(withExpression('string', "[externalInputs('sys_cli_0')]", undefined, { externalInputs })).toMatchObject({
      diagnostics: [],
      outputs: { o: 'from the file' },
    });
  });

  test.each([
    [
      "[externalInputs('sys_cli_0')]",
      {
        code: 'AGW1017',
        severity: 'error',
        file: 'main.parameters.json',
        message:
          "The parameter file takes the input 'count' of the kind 'sys.cli' from outside, and nobody has given it.",
        hint: 'Give it with -p externalInputs.count=… or in agate.yaml: externalInputs: { count: … }.',
      },
    ],
    [
      "[externalInputs('sys_envVar_1')]",
      {
        hint: 'Set the environment variable TARGET, or give it with -p externalInputs.TARGET=… or in agate.yaml: externalInputs: { TARGET: … }.',
      },
    ],
    [
      "[externalInputs('custom_tool_2')]",
      {
        hint: 'Give it with -p externalInputs.custom_tool_2=… or in agate.yaml: externalInputs: { custom_tool_2: … }.',
      },
    ],
    [
      "[externalInputs('nope')]",
      {
        code: 'AGW1016',
        message: "The parameter file does not define the external input 'nope'.",
        hint: "Defined: 'sys_cli_0', 'sys_envVar_1', 'custom_tool_2'.",
      },
    ],
  ])('%s without the input', (expression, finding) => {
    expect(withExpression('string', expression).diagnostics).toMatchObject([finding]);
  });

  test('of the wrong type is checked as any value is', () => {
    const found = withExpression('int', "[externalInputs('sys_cli_0')]", always('7'));
    expect(found.errors.join()).toContain("Expected 'Integer'. Actual 'String'.");
    expect(withExpression('int', "[externalInputs('sys_cli_0')]", () => integerValue(7)).errors).toEqual([]);
  });

  test('has a stand-in where those are welcome', () => {
    const { outputs, diagnostics } = withExpression(
      'int',
      "[externalInputs('sys_cli_0')]",
      undefined,
      {},
      { standIns: true },
    );
    expect(outputs).toEqual({ o: expect.any(Number) });
    expect(diagnostics).toMatchObject([{ code: 'AGW1014', hint: expect.stringContaining('externalInputs.count') }]);
  });

  test('is no fault where its value is given otherwise', () => {
    const document = { parameters: { p: { expression: "[externalInputs('sys_cli_0')]" } } };
    const parameters = mergeParameters(
      readParametersFile(parse(JSON.stringify(document))).value,
      new CaseInsensitiveMap([['p', { kind: 'text', source: new SourceText('-p p', '5') } as const]]),
    );
    const template = {
      parameters: { p: { type: 'int' } },
      outputs: { o: { type: 'int', value: "[parameters('p')]" } },
    };
    expect(evaluate(template, { parameters })).toMatchObject({ diagnostics: [], outputs: { o: 5 } });
  });

  test('can be asked for in parameter files only', () => {
    const { errors } = evaluate({
      variables: { v: "[externalInputs('x')]" },
      outputs: { o: { type: 'string', value: "[variables('v')]" } },
    });
    expect(errors.join()).toContain("The template function 'externalInputs' is not expected at this location.");
  });
});

test.each([
  [{ parameters: { p: { expression: 'x' } } }, "The 'expression' of the parameter 'p' must be a text in brackets."],
  [
    { parameters: {}, externalInputDefinitions: { a: { config: 'x' } } },
    "The definition of the external input 'a' must be an object with a 'kind'.",
  ],
])('%j is refused', (document, message) => {
  const { diagnostics } = readParametersFile(parse(JSON.stringify(document)));
  expect(diagnostics).toMatchObject([{ code: 'AGW1016', message }]);
});
