import { describe, expect, test } from 'vitest';
import type { LinkedTemplates, TemplateLink } from '../../src/template/nested/linked-templates.ts';
import { evaluate, parse, summaries, templateText } from './evaluate.ts';

const deployment = { type: 'Microsoft.Resources/deployments', apiVersion: '2021-04-01' };
const resource = { type: 'A.B/c', apiVersion: '2020-01-01' };

function inner(sections: Record<string, unknown>, parameters: object = {}, more: object = {}) {
  return {
    ...deployment,
    name: 'inner',
    ...more,
    properties: {
      mode: 'Incremental',
      expressionEvaluationOptions: { scope: 'inner' },
      parameters,
      template: JSON.parse(templateText(sections)),
    },
  };
}

describe('parameters of a nested deployment', () => {
  const declared = {
    parameters: { p: { type: 'object' } },
    outputs: { p: { type: 'object', value: "[parameters('p')]" } },
  };
  const output = { r: { type: 'object', value: "[reference('inner').outputs.p.value]" } };

  test.each([
    ['a value', { p: { value: { a: '[add(1, 1)]' } } }, { a: 2 }],
    // The form Bicep gives to a loop in a module's parameters.
    [
      'a loop',
      { p: { value: { copy: [{ name: 'list', count: 2, input: "[copyIndex('list')]" }] } } },
      { list: [0, 1] },
    ],
    [
      'a run-time value',
      { p: { value: { fqdn: "[reference('pip').dnsSettings.fqdn]" } } },
      { fqdn: 'l.westeurope.cloudapp.azure.com' },
    ],
  ])('can be %s', (_what, parameters, expected) => {
    const pip = {
      type: 'Microsoft.Network/publicIPAddresses',
      apiVersion: '2023-09-01',
      name: 'pip',
      properties: { dnsSettings: { domainNameLabel: 'l' } },
    };
    const { outputs, errors } = evaluate({ resources: [inner(declared, parameters), pip], outputs: output });
    expect(errors).toEqual([]);
    expect(outputs['r']).toEqual(expected);
  });

  test('made by a loop of the entry itself', () => {
    const { outputs, errors } = evaluate({
      resources: [
        inner(
          { parameters: { p: { type: 'array' } }, outputs: { p: { type: 'array', value: "[parameters('p')]" } } },
          { p: { copy: [{ name: 'value', count: 2, input: "[copyIndex('value', 1)]" }] } },
        ),
      ],
      outputs: { r: { type: 'array', value: "[reference('inner').outputs.p.value]" } },
    });
    expect(errors).toEqual([]);
    expect(outputs['r']).toEqual([1, 2]);
  });

  test('that cannot be evaluated are one finding, not one for each consequence', () => {
    const { diagnostics } = evaluate({
      resources: [
        inner(
          { ...declared, resources: [{ ...resource, name: "[parameters('p').name]" }] },
          { p: { value: '[nope()]' } },
        ),
      ],
      outputs: output,
    });
    const messages = diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message);
    expect(messages.filter((message) => message.includes("'nope' is not valid"))).toHaveLength(messages.length);
    expect(messages.length).toBeLessThanOrEqual(2);
  });

  test('missing ones are reported where they are declared', () => {
    const { errors } = evaluate({ resources: [inner(declared)] });
    expect(errors).toEqual([
      expect.stringMatching(
        /^Deployment template validation failed: 'The value for the template parameter 'p' at line '\d+' and column '\d+' is not provided\./,
      ),
    ]);
  });

  test('can be secrets of a Key Vault named by an expression', () => {
    const { diagnostics } = evaluate({
      resources: [
        inner(
          { parameters: { p: { type: 'securestring' } } },
          {
            p: { reference: { keyVault: { id: "[resourceId('Microsoft.KeyVault/vaults', 'kv')]" }, secretName: 's' } },
          },
        ),
      ],
    });
    expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
      [
        'AGW1015',
        "The parameter 'p' is the secret 's' of the Key Vault 'kv', which Agate does not read; a made-up text stands in for it.",
      ],
    ]);
  });
});

