import { sameName } from '../../base/case-insensitive-map.ts';
import { fromJson, objectValue, stringValue } from '../value.ts';
import { regionNames } from './azure-regions.ts';
import { builtInRoles } from './built-in-roles.ts';
import { defineFunction, type TemplateFunction } from './define-function.ts';
import { functionFault } from './function-fault.ts';
import { type ResourceProvider, resourceProviders } from './resource-providers.ts';

const providers = defineFunction({
  name: 'providers',
  family: 'resource',
  description:
    'The types of a resource provider with their regions and API versions; deprecated, known for a few types.',
  parameters: [
    { name: 'providerNamespace', type: 'string' },
    { name: 'resourceType', type: 'string', optional: true },
  ],
  call: ([namespace, type]) => {
    const provider = resourceProviders.get(namespace);
    if (provider === undefined) {
      const known = Array.from(resourceProviders.keys(), (name) => `'${name}'`).join(', ');
      throw functionFault('providers', `Agate does not know the resource provider '${namespace}'. It knows ${known}.`);
    }
    if (type !== undefined) return fromJson(describeType(provider, type));
    const resourceTypes = provider.types.map((name) => describeType(provider, name));
    return fromJson({ namespace: provider.namespace, resourceTypes });
  },
});

function describeType({ namespace, types, apiVersions }: ResourceProvider, name: string) {
  const resourceType = types.find((candidate) => sameName(candidate, name));
  if (resourceType !== undefined) return { resourceType, locations: regionNames, apiVersions };
  const known = types.map((type) => `'${type}'`).join(', ');
  throw functionFault('providers', `Agate does not know the type '${name}' of '${namespace}'. It knows ${known}.`);
}

const roleDefinitions = defineFunction({
  name: 'roleDefinitions',
  family: 'resource',
  description: 'The ID of a built-in role by its name.',
  parameters: [{ name: 'roleName', type: 'string' }],
  call: ([roleName]) => {
    const id = builtInRoles.get(roleName);
    if (id === undefined) {
      throw functionFault(
        'roleDefinitions',
        `Agate does not know the built-in role '${roleName}'. Use the role's GUID instead.`,
      );
    }
    return objectValue([
      ['id', stringValue(`/providers/Microsoft.Authorization/roleDefinitions/${id}`)],
      ['roleDefinitionId', stringValue(id)],
    ]);
  },
});

export const providerFunctions: readonly TemplateFunction[] = [providers, roleDefinitions];
