import { describe, expect, test } from 'vitest';
import { CaseInsensitiveMap } from '../../src/base/case-insensitive-map.ts';
import type { LinkedTemplates } from '../../src/template/nested/linked-templates.ts';
import { readParametersFile } from '../../src/template/parameters/parameters-file.ts';
import { parametersFromJson } from '../../src/template/parameters/supplied-parameters.ts';
import { fromJson } from '../../src/template/value.ts';
import { evaluate, parse, summaries, templateText } from './evaluate.ts';

const vnet = { type: 'Microsoft.Network/virtualNetworks', apiVersion: '2023-09-01' };
const deployment = { type: 'Microsoft.Resources/deployments', apiVersion: '2021-04-01' };

function nested(template: object, scope?: 'inner' | 'outer', more: object = {}) {
  return {
    ...deployment,
    properties: {
      mode: 'Incremental',
      ...(scope === undefined ? {} : { expressionEvaluationOptions: { scope } }),
      template: {
        $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
        contentVersion: '1.0.0.0',
        ...template,
      },
      ...more,
    },
  };
}

/** Linked templates by the end of their address. */
function linked(documents: Record<string, Record<string, unknown>>): LinkedTemplates {
  return {
    find({ uri, relativePath }) {
      const address = uri ?? relativePath ?? '';
      const name = Object.keys(documents).find((key) => address.endsWith(key));
      if (name === undefined) return { hint: 'Put it beside the template.' };
      return { value: parse(templateText(documents[name] ?? {}), name), diagnostics: [], location: name };
    },
  };
}

// https://learn.microsoft.com/azure/azure-resource-manager/templates/linked-templates#expression-evaluation-scope-in-nested-templates
describe('the scope in which a nested template is evaluated', () => {
  const template = {
    variables: { exampleVar: 'from nested template' },
    resources: [],
    outputs: { testVar: { type: 'string', value: "[variables('exampleVar')]" } },
  };
  test.each([
    ['inner', 'from nested template'],
    ['outer', 'from parent template'],
    [undefined, 'from parent template'],
  ] as const)('%s: variables are those %s', (scope, expected) => {
    const { outputs, errors } = evaluate({
      variables: { exampleVar: 'from parent template' },
      resources: [{ ...nested(template, scope), name: 'nestedTemplate1' }],
      outputs: {
        messageFromLinkedTemplate: { type: 'string', value: "[reference('nestedTemplate1').outputs.testVar.value]" },
      },
    });
    expect(errors).toEqual([]);
    expect(outputs['messageFromLinkedTemplate']).toBe(expected);
  });

  // https://learn.microsoft.com/azure/azure-resource-manager/templates/deploy-to-resource-group
  test('resourceGroup() is the parent’s by default, and their own for inner scope and linked templates', () => {
    const template = { resources: [], outputs: { group: { type: 'string', value: '[resourceGroup().name]' } } };
    const output = (name: string) => ({ type: 'string', value: `[reference('${name}').outputs.group.value]` });
    const link = { mode: 'Incremental', templateLink: { uri: 'https://example.com/linked.json' } };
    const { outputs, errors } = evaluate(
      {
        resources: [
          { ...nested(template), name: 'defaultScope', resourceGroup: 'inner-group' },
          { ...nested(template, 'inner'), name: 'innerScope', resourceGroup: 'inner-group' },
          { ...deployment, name: 'linkedScope', resourceGroup: 'linked-group', properties: link },
        ],
        outputs: { a: output('defaultScope'), b: output('innerScope'), c: output('linkedScope') },
      },
      { context: { resourceGroup: 'parent-group' }, linkedTemplates: linked({ 'linked.json': template }) },
    );
    expect(errors).toEqual([]);
    expect(outputs).toEqual({ a: 'parent-group', b: 'inner-group', c: 'linked-group' });
  });

  test('resourceId() without a group means the parent’s in outer scope, but resources go to the nested group', () => {
    const template = {
      resources: [{ ...vnet, name: 'v', tags: { id: "[resourceId('Microsoft.Network/virtualNetworks', 'v')]" } }],
    };
    const { resources, bodies } = evaluate({ resources: [{ ...nested(template), name: 'n', resourceGroup: 'other' }] });
    expect(resources[0]?.id).toContain('/resourceGroups/other/');
    expect(JSON.stringify(bodies[0])).toContain('/resourceGroups/agate/');
  });
});

