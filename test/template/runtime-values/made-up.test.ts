import { describe, expect, test } from 'vitest';
import { isMadeUp } from '../../../src/template/runtime-values/made-up.ts';
import { getValue, toJson, type Value } from '../../../src/template/value.ts';
import { evaluate } from '../evaluate.ts';

const parameters = {
  text: { type: 'string' },
  flag: { type: 'bool' },
  number: { type: 'int' },
  list: { type: 'array' },
  options: { type: 'object' },
  secret: { type: 'securestring' },
  size: { type: 'string', defaultValue: 'small' },
  given: { type: 'object', defaultValue: { port: 80, names: ['a', 'b'] } },
};

const variables = {
  table: { small: { capacity: 2 }, large: { capacity: 10 } },
  ports: [80, 443],
  mixed: ['a', "[parameters('text')]"],
  indirect: "[concat(parameters('text'), '-x')]",
  copy: [{ name: 'looped', count: "[parameters('number')]", input: { fixed: 1 } }],
};

/** What an expression comes to when nobody gives the parameters, inside of an object of which nothing else is known. */
function madeFrom(expression: string): Value {
  const outputs = { it: { type: 'object', value: { value: expression } } };
  const functions = [
    {
      namespace: 'my',
      members: {
        suffix: {
          parameters: [{ name: 'base', type: 'string' }],
          output: { type: 'string', value: "[concat(parameters('base'), '1')]" },
        },
      },
    },
  ];
  const { outputValues, errors } = evaluate(
    { parameters, variables, functions, outputs },
    { standIns: true, placeholders: true },
  );
  expect(errors).toEqual([]);
  const output = outputValues.get('it');
  const value = output?.kind === 'Object' ? getValue(output, 'value') : undefined;
  if (value === undefined) throw new Error('the template has no such output');
  return value;
}

describe('what follows from a value that nobody gave is made up', () => {
  test.each([
    "[parameters('text')]",
    "[parameters('list')]",
    "[parameters('options').size]",
    "[parameters('options').sizes[3].name]",
    "[parameters('secret')]",
    "[concat(parameters('text'), '-gw')]",
    "[format('{0}-{1}', 'a', parameters('text'))]",
    "[variables('indirect')]",
    "[my.suffix(parameters('text'))]",
    "[string(variables('mixed'))]",
    "[join(variables('mixed'), ',')]",
    "[contains(variables('mixed'), 'b')]",
    "[equals(parameters('text'), 'x')]",
    "[not(parameters('flag'))]",
    "[and(true(), parameters('flag'))]",
    "[or(false(), parameters('flag'))]",
    "[if(parameters('flag'), 'yes', 'no')]",
    "[if(parameters('options').enabled, 'yes', 'no')]",
    "[if(not(parameters('options').enabled), createObject('a', 1), createObject('b', 1)).a]",
    "[coalesce(if(parameters('flag'), 'x', null()), 'y')]",
    "[variables('table')[parameters('text')]]",
    "[variables('table')[parameters('text')].capacity]",
    "[variables('ports')[parameters('number')]]",
    "[variables('ports')[length(parameters('list'))]]",
    "[length(parameters('list'))]",
    "[empty(parameters('options'))]",
    "[sub(length(parameters('list')), 1)]",
    "[first(split(parameters('text'), ','))]",
    "[split(parameters('text'), ',')[4]]",
    "[union(variables('table'), parameters('options'))]",
    "[union(variables('table'), parameters('options')).small]",
    "[concat(variables('ports'), parameters('list'))]",
    "[take(variables('ports'), parameters('number'))]",
    "[filter(variables('ports'), lambda('p', greater(lambdaVariables('p'), parameters('number'))))]",
    "[filter(parameters('list'), lambda('p', lambdaVariables('p').on))]",
    "[map(parameters('list'), lambda('p', 1))]",
    "[toObject(createArray(parameters('text')), lambda('t', lambdaVariables('t')))]",
    "[reduce(parameters('list'), 0, lambda('a', 'b', lambdaVariables('a')))]",
    "[variables('looped')]",
    "[uniqueString(parameters('text'))]",
    "[resourceId('Microsoft.Network/publicIPAddresses', parameters('text'))]",
    "[json(parameters('text'))]",
    "[add(parameters('options').count, 1)]",
  ])('%s', (expression) => {
    expect(isMadeUp(madeFrom(expression))).toBe(true);
  });
});