describe('outputs of a nested deployment', () => {
  test('that failed make whoever reads them fail for the same reason', () => {
    const { diagnostics } = evaluate({
      resources: [inner({ outputs: { o: { type: 'string', value: '[nope()]' } } })],
      outputs: { r: { type: 'string', value: "[reference('inner').outputs.o.value]" } },
    });
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]?.message).toContain("The template function 'nope' is not valid.");
    expect(diagnostics[0]?.related).toHaveLength(1);
    expect(diagnostics[0]?.related[0]?.message).toBe("Used by output 'r'.");
  });

  test('that are secure are read with listOutputsWithSecureValues', () => {
    const { outputs, errors } = evaluate({
      resources: [inner({ outputs: { o: { type: 'securestring', value: 'hush' } } })],
      outputs: { r: { type: 'string', value: "[listOutputsWithSecureValues('inner', '2025-04-01').o]" } },
    });
    expect(errors).toEqual([]);
    expect(outputs['r']).toBe('hush');
  });

  test('are found by ID from anywhere', () => {
    const sections = { outputs: { o: { type: 'string', value: 'x' } } };
    const { outputs, errors } = evaluate({
      resources: [inner(sections)],
      outputs: {
        r: {
          type: 'string',
          value: "[reference(resourceId('Microsoft.Resources/deployments', 'inner'), '2021-04-01').outputs.o.value]",
        },
      },
    });
    expect(errors).toEqual([]);
    expect(outputs['r']).toBe('x');
  });
});

describe('resources of nested deployments', () => {
  test('are found by their ID, also before their turn', () => {
    const site = { type: 'Microsoft.Web/sites', apiVersion: '2023-01-01', name: 'site', properties: { a: 1 } };
    const { bodies, errors } = evaluate({
      resources: [
        {
          ...resource,
          name: 'reader',
          properties: { a: "[reference(resourceId('Microsoft.Web/sites', 'site'), '2023-01-01').a]" },
        },
        inner({ resources: [site] }),
      ],
    });
    expect(errors).toEqual([]);
    expect(bodies[0]).toMatchObject({ properties: { a: 1 } });
  });

  test('are in loops of their own, in outer scope beside those of the parent', () => {
    const nested = {
      ...deployment,
      name: "[concat('n', copyIndex())]",
      copy: { name: 'outer', count: 2 },
      properties: {
        mode: 'Incremental',
        template: {
          $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
          contentVersion: '1.0.0.0',
          resources: [
            {
              ...resource,
              name: "[concat(copyIndex('outer'), '-', copyIndex('own'))]",
              copy: { name: 'own', count: 2 },
            },
          ],
        },
      },
    };
    const { resources, errors } = evaluate({ resources: [nested] });
    expect(errors).toEqual([]);
    expect(resources.map(({ name, deploymentPath }) => [name, deploymentPath])).toEqual([
      ['0-0', ['n0']],
      ['0-1', ['n0']],
      ['1-0', ['n1']],
      ['1-1', ['n1']],
    ]);
  });

  test('are left out with a deployment whose condition is false', () => {
    const { resources, diagnostics } = evaluate({
      resources: [inner({ resources: [{ ...resource, name: '[nope()]' }] }, {}, { condition: false })],
    });
    expect({ resources, diagnostics }).toEqual({ resources: [], diagnostics: [] });
  });

  test.each([
    [
      { resourceGroup: 'g2' },
      '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/g2/providers/A.B/c/x',
    ],
    [{ resourceGroup: 'g2', subscriptionId: 's2' }, '/subscriptions/s2/resourceGroups/g2/providers/A.B/c/x'],
    [{ subscriptionId: 's2', location: 'westus' }, '/subscriptions/s2/providers/A.B/c/x'],
    [{ scope: '/', location: 'westus' }, '/providers/A.B/c/x'],
    [
      { scope: 'Microsoft.Management/managementGroups/mg1', location: 'westus' },
      '/providers/Microsoft.Management/managementGroups/mg1/providers/A.B/c/x',
    ],
  ])('go where %j says', (more, expected) => {
    const { resources, errors } = evaluate({
      resources: [inner({ resources: [{ ...resource, name: 'x' }] }, {}, more)],
    });
    expect(errors).toEqual([]);
    expect(resources.map(({ id }) => id)).toEqual([expected]);
  });
});

