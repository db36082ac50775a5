import { describe, expect, test } from 'vitest';
import { evaluate, summaries } from './evaluate.ts';

const schema = 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#';
const gateway =
  '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/agate/providers/Microsoft.Network/applicationGateways/gw';

/** A template whose gateway has the given lines as properties, the first of them in line 9. */
function withProperties(...lines: string[]): string {
  return `{
  "$schema": "${schema}", "contentVersion": "1.0.0.0",
  "parameters": { "p": { "type": "object", "defaultValue": { "a": 1 } } },
  "variables": { "broken": "[concat(variables('missing'), 'x')]", "a": "[variables('b')]", "b": "[variables('a')]" },
  "resources": [
    {
      "type": "Microsoft.Network/applicationGateways", "apiVersion": "2023-09-01", "name": "gw",
      "properties": {
${lines.join('\n')}
      }
    }
  ]
}`;
}

const frame = `Unable to process template language expressions for resource '${gateway}' at line '6' and column '5'.`;

describe('a property that cannot be evaluated is left out, with Azure’s message and its place', () => {
  test.each([
    [
      `"x": "[nope(1)]"`,
      `9:8 error AGW1031 ${frame} 'The template function 'nope' is not valid. Please see https://aka.ms/arm-functions for usage details.' Left out: properties.x.`,
    ],
    [
      `"x": "[concat('\\u0061', parameters('p').b)]"`,
      `9:25 error AGW1031 ${frame} 'The language expression property 'b' doesn't exist, available properties are 'a'.' Left out: properties.x.`,
    ],
    [
      `"x": [ { "y": "[createArray(1)[2]]" } ]`,
      `9:17 error AGW1031 ${frame} 'The language expression property array index '2' is out of bounds.' Left out: properties.x[0].y.`,
    ],
    [
      `"x": "[parameters('q')]"`,
      `9:8 error AGW1031 ${frame} 'The template parameter 'q' is not found. Please see https://aka.ms/arm-syntax-parameters for usage details.' Left out: properties.x.`,
    ],
    [
      `"x": "[copyIndex()]"`,
      `9:8 error AGW1031 ${frame} 'The template function 'copyIndex' is not expected at this location. The function can only be used in a resource with copy specified. Please see https://aka.ms/arm-copy for usage details.' Left out: properties.x.`,
    ],
    [
      `"x": "[utcNow()]"`,
      `9:8 error AGW1031 ${frame} 'The template function 'utcNow' is not expected at this location. Please see https://aka.ms/arm-functions for usage details.' Left out: properties.x.`,
    ],
    [
      `"x": "[concat('a', 'b']"`,
      `9:23 error AGW1005 ${frame} 'Unable to parse language expression 'concat('a', 'b'': expected token 'RightParenthesis' and actual 'EndOfData'.' Left out: properties.x.`,
    ],
    [
      `"x": "[string('a').b]"`,
      `9:8 error AGW1031 ${frame} 'The language expression property 'b' can't be evaluated.' Left out: properties.x.`,
    ],
    [
      `"x": "[parameters('p')[1]]"`,
      `9:8 error AGW1031 ${frame} 'The language expression property '1' can't be evaluated, property name must be a string.' Left out: properties.x.`,
    ],
    [
      `"x": "[null().b]"`,
      `9:8 error AGW1031 ${frame} 'The language expression property 'b' can't be evaluated.' Left out: properties.x.`,
    ],
    [
      `"x": "[reference('nobody').y]"`,
      `9:8 error AGW1031 ${frame} 'The template reference 'nobody' is not valid: could not find template resource or resource copy with this name. Please see https://aka.ms/arm-function-reference for usage details.' Left out: properties.x.`,
    ],
    [
      `"x": "[reference('gw').y]"`,
      `9:8 error AGW1031 ${frame} 'Circular dependency detected on resource: '${gateway}'. Please see https://aka.ms/arm-syntax-resources for usage details.' Left out: properties.x.`,
    ],
    [
      `"copy": [ { "name": "x", "count": 801, "input": 1 } ]`,
      `9:35 error AGW1021 ${frame} 'The provided value for the copy count '801' of the loop 'x' is not valid; it must be an integer between 0 and 800. Please see https://aka.ms/arm-copy for usage details.' Left out: properties.copy.`,
    ],
    [
      `"copy": [ { "name": "x", "count": "[reference('y').z]", "input": 1 } ]`,
      `9:37 error AGW1031 ${frame} 'The template function 'reference' is not expected at this location. Please see https://aka.ms/arm-functions for usage details.' Left out: properties.copy.`,
    ],
    [
      `"[concat(1)]x": 1, "[createArray()]": 2`,
      `9:20 error AGW1031 ${frame} 'The property name '[createArray()]' evaluates to a value of type 'Array'; a property name must be a string.' Left out: properties['[createArray()]'].`,
    ],
  ])('%s', (line, expected) => {
    const { diagnostics, bodies } = evaluate(withProperties(line, ', "kept": "yes"'));
    expect(summaries(diagnostics)).toEqual([expected]);
    expect(bodies[0]).toMatchObject({ name: 'gw', properties: { kept: 'yes' } });
  });

  test('an argument of the wrong type is pointed at', () => {
    const [found] = evaluate(withProperties(`"x": "[toLower(parameters('p'))]"`)).diagnostics;
    expect(found?.range).toEqual({ start: { line: 9, column: 16 }, end: { line: 9, column: 31 } });
    expect(found?.message).toContain(
      "'toLower' expects its parameter to be of type 'String'. The provided value is of type 'Object'.",
    );
  });

  test('a wrong number of arguments is pointed at', () => {
    const [found] = evaluate(withProperties(`"x": "[add(1, toLower())]"`)).diagnostics;
    expect(found?.range).toEqual({ start: { line: 9, column: 15 }, end: { line: 9, column: 24 } });
    expect(found?.message).toContain(
      "Unable to evaluate template language function 'toLower': function requires 1 argument(s) while 0 were provided. Please see https://aka.ms/arm-functions",
    );
  });
});

