import { describe, expect, test } from 'vitest';
import { mergeExtensionConfigs } from '../../src/template/extensions.ts';
import { extensionConfigsOf } from '../../src/template/parameters/parameters-file.ts';
import { fromJson, type ObjectValue, toJson } from '../../src/template/value.ts';
import { evaluate, parse, templateText } from './evaluate.ts';

const extensions = {
  az: { name: 'AzureResourceManager', version: '0.2.813' },
  k8s: {
    name: 'Kubernetes',
    version: '1.0.0',
    config: { namespace: { defaultValue: "[concat('a', 'b')]" }, kubeConfig: { type: 'secureString' } },
  },
};
const ip = { type: 'Microsoft.Network/publicIPAddresses', apiVersion: '2024-05-01', name: 'ip' };

function read(expression: string, extensionConfigs?: object) {
  const evaluated = evaluate(
    { languageVersion: '2.0', extensions, resources: {}, outputs: { o: { type: 'object', value: { v: expression } } } },
    { extensionConfigs: extensionConfigs === undefined ? undefined : (fromJson(extensionConfigs) as ObjectValue) },
  );
  return { value: (evaluated.outputs['o'] as { v?: unknown } | undefined)?.v, ...evaluated };
}

// https://learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-extension
describe('extensions() answers', () => {
  test.each([
    ["[extensions('K8S').name]", 'Kubernetes'],
    ["[extensions('k8s').config.namespace]", { value: 'ab' }],
    ["[extensions('k8s').config.kubeConfig.value]", 'given'],
    ["[extensions('az').config]", {}],
  ])('%s', (expression, expected) => {
    const { value, errors } = read(expression, { k8s: { kubeConfig: { value: 'given' } } });
    expect(errors).toEqual([]);
    expect(value).toEqual(expected);
  });

  test('what was configured before a default value', () => {
    const configs = { k8s: { namespace: { value: 'other' } } };
    expect(read("[extensions('k8s').config.namespace.value]", configs).value).toBe('other');
  });

  test('faults that say what is missing', () => {
    expect(read("[extensions('k8s').config.kubeConfig]").diagnostics).toContainEqual(
      expect.objectContaining({
        severity: 'error',
        message: expect.stringContaining("The configuration 'kubeConfig' of the extension 'k8s' has no value."),
        hint: 'Give it in agate.yaml: extensionConfigs: { k8s: { kubeConfig: … } }.',
      }),
    );
    expect(read("[extensions('nope')]").diagnostics).toContainEqual(
      expect.objectContaining({
        message: expect.stringContaining("The template extension 'nope' is not found."),
        hint: "Defined: 'az', 'k8s'.",
      }),
    );
  });
});

test('a nested deployment has the configuration that it is given', () => {
  const template = JSON.parse(
    templateText({
      languageVersion: '2.0',
      extensions: { inner: { name: 'Kubernetes', version: '1.0.0' } },
      resources: {},
      outputs: { o: { type: 'string', value: "[extensions('inner').config.namespace.value]" } },
    }),
  );
  const module = {
    type: 'Microsoft.Resources/deployments',
    apiVersion: '2025-04-01',
    name: 'module',
    properties: {
      mode: 'Incremental',
      expressionEvaluationOptions: { scope: 'inner' },
      extensionConfigs: { inner: "[extensions('k8s').config]" },
      template,
    },
  };
  const { outputs, errors } = evaluate(
    {
      languageVersion: '2.0',
      extensions: { k8s: { name: 'Kubernetes', version: '1.0.0' } },
      resources: { module },
      outputs: { o: { type: 'string', value: "[reference('module').outputs.o.value]" } },
    },
    { extensionConfigs: fromJson({ k8s: { namespace: { value: 'shop' } } }) as ObjectValue },
  );
  expect(errors).toEqual([]);
  expect(outputs).toEqual({ o: 'shop' });
});

describe('resources of an extension', () => {
  const deploy = (resource: object) => {
    const { resources, diagnostics } = evaluate({ languageVersion: '2.0', extensions, resources: { r: resource } });
    return { names: resources.map(({ name }) => name), messages: diagnostics.map(({ message }) => message) };
  };
  const warning = "The extension 'k8s' is accepted but not run: its resources are left out.";

  test('that is Azure itself are deployed', () => {
    expect(deploy({ ...ip, extension: 'az' })).toEqual({ names: ['ip'], messages: [warning] });
  });

  test('that is another are left out', () => {
    expect(deploy({ ...ip, extension: 'k8s' })).toEqual({
      names: [],
      messages: [warning, "The resource 'ip' belongs to an extension and is left out."],
    });
  });

  test('under the name that imports had', () => {
    const imports = { az: { provider: 'AzureResourceManager', version: '0.1.0' } };
    const { resources, diagnostics } = evaluate({
      languageVersion: '2.0',
      imports,
      resources: { r: { ...ip, import: 'az' } },
    });
    expect(diagnostics).toEqual([]);
    expect(resources).toHaveLength(1);
  });
});

test('configurations of parameter files are joined, the later one winning', () => {
  const file = (configs: object) => extensionConfigsOf(parse(JSON.stringify({ extensionConfigs: configs })));
  const merged = mergeExtensionConfigs(
    file({ k8s: { a: { value: 1 }, b: { value: 2 } } }),
    undefined,
    file({ k8s: { b: { value: 3 } }, other: {} }),
  );
  expect(toJson(merged)).toEqual({ k8s: { a: { value: 1 }, b: { value: 3 } }, other: {} });
});