describe('a linked template', () => {
  const seen: TemplateLink[] = [];
  const linkedTemplates: LinkedTemplates = {
    find(link) {
      seen.push(link);
      if (link.relativePath === 'parameters.json') {
        return {
          value: parse('{ "parameters": { "p": { "value": "given" } } }', 'parameters.json'),
          diagnostics: [],
          location: 'parameters.json',
        };
      }
      if (!link.uri?.endsWith('child.json')) return { hint: 'Pass --linked https://example.com/=./nested.' };
      const text = templateText({
        parameters: { p: { type: 'string' } },
        resources: [
          { ...resource, name: "[parameters('p')]", tags: { uri: '[deployment().properties.templateLink.uri]' } },
        ],
      });
      return { value: parse(text, 'nested/child.json'), diagnostics: [], location: 'nested/child.json' };
    },
  };
  const link = (templateLink: object, more: object = {}) => ({
    ...deployment,
    name: 'd',
    properties: { mode: 'Incremental', templateLink, ...more },
  });

  test('is looked up by its address, which may come from the template’s own', () => {
    seen.length = 0;
    const uri = "[uri(deployment().properties.templateLink.uri, 'nested/child.json')]";
    const { bodies, errors } = evaluate(
      { resources: [link({ uri }, { parametersLink: { relativePath: 'parameters.json' } })] },
      { linkedTemplates, templateUri: 'https://example.com/azuredeploy.json' },
    );
    expect(errors).toEqual([]);
    expect(bodies).toEqual([
      expect.objectContaining({ name: 'given', tags: { uri: 'https://example.com/nested/child.json' } }),
    ]);
    expect(seen).toEqual([
      {
        kind: 'template',
        uri: 'https://example.com/nested/child.json',
        relativePath: undefined,
        id: undefined,
        from: 'azuredeploy.json',
      },
      { kind: 'parameters', uri: undefined, relativePath: 'parameters.json', id: undefined, from: 'azuredeploy.json' },
    ]);
  });

  test('that is not at hand may well be where it is said to be, and what to pass is told', () => {
    const { diagnostics } = evaluate(
      { resources: [link({ uri: 'https://example.com/other.json' })] },
      { linkedTemplates },
    );
    expect(summaries(diagnostics)).toEqual([
      "11:25 warning AGW1050 What is at 'https://example.com/other.json' is not known, because Agate downloads nothing; it is left out.",
    ]);
    expect(diagnostics[0]?.hint).toBe('Pass --linked https://example.com/=./nested.');
    expect(diagnostics[0]?.azureCode).toBeUndefined();
  });

  test('that does not read is reported where it does not, and nowhere else', () => {
    const broken = { find: () => ({ value: undefined, diagnostics: [], location: 'broken.json' }) };
    const { diagnostics } = evaluate(
      { resources: [link({ relativePath: 'broken.json' })] },
      { linkedTemplates: broken },
    );
    expect(diagnostics).toEqual([]);
  });

  test('that is not beside its parent is refused as Azure does', () => {
    const { diagnostics } = evaluate({ resources: [link({ relativePath: 'other.json' })] }, { linkedTemplates });
    expect(summaries(diagnostics)).toEqual([
      "11:25 error AGW1050 The template resource 'd' at line '5' and column '5' is not valid: Unable to download deployment content from 'other.json'. Please see https://aka.ms/arm-deploy for usage details. Its template is left out.",
    ]);
    expect(diagnostics[0]).toMatchObject({
      azureCode: 'InvalidContentLink',
      hint: 'Pass --linked https://example.com/=./nested.',
    });
  });

  test.each([
    [{}, "'templateLink' needs 'uri', 'relativePath' or 'id'."],
    ['text', "'templateLink' is of type 'String'; it must be an object."],
  ])('%j is refused', (templateLink, message) => {
    expect(evaluate({ resources: [link(templateLink as object)] }).errors[0]).toContain(message);
  });
});

test('what the parent escapes in outer scope is evaluated by the nested deployment', () => {
  const nested = {
    ...deployment,
    name: 'n',
    properties: {
      mode: 'Incremental',
      parameters: { p: { value: "[variables('v')]" } },
      template: {
        $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
        contentVersion: '1.0.0.0',
        parameters: { p: { type: 'string' } },
        resources: [
          {
            ...resource,
            name: 'x',
            tags: { own: "[[parameters('p')]", policy: "[[[field('type')]", text: "[variables('v')]" },
          },
        ],
      },
    },
  };
  const { bodies, errors } = evaluate({ variables: { v: 'parent' }, resources: [nested] });
  expect(errors).toEqual([]);
  expect(bodies[0]).toMatchObject({ tags: { own: 'parent', policy: "[field('type')]", text: 'parent' } });
});

describe('in outer scope, what the nested template declares is out of sight', () => {
  test.each([
    ['parameters', { p: { type: 'string' } }],
    ['variables', { p: 'x' }],
  ])('its %s', (section, declared) => {
    const template = {
      ...JSON.parse(templateText({})),
      [section]: declared,
      resources: [{ ...resource, name: `[${section}('p')]` }],
    };
    const { diagnostics } = evaluate({
      resources: [{ ...deployment, name: 'n', properties: { mode: 'Incremental', template } }],
    });
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]?.message).toContain(`The template ${section.slice(0, -1)} 'p' is not found.`);
    expect(diagnostics[0]?.hint).toBe(
      `The nested template has 'p', but is evaluated with the ${section} around it; to use its own, set properties.expressionEvaluationOptions.scope to 'inner'.`,
    );
  });
});

test('a nested template with the schema of a parameter file is deployed all the same', () => {
  const $schema = 'https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#';
  const { resources, diagnostics } = evaluate({
    resources: [inner({ $schema, resources: [{ ...resource, name: 'r' }] })],
  });
  expect(resources.map(({ name }) => name)).toEqual(['r']);
  expect(diagnostics.map(({ code, severity }) => [code, severity])).toEqual([['AGW1006', 'warning']]);
});