// github.com/Azure/bicep ScenarioTests Test_Issue10343
test('what depends on an existing resource depends on the resource that one extends', () => {
  const { resources, errors } = evaluate({
    languageVersion: '2.0',
    resources: {
      foo1: { ...vnet, name: 'foo1' },
      foo2: {
        existing: true,
        type: 'Microsoft.Authorization/locks',
        apiVersion: '2020-05-01',
        name: 'foo2',
        scope: 'Microsoft.Network/virtualNetworks/foo1',
      },
      foo3: { ...vnet, name: 'foo3', dependsOn: ['foo2'] },
    },
  });
  expect(errors).toEqual([]);
  expect(resources.map(({ name, dependsOn }) => [name, dependsOn])).toEqual([
    ['foo1', []],
    ['foo3', [resources[0]?.id]],
  ]);
});

// https://learn.microsoft.com/azure/azure-resource-manager/templates/conditional-resource-deployment
test('a dependency on a resource with a false condition is dropped', () => {
  const { resources, errors } = evaluate({
    resources: [
      { ...vnet, name: 'off', condition: '[equals(1, 2)]' },
      { ...vnet, name: 'on', dependsOn: ["[resourceId('Microsoft.Network/virtualNetworks', 'off')]"] },
    ],
  });
  expect(errors).toEqual([]);
  expect(resources.map(({ name, dependsOn }) => [name, dependsOn])).toEqual([['on', []]]);
});

// https://learn.microsoft.com/azure/azure-resource-manager/templates/child-resource-name-type#within-parent-resource
test('a child declared inside its parent gets the full type and name', () => {
  const { resources, errors } = evaluate({
    resources: [
      {
        ...vnet,
        name: 'vnet',
        resources: [{ type: 'subnets', apiVersion: '2023-09-01', name: 's1', dependsOn: ['vnet'] }],
      },
    ],
  });
  expect(errors).toEqual([]);
  expect(resources[1]).toMatchObject({ type: 'Microsoft.Network/virtualNetworks/subnets', name: 'vnet/s1' });
  expect(resources[1]?.id.endsWith('/providers/Microsoft.Network/virtualNetworks/vnet/subnets/s1')).toBe(true);
});

// https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/quickstart-troubleshoot-arm-deployment
test('a misspelt section is refused as Azure does, with the place and the right name', () => {
  const text = `{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "parameterss": {},
  "resources": []
}`;
  const { diagnostics } = evaluate(text);
  expect(summaries(diagnostics)).toEqual([
    "4:3 error AGW1001 Template validation failed: Could not find member 'parameterss' on object of type 'Template'. Path 'parameterss', line 4, position 16.",
  ]);
  expect(diagnostics[0]).toMatchObject({ azureCode: 'InvalidTemplate', hint: "Did you mean 'parameters'?" });
});

// https://learn.microsoft.com/azure/azure-resource-manager/templates/copy-resources
describe('a loop of a resource', () => {
  test.each([
    ["[concat(copyIndex(), 'storage', uniqueString(resourceGroup().id))]", ['0storage', '1storage', '2storage']],
    ["[concat('storage', copyIndex(1))]", ['storage1', 'storage2', 'storage3']],
    ["[concat('storage', copyIndex('storagecopy', 10))]", ['storage10', 'storage11', 'storage12']],
  ])('%s', (name, expected) => {
    const { resources, errors } = evaluate({
      resources: [
        {
          type: 'Microsoft.Storage/storageAccounts',
          apiVersion: '2022-09-01',
          name,
          copy: { name: 'storagecopy', count: 3 },
        },
      ],
    });
    expect(errors).toEqual([]);
    expect(resources.map((resource, index) => resource.name.startsWith(expected[index] ?? '-'))).toEqual([
      true,
      true,
      true,
    ]);
  });

  test('without copyIndex() in the name deploys one resource several times', () => {
    const { errors } = evaluate({ resources: [{ ...vnet, name: 'same', copy: { name: 'loop', count: 2 } }] });
    expect(errors).toEqual([
      "Deployment template validation failed: 'The resource 'same' at line '5' and column '5' is defined multiple times in a template. Please see https://aka.ms/arm-syntax-resources for usage details.'.",
    ]);
  });
});