describe('a variable that cannot be evaluated', () => {
  test('is one finding where it is wrong, with the places that use it', () => {
    const { diagnostics } = evaluate(
      withProperties(`"x": "[variables('broken')]",`, `"y": { "z": "[variables('broken')]" }`),
    );
    expect(summaries(diagnostics)).toEqual([
      "4:37 error AGW1020 The template variable 'broken' is not valid: The template variable 'missing' is not found. Please see https://aka.ms/arm-syntax-variables for usage details.",
    ]);
    expect(
      diagnostics[0]?.related.map(({ message, range }) => [range?.start.line, range?.start.column, message]),
    ).toEqual([
      [9, 6, "Used by resource 'gw'. Left out: properties.x."],
      [10, 13, "Used by resource 'gw'. Left out: properties.y.z."],
    ]);
  });

  test('that is defined by itself shows the circle', () => {
    const { diagnostics } = evaluate(withProperties(`"x": "[variables('a')]"`));
    expect(summaries(diagnostics)).toEqual([
      "4:67 error AGW1020 The template variable 'a' is not valid: it is defined by itself: 'a' -> 'b' -> 'a'.",
    ]);
  });

  test('that nobody uses is no matter', () => {
    expect(evaluate(withProperties('"x": 1')).diagnostics).toEqual([]);
  });
});