describe('what does not depend on it is certain', () => {
  test.each([
    ["[parameters('size')]", 'small'],
    ["[parameters('given').port]", 80],
    ["[variables('table')[parameters('size')].capacity]", 2],
    ["[variables('mixed')[0]]", 'a'],
    ["[length(parameters('given').names)]", 2],
    ["[and(false(), parameters('flag'))]", false],
    ["[or(parameters('flag'), true())]", true],
    ["[if(true(), 'yes', parameters('text'))]", 'yes'],
    ["[coalesce('x', parameters('text'))]", 'x'],
    ["[map(variables('ports'), lambda('p', add(lambdaVariables('p'), 1)))]", [81, 444]],
  ])('%s', (expression, expected) => {
    const value = madeFrom(expression);
    expect([isMadeUp(value), toJson(value)]).toEqual([false, expected]);
  });

  test.each(["[createObject('name', parameters('text'), 'port', 80)]", "[createArray(parameters('text'), 'a')]"])(
    '%s has the parts it has, of which one is made up',
    (expression) => {
      const value = madeFrom(expression);
      const [first, second] = value.kind === 'Array' ? value.items : value.kind === 'Object' ? partsOf(value) : [];
      expect([value, first, second].map((each) => each && isMadeUp(each))).toEqual([false, true, false]);
    },
  );
});

function partsOf(value: Extract<Value, { kind: 'Object' }>): readonly Value[] {
  return Array.from(value.members.values(), (member) => member.value);
}

describe('nothing is held against a made-up value', () => {
  const resource = { type: 'Microsoft.Network/virtualNetworks', apiVersion: '2024-05-01' };
  const inLoop = (name: string, count: string) => ({ ...resource, name, copy: { name: 'l', count } });
  test.each([
    ['a name without its segments', { ...resource, type: `${resource.type}/subnets`, name: "[parameters('text')]" }],
    ['names that turn out the same', inLoop("[parameters('options').vnets[copyIndex()].name]", '[add(1, 1)]')],
    ['a number of turns below zero', inLoop('[string(copyIndex())]', "[sub(length(parameters('list')), 1)]")],
  ])('%s', (_, declaration) => {
    const { errors } = evaluate({ parameters, resources: [declaration] }, { standIns: true, placeholders: true });
    expect(errors).toEqual([]);
  });

  test('a value that its type would not allow, passed to a nested template', () => {
    const template = {
      $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
      contentVersion: '1.0.0.0',
      parameters: { tier: { type: 'string', allowedValues: ['Standard_v2', 'WAF_v2'] } },
      resources: [],
    };
    const nested = {
      type: 'Microsoft.Resources/deployments',
      apiVersion: '2022-09-01',
      name: 'nested',
      properties: {
        mode: 'Incremental',
        expressionEvaluationOptions: { scope: 'inner' },
        parameters: { tier: { value: "[parameters('text')]" } },
        template,
      },
    };
    const { errors } = evaluate({ parameters, resources: [nested] }, { standIns: true });
    expect(errors).toEqual([]);
  });
});

test('a loop whose turns follow from a stand-in turns once', () => {
  const name = "[concat('ip', copyIndex())]";
  const copy = { name: 'l', count: "[length(parameters('options').names)]" };
  const resources = [{ type: 'Microsoft.Network/publicIPAddresses', apiVersion: '2024-05-01', name, copy }];
  const { bodies } = evaluate({ parameters, resources }, { standIns: true });
  expect(bodies).toHaveLength(1);
});

test('a part of a stand-in is said once, and what is made of the stand-in is not said again', () => {
  const outputs = {
    a: { type: 'string', value: "[parameters('options').size]" },
    b: { type: 'string', value: "[concat(parameters('options').size, 'x')]" },
    c: { type: 'string', value: "[parameters('text')]" },
    d: { type: 'string', value: "[uri(parameters('text'), 'x')]" },
  };
  const { diagnostics } = evaluate(
    { parameters: { text: parameters.text, options: parameters.options }, outputs },
    { standIns: true },
  );
  expect(diagnostics.map(({ message }) => message)).toEqual([
    "The parameter 'text' has no value; 'text' stands in for it.",
    "The parameter 'options' has no value; an empty object stands in for it.",
    "'size' of the parameter 'options' has no value; 'size' stands in for it.",
  ]);
});