// https://learn.microsoft.com/azure/azure-resource-manager/templates/copy-properties
test('a loop of a property makes an array and leaves the properties beside it alone', () => {
  const { bodies, errors } = evaluate(
    {
      parameters: { count: { type: 'int' } },
      resources: [
        {
          type: 'Microsoft.Compute/virtualMachines',
          apiVersion: '2023-03-01',
          name: 'vm',
          properties: {
            storageProfile: {
              imageReference: { sku: 's' },
              copy: [
                {
                  name: 'dataDisks',
                  count: "[parameters('count')]",
                  input: { lun: "[copyIndex('dataDisks')]", name: "[concat('d', copyIndex('dataDisks', 1))]" },
                },
              ],
            },
          },
        },
      ],
    },
    { parameters: parametersFromJson({ count: 2 }) },
  );
  expect(errors).toEqual([]);
  expect(bodies[0]).toMatchObject({
    properties: {
      storageProfile: {
        imageReference: { sku: 's' },
        dataDisks: [
          { lun: 0, name: 'd1' },
          { lun: 1, name: 'd2' },
        ],
      },
    },
  });
  expect(JSON.stringify(bodies[0])).not.toContain('"copy"');
});

test('two resources that wait for each other are a circle, reported once', () => {
  const { diagnostics } = evaluate({
    resources: [
      { ...vnet, name: 'a', dependsOn: ['b'] },
      { ...vnet, name: 'b', dependsOn: ['a'] },
    ],
  });
  expect(summaries(diagnostics)).toEqual([
    "5:5 error AGW1033 Deployment template validation failed: 'Circular dependency detected on resource: '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/agate/providers/Microsoft.Network/virtualNetworks/a'. Please see https://aka.ms/arm-syntax-resources for usage details.'. 'a' -> 'b' -> 'a'.",
  ]);
});

// https://learn.microsoft.com/azure/azure-resource-manager/templates/key-vault-parameter
describe('a Key Vault reference in a parameter file', () => {
  const file = parse(
    `{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#",
  "contentVersion": "1.0.0.0",
  "parameters": {
    "password": {
      "reference": {
        "keyVault": { "id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/vault1" },
        "secretName": "cert",
        "secretVersion": "cd91b2b7e10e492ebb870a6ee0591b68"
      }
    }
  }
}`,
    'azuredeploy.parameters.json',
  );
  const template = {
    parameters: { password: { type: 'securestring' } },
    outputs: { length: { type: 'int', value: "[length(parameters('password'))]" } },
  };

  test.each([
    ['vault1/cert', 'secret'],
    ['VAULT1/cert/cd91b2b7e10e492ebb870a6ee0591b68', 'versioned'],
  ])('takes the secret given as %s', (path, secret) => {
    const parameters = readParametersFile(file).value;
    const { outputs, diagnostics } = evaluate(template, {
      parameters,
      secrets: new CaseInsensitiveMap([[path, secret]]),
    });
    expect(diagnostics).toEqual([]);
    expect(outputs['length']).toBe(secret.length);
  });

  test('has a marked stand-in otherwise', () => {
    const { diagnostics } = evaluate(template, { parameters: readParametersFile(file).value });
    expect(summaries(diagnostics)).toEqual([
      "5:5 warning AGW1015 The parameter 'password' is the secret 'cert' of the Key Vault 'vault1', which Agate does not read; a made-up text stands in for it.",
    ]);
    expect(diagnostics[0]?.file).toBe('azuredeploy.parameters.json');
  });
});