describe('a resource is left out, and the others are not', () => {
  const other = { type: 'A.B/c', apiVersion: '2020-01-01', name: 'other' };
  test.each([
    [{ ...other, name: "[concat('a'" }, 1, []],
    [
      { ...other, name: "[reference('other').x]" },
      0,
      [
        "8:17 error AGW1030 The template resource '[reference('other').x]' at line '5' and column '5' is not valid: The template function 'reference' is not expected at this location. Please see https://aka.ms/arm-functions for usage details. The resource is left out.",
      ],
    ],
    [
      { type: 'A.B/c', apiVersion: '2020-01-01' },
      0,
      [
        "5:5 error AGW1030 The template resource '' at line '5' and column '5' is not valid: The 'name' property is required and must not be empty. The resource is left out.",
      ],
    ],
    [
      { ...other, name: 'a/b' },
      0,
      [
        "5:5 error AGW1030 The template resource 'a/b' for type 'A.B/c' at line '5' and column '5' has incorrect segment lengths. A nested resource type must have identical number of segments as its resource name. A root resource type must have segment length one greater than its resource name. Please see https://aka.ms/arm-syntax-resources for usage details.",
      ],
    ],
    [
      { ...other, name: 'x', condition: 'yes' },
      0,
      [
        "9:20 error AGW1030 The template resource 'x' at line '5' and column '5' is not valid: The 'condition' is of type 'String'; it must be a Boolean. The resource is left out.",
      ],
    ],
    [
      { ...other, name: 'x', copy: { name: 'l', count: -1 } },
      0,
      [
        "11:18 error AGW1021 The template resource 'x' at line '5' and column '5' is not valid: The provided value for the copy count '-1' of the loop 'l' is not valid; it must be an integer between 0 and 800. Please see https://aka.ms/arm-copy for usage details. The resource is left out.",
      ],
    ],
  ])('%j', (resource, count, expected) => {
    const { resources, diagnostics } = evaluate({ resources: [resource, other] });
    expect(resources).toHaveLength(count + 1);
    expect(summaries(diagnostics)).toEqual(expected);
  });

  test('a type that is an expression is refused, and evaluated all the same', () => {
    const { resources, errors } = evaluate({ resources: [{ ...other, type: "[concat('A.B/', 'c')]" }] });
    expect(resources[0]?.type).toBe('A.B/c');
    expect(errors).toEqual(['The type property cannot be an expression; write the resource type itself.']);
  });
});

test('a misspelt function is told from the one that was meant', () => {
  const { diagnostics } = evaluate({ outputs: { o: { type: 'string', value: "[conct('a')]" } } });
  expect(diagnostics.map(({ hint }) => hint)).toEqual(["Did you mean 'concat'?"]);
});

describe('dependsOn', () => {
  const a = { type: 'A.B/c', apiVersion: '2020-01-01', name: 'a' };
  const child = { type: 'A.B/c/d', apiVersion: '2020-01-01', name: 'a/child' };
  const loop = {
    type: 'A.B/e',
    apiVersion: '2020-01-01',
    name: "[concat('e', copyIndex())]",
    copy: { name: 'loop', count: 2 },
  };
  test.each([
    ["[resourceId('A.B/c', 'a')]", ['a']],
    ["[toUpper(resourceId('A.B/c', 'a'))]", ['a']],
    ['A.B/c/a', ['a']],
    ['a', ['a']],
    ['A', ['a']],
    ['A.B/c/a/d/child', ['a/child']],
    ['a/child', ['a/child']],
    ['child', ['a/child']],
    ['loop', ['e0', 'e1']],
    ["[resourceId('A.B/e', 'e1')]", ['e1']],
  ])('%s', (entry, expected) => {
    const { resources, errors } = evaluate({ resources: [a, child, loop, { ...a, name: 'z', dependsOn: [entry] }] });
    expect(errors).toEqual([]);
    const names = resources.at(-1)?.dependsOn?.map((id) => resources.find((resource) => resource.id === id)?.name);
    expect(names).toEqual(expected);
  });

  test('may be one expression', () => {
    const { resources, errors } = evaluate({ resources: [a, { ...a, name: 'z', dependsOn: "[createArray('a')]" }] });
    expect(errors).toEqual([]);
    expect(resources[1]?.dependsOn).toEqual([resources[0]?.id]);
  });

  test('on what the template does not declare is refused', () => {
    const { diagnostics } = evaluate({
      resources: [
        { ...a, name: 'front' },
        { ...a, name: 'z', dependsOn: ["[resourceId('A.B/c', 'frontt')]"] },
      ],
    });
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]).toMatchObject({
      code: 'AGW1032',
      message:
        "Deployment template validation failed: 'The resource '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/agate/providers/A.B/c/frontt' is not defined in the template. Please see https://aka.ms/arm-template for usage details.'.",
      range: { start: { line: 15, column: 11 } },
      hint: "Did you mean '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/agate/providers/A.B/c/front'?",
    });
  });
});