// https://learn.microsoft.com/azure/azure-resource-manager/templates/outputs and copy-outputs
test('outputs with a false condition are left out, those with a loop are arrays', () => {
  const { outputs, errors } = evaluate({
    outputs: {
      off: { type: 'string', condition: '[equals(1, 2)]', value: "[fail('not evaluated')]" },
      on: { type: 'string', condition: true, value: 'x' },
      loop: { type: 'array', copy: { count: 3, input: "[concat('s', copyIndex())]" } },
    },
  });
  expect(errors).toEqual([]);
  expect(outputs).toEqual({ on: 'x', loop: ['s0', 's1', 's2'] });
});

test('a linked template of another content version is refused', () => {
  const { diagnostics } = evaluate(
    {
      resources: [
        {
          ...deployment,
          name: 'link',
          properties: {
            mode: 'Incremental',
            templateLink: { relativePath: 'nested/a.json', contentVersion: '2.0.0.0' },
          },
        },
      ],
    },
    { linkedTemplates: linked({ 'a.json': {} }) },
  );
  expect(summaries(diagnostics)).toEqual([
    "13:29 error AGW1051 The template resource 'link' at line '5' and column '5' is not valid: The content version '2.0.0.0' of the template link does not match the content version '1.0.0.0' of the linked template. Its template is left out.",
  ]);
});

// https://learn.microsoft.com/azure/azure-resource-manager/templates/parameters#default-value
test('a default value may use another parameter and the resource group', () => {
  const { outputs, errors } = evaluate({
    parameters: {
      site: { type: 'string', defaultValue: "[concat(parameters('plan'), '-', parameters('location'))]" },
      plan: { type: 'string', defaultValue: 'plan' },
      location: { type: 'string', defaultValue: '[resourceGroup().location]' },
    },
    outputs: { site: { type: 'string', value: "[parameters('site')]" } },
  });
  expect(errors).toEqual([]);
  expect(outputs['site']).toBe('plan-westeurope');
});

// https://learn.microsoft.com/azure/azure-resource-manager/templates/deploy-to-subscription#resource-groups
test('a template for a subscription creates a group and deploys into it', () => {
  const { resources, outputs, errors } = evaluate({
    $schema: 'https://schema.management.azure.com/schemas/2018-05-01/subscriptionDeploymentTemplate.json#',
    resources: [
      {
        type: 'Microsoft.Resources/resourceGroups',
        apiVersion: '2022-09-01',
        name: 'demo',
        location: 'northeurope',
        properties: {},
      },
      {
        ...nested({ resources: [{ ...vnet, name: 'v', location: '[resourceGroup().location]' }] }, 'inner'),
        name: 'n',
        resourceGroup: 'demo',
        dependsOn: ["[subscriptionResourceId('Microsoft.Resources/resourceGroups', 'demo')]"],
      },
    ],
    outputs: { scope: { type: 'string', value: '[subscription().id]' } },
  });
  expect(errors).toEqual([]);
  expect(resources.map(({ id, scope, location, deploymentPath }) => ({ id, scope, location, deploymentPath }))).toEqual(
    [
      {
        id: '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/demo',
        scope: 'subscription',
        location: 'northeurope',
        deploymentPath: [],
      },
      {
        id: '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/demo/providers/Microsoft.Network/virtualNetworks/v',
        scope: 'resourceGroup',
        location: 'northeurope',
        deploymentPath: ['n'],
      },
    ],
  );
  expect(outputs['scope']).toBe('/subscriptions/00000000-0000-0000-0000-000000000000');
});

test('what the user says about a resource is what reference() answers', () => {
  const references = new CaseInsensitiveMap([
    ['Microsoft.Network/publicIPAddresses/pip', fromJson({ ipAddress: '198.51.100.7' })],
  ]);
  const { outputs, errors } = evaluate(
    {
      outputs: {
        address: {
          type: 'string',
          value: "[reference(resourceId('Microsoft.Network/publicIPAddresses', 'pip'), '2023-09-01').ipAddress]",
        },
      },
    },
    { references },
  );
  expect(errors).toEqual([]);
  expect(outputs['address']).toBe('198.51.100.7');
});