describe('the template itself', () => {
  test.each([
    [
      '[]',
      "1:1 error AGW1001 Template validation failed: A template must be a JSON object; this one is of type 'Array'.",
    ],
    [
      `{ "$schema": "${schema}", "resources": [] }`,
      "1:1 error AGW1001 Template validation failed: Required property 'contentVersion' not found in JSON. Path '', line 1, position 1.",
    ],
    [
      '{ "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#", "contentVersion": "1.0.0.0", "resources": [] }',
      "1:14 error AGW1001 Template validation failed: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#' is the schema of a parameter file, not of a template.",
    ],
    [
      `{ "$schema": "${schema}", "contentVersion": "1.0.0.0", "resources": [], "languageVersion": "3.0" }`,
      "1:162 error AGW1001 Template validation failed: Language version '3.0' is not supported. Supported are '1.0' and '2.0'.",
    ],
    [
      `{ "$schema": "${schema}", "contentVersion": "1.0.0.0", "resources": {}, "languageVersion": "2.1-experimental" }`,
      "1:162 warning AGW1002 Language version '2.1-experimental' is experimental; Agate evaluates it as '2.0'.",
    ],
    [
      `{ "$schema": "${schema}", "contentVersion": "1.0.0.0", "resources": [], "imports": { "k8s": { "provider": "Kubernetes" } } }`,
      "1:156 warning AGW1002 The extension 'k8s' is accepted but not run: its resources are left out.",
    ],
    [
      `{ "$schema": "${schema}", "contentVersion": "1.0.0.0", "resources": [], "variables": [] }`,
      "1:156 error AGW1001 Template validation failed: 'variables' is of type 'Array'; it must be an object.",
    ],
    [
      `{ "$schema": "${schema}", "contentVersion": "1.0.0.0", "resources": {}, "languageVersion": "2.0", "asserts": { "ok": true, "bad": "[equals(1, 2)]" } }`,
      "1:194 warning AGW1003 The assertion 'bad' does not hold.",
    ],
  ])('%s', (text, expected) => {
    expect(summaries(evaluate(text).diagnostics)).toEqual([expected]);
  });
});

describe('user functions', () => {
  const functions = [
    {
      namespace: 'contoso',
      members: {
        name: {
          parameters: [{ name: 'prefix', type: 'string' }],
          output: { type: 'string', value: "[concat(toLower(parameters('prefix')), 'x')]" },
        },
        twice: {
          parameters: [{ name: 'p', type: 'string' }],
          output: { type: 'object', value: { "[concat('k', '1')]": "[contoso.name(contoso.name(parameters('p')))]" } },
        },
        loop: { parameters: [], output: { type: 'string', value: '[contoso.loop()]' } },
        wrong: { parameters: [], output: { type: 'int', value: "[toLower('A')]" } },
        short: { parameters: [], output: { type: 'string', minLength: 2, value: 'x' } },
        untyped: { parameters: [], output: { value: 'x' } },
        outside: { parameters: [], output: { type: 'string', value: "[parameters('templateParameter')]" } },
      },
    },
  ];
  const call = (expression: string) =>
    evaluate({
      functions,
      parameters: { templateParameter: { type: 'string', defaultValue: 'x' } },
      outputs: { r: { type: 'object', value: { v: expression } } },
    });

  test.each([
    ["[CONTOSO.Name('A')]", 'ax'],
    ["[contoso.twice('A')]", { k1: 'axx' }],
  ])('%s', (expression, expected) => {
    const { outputs, errors } = call(expression);
    expect(errors).toEqual([]);
    expect(outputs['r']).toEqual({ v: expected });
  });

  test.each([
    ['[contoso.nope()]', "The template function 'contoso.nope' is not valid."],
    [
      '[contoso.name()]',
      "Unable to evaluate template language function 'contoso.name': function requires 1 argument(s) while 0 were provided.",
    ],
    ['[contoso.name(1)]', "Expected 'String, Uri'. Actual 'Integer'."],
    ['[contoso.loop()]', "The template function 'contoso.loop' calls itself."],
    [
      '[contoso.wrong()]',
      "Template output JToken type is not valid. Expected 'Integer'. Actual 'String'. Please see https://aka.ms/arm-template/#outputs for usage details. The value belongs to the output of the function 'contoso.wrong'.",
    ],
    [
      '[contoso.short()]',
      "The provided value for the output of the function 'contoso.short' is not valid. Length of the value should be greater than or equal to '2'.",
    ],
    ['[contoso.untyped()]', 'There is no type; allowed:'],
    ['[contoso.outside()]', "The template parameter 'templateParameter' is not found."],
  ])('%s is refused', (expression, message) => {
    expect(call(expression).errors.join('\n')).toContain(message);
  });
});
